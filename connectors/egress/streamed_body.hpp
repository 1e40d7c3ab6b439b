// A request body that is never completely in memory: a head, a middle that is read while it is sent, and a tail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace pulse::connectors {

struct streamed_body {
  using piece = std::optional<std::string>;

  std::string front;
  std::int64_t bytes = 0;  // that `read` gives
  /// Gives `count` bytes from `at`, fewer at the end of the file; nothing when they cannot be read, which ends the
  /// request. Returns at once and calls back once, on any thread.
  std::function<void(std::int64_t at, std::size_t count, std::function<void(piece)> done)> read;
  std::string end;

  std::int64_t size() const {
    return static_cast<std::int64_t>(front.size()) + bytes + static_cast<std::int64_t>(end.size());
  }
};

/// The position in a streamed body, on the client's thread. `wake` is called from the thread of `read`.
class body_stream {
 public:
  static constexpr std::size_t piece_bytes = 1024 * 1024;

  body_stream(std::shared_ptr<const streamed_body> what, std::function<void()> wake);

  enum class step { given, paused, failed };
  struct copied {
    step what = step::given;
    std::size_t bytes = 0;  // 0 with `given`: it is at its end
  };
  /// Copies what comes next, as far as it is here; `paused`: it is being read, and `wake` is called when it is here.
  copied next(char* to, std::size_t room);

  /// To the front or wherever it was before.
  void seek(std::int64_t at);
  /// Whether what it was paused for is here.
  bool may_go_on() const;
  std::int64_t given() const { return at_; }

 private:
  /// Outlives the request with what still reads for it.
  struct shared {
    std::mutex mutex;
    bool is_asked = false;
    bool is_here = false;
    streamed_body::piece piece;
  };

  void ask(std::int64_t from);

  const std::shared_ptr<const streamed_body> what_;
  const std::function<void()> wake_;
  std::shared_ptr<shared> coming_ = std::make_shared<shared>();
  std::string here_;          // of the middle
  std::int64_t here_at_ = 0;  // where in the middle it stands
  std::int64_t at_ = 0;       // of the whole
};

}  // namespace pulse::connectors
