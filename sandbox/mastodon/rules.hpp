// An instance's limits: what it accepts, how it counts, and how often it may be called.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "http/server/message.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::mastodon {

/// How a post's Idempotency-Key is treated.
enum class key_mode {
  kept,             // for an hour
  ignored,          // by forks
  fails_on_repeat,  // 500, as servers of late 2026 answered
};

struct instance_rules {
  std::int64_t max_characters = 500;
  std::int64_t max_media = 4;
  std::int64_t characters_of_link = 23;
  std::int64_t max_description = 1'500;
  std::int64_t max_video_bytes = 103'809'024;
  key_mode keys = key_mode::kept;
};

/// Graphemes, counted more simply than the platform and never higher. A link counts by the rules; of a mention only the
/// part before its second @ counts.
std::int64_t length_of(const instance_rules& rules, std::string_view text);

enum class budget { calls, posts, uploads, removals };

/// Rolling windows for each account.
class rate_limits {
 public:
  struct limit {
    std::int64_t most = 0;
    std::chrono::seconds window{0};
  };

  rate_limits();
  /// The limit by its name in the control API; null for any other name.
  limit* find(std::string_view name);
  /// Counts one call and says whether it may pass.
  bool admit(const std::string& account, budget of, base::timestamp now);
  /// The X-RateLimit headers of the tighter budget: `of` or the calls.
  std::vector<http::server::header> headers(const std::string& account, budget of, base::timestamp now);

 private:
  std::deque<base::timestamp>& used(const std::string& account, budget of, base::timestamp now);

  std::map<budget, limit> limits_;
  std::map<std::pair<std::string, budget>, std::deque<base::timestamp>> used_;
};

/// `{"max_characters": 5000, "keys": "ignored", "posts": {"limit": 3, "window_s": 60}}`, or any part of it.
complaint apply(const boost::json::object& command, instance_rules& rules, rate_limits& limits);

}  // namespace pulse::sandbox::mastodon
