// What an instance takes, how it counts, and how often it may be called.
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

/// What becomes of a post's Idempotency-Key.
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

/// Graphemes, more simply than the platform and never more of them; a link counts as the rules say, of a mention only what stands before its
/// second @.
std::int64_t length_of(const instance_rules& rules, std::string_view text);

enum class budget { calls, posts, uploads, removals };

/// Rolling windows, of each account.
class rate_limits {
 public:
  struct limit {
    std::int64_t most = 0;
    std::chrono::seconds window{0};
  };

  rate_limits();
  /// By its name in the control API; null for another name.
  limit* find(std::string_view name);
  /// Counts one and says whether it may pass.
  bool admit(const std::string& account, budget of, base::timestamp now);
  /// X-RateLimit headers of the budget that is nearest to its end among `of` and the calls.
  std::vector<http::server::header> headers(const std::string& account, budget of, base::timestamp now);

 private:
  std::deque<base::timestamp>& used(const std::string& account, budget of, base::timestamp now);

  std::map<budget, limit> limits_;
  std::map<std::pair<std::string, budget>, std::deque<base::timestamp>> used_;
};

/// `{"max_characters": 5000, "keys": "ignored", "posts": {"limit": 3, "window_s": 60}}`; any of them.
complaint apply(const boost::json::object& command, instance_rules& rules, rate_limits& limits);

}  // namespace pulse::sandbox::mastodon
