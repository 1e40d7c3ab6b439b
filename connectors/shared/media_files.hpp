// The files of the library, for platforms that are given a film in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace pulse::connectors {

/// Reads what lies behind the addresses that this service has made (`domain::media::url`), without asking the network.
/// Thread-safe. Both calls return at once and call back exactly once, on any thread, where nothing may block.
class media_files {
 public:
  struct facts {
    std::string type;        // "video/mp4"
    std::int64_t bytes = 0;  // of the file
    bool is_away = false;    // there is one, and it cannot be read just now
    int width = 0;           // pixels, as people see it; 0: not known
    int height = 0;
  };

  virtual ~media_files() = default;

  /// What the file is; nothing when the address is none of ours or its file is gone.
  virtual void find(const std::string& url, std::function<void(std::optional<facts>)> done) = 0;

  /// `count` bytes from `at`, fewer at the end of the file; nothing when it cannot be read.
  virtual void read(const std::string& url, std::int64_t at, std::size_t count,
                    std::function<void(std::optional<std::string>)> done) = 0;
};

}  // namespace pulse::connectors
