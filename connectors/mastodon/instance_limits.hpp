// What an instance says that it takes: administrators and forks change every figure.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::mastodon {

/// The figures of an instance that changes nothing.
struct instance_limits {
  int max_characters = 500;
  int max_media = 4;
  int characters_of_link = 23;
  int max_description = 1'500;
  std::int64_t max_image_bytes = 16 * 1024 * 1024;
  std::int64_t max_video_bytes = 99 * 1024 * 1024;
  std::vector<std::string> media_types{};  // empty: not told
};

/// What the body of `GET /api/v2/instance`, or of the older `/api/v1/instance`, says; what it leaves out, and what
/// makes no sense, is as everywhere. Nothing when the body is none.
std::optional<instance_limits> read_limits(const std::string& body);

/// How long `text` is there: grapheme clusters; a link counts `characters_of_link`, and of a mention only what stands
/// before the second @.
int length_at(const instance_limits& there, const std::string& text);

/// The limits of instances that were asked lately. Thread-safe.
class known_limits {
 public:
  static constexpr std::chrono::hours life{24};
  static constexpr std::size_t most = 1'000;

  std::optional<instance_limits> find(const std::string& instance, base::timestamp now) const;
  void store(const std::string& instance, instance_limits limits, base::timestamp now);
  /// Asked again before the next post: a refusal says that they have changed.
  void forget(const std::string& instance);

 private:
  struct entry {
    instance_limits limits;
    base::timestamp read_at;
  };
  mutable std::mutex mutex_;
  std::map<std::string, entry> known_;
};

}  // namespace pulse::connectors::mastodon
