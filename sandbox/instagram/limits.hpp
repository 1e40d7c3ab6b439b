// Instagram's budgets: rolling windows, told in percent by the usage headers and in full by content_publishing_limit.
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

/// Counts what happened within the last window, for each account; "app_calls" for all of them together.
class rolling_limits {
 public:
  rolling_limits();

  /// The limit by its name in the control API: "publish", "create", "calls", "app_calls"; null for another name.
  rolling_limit* find(std::string_view name);

  bool has_room(std::string_view name, const std::string& account, base::timestamp now);
  void count(std::string_view name, const std::string& account, base::timestamp at);
  std::int64_t used(std::string_view name, const std::string& account, base::timestamp now);

  /// `X-App-Usage` and `X-Business-Use-Case-Usage`; none while less than one percent is used.
  std::vector<http::server::header> usage_headers(const std::string& account, base::timestamp now);

 private:
  std::deque<base::timestamp>& current(std::string_view name, const std::string& account, base::timestamp now);
  std::int64_t percent(std::string_view name, const std::string& account, base::timestamp now);

  std::map<std::string, rolling_limit, std::less<>> limits_;
  std::map<std::pair<std::string, std::string>, std::deque<base::timestamp>>
      times_;  // by limit and account, oldest first
};

}  // namespace pulse::sandbox::instagram
