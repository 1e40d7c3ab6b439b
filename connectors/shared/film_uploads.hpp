// Films that are sent in one request, which may take longer than an attempt.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "connectors/egress/egress.hpp"
#include "connectors/shared/media_files.hpp"

namespace pulse::connectors {

/// The upload of a film in one request, which cannot be resumed, outlasts the attempt that began it; the next attempt
/// finds it here. An upload of a process that died is lost. Thread-safe.
class film_uploads {
 public:
  enum class state {
    unknown,  // not here: never begun, or of a process that is gone
    running,
    over,
  };
  struct look {
    state is = state::unknown;
    std::int64_t read = 0;                                // bytes of the film so far
    std::shared_ptr<const egress_reply> reply = nullptr;  // over: what it came to
  };

  /// Sends `request`, which has a stream, in at most 30 minutes; false when too many are on their way. `client` and
  /// what the stream reads outlive every call back. `key` names the upload from now on: an earlier one of this name is
  /// forgotten.
  bool begin(const std::string& key, egress_request request, egress& client);
  look find(const std::string& key) const;
  /// What is over is not needed any more.
  void forget(const std::string& key);

 private:
  static constexpr std::size_t most_running = 8;
  /// Ends that nobody has asked for; all are forgotten when there are more.
  static constexpr std::size_t most_known = 256;
  /// 2 GB at 10 Mbit/s.
  static constexpr std::chrono::minutes upload_timeout{30};

  struct shared {
    std::mutex mutex;
    std::map<std::string, look> films;
  };
  const std::shared_ptr<shared> all_ = std::make_shared<shared>();
};

/// So many bytes of the film behind `url`, from `begin`, as the middle of a body, read while it is sent. `files`
/// outlives it.
std::shared_ptr<streamed_body> film_stream(const std::string& url, std::int64_t bytes, media_files& files,
                                           std::int64_t begin = 0);

}  // namespace pulse::connectors
