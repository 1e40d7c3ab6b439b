// Instagram's quotas: rolling windows. Usage headers show them in percent, content_publishing_limit in full.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "http/server/message.hpp"

namespace pulse::sandbox::instagram {

struct rolling_limit {
  std::int64_t limit = 0;
  std::chrono::seconds window{std::chrono::hours{24}};
};

/// Counts the events of the last window for each account; "app_calls" counts all accounts together.
class rolling_limits {
 public:
  rolling_limits();

  /// The limit by its name in the control API: "publish", "create", "calls", "app_calls"; null for any other name.
  rolling_limit* find(std::string_view name);

  bool has_room(std::string_view name, const std::string& account, base::timestamp now);
  void count(std::string_view name, const std::string& account, base::timestamp at);
  std::int64_t used(std::string_view name, const std::string& account, base::timestamp now);

  /// `X-App-Usage` and `X-Business-Use-Case-Usage`; empty below one percent of use.
  std::vector<http::server::header> usage_headers(const std::string& account, base::timestamp now);

 private:
  std::deque<base::timestamp>& current(std::string_view name, const std::string& account, base::timestamp now);
  std::int64_t percent(std::string_view name, const std::string& account, base::timestamp now);

  std::map<std::string, rolling_limit, std::less<>> limits_;
  std::map<std::pair<std::string, std::string>, std::deque<base::timestamp>>
      times_;  // by limit and account, oldest first
};

}  // namespace pulse::sandbox::instagram
