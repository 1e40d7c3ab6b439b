#include "sandbox/instagram/limits.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace pulse::sandbox::instagram {

namespace {

constexpr std::string_view app_calls = "app_calls";

}  // namespace

rolling_limits::rolling_limits()
    : limits_{{"publish", {100}},
              {"create", {400}},
              {"calls", {48'000}},
              {std::string{app_calls}, {200'000, std::chrono::hours{1}}}} {}

rolling_limit* rolling_limits::find(std::string_view name) {
  const auto found = limits_.find(name);
  return found == limits_.end() ? nullptr : &found->second;
}

std::deque<base::timestamp>& rolling_limits::current(std::string_view name, const std::string& account,
                                                     base::timestamp now) {
  auto& times = times_[{std::string{name}, name == app_calls ? std::string{} : account}];
  const auto window = limits_.find(name)->second.window;
  while (!times.empty() && times.front() + window <= now) times.pop_front();
  return times;
}

bool rolling_limits::has_room(std::string_view name, const std::string& account, base::timestamp now) {
  return used(name, account, now) < limits_.find(name)->second.limit;
}

void rolling_limits::count(std::string_view name, const std::string& account, base::timestamp at) {
  current(name, account, at).push_back(at);
}

std::int64_t rolling_limits::used(std::string_view name, const std::string& account, base::timestamp now) {
  return static_cast<std::int64_t>(current(name, account, now).size());
}

std::int64_t rolling_limits::percent(std::string_view name, const std::string& account, base::timestamp now) {
  return used(name, account, now) * 100 / std::max<std::int64_t>(1, limits_.find(name)->second.limit);
}

std::vector<http::server::header> rolling_limits::usage_headers(const std::string& account, base::timestamp now) {
  std::vector<http::server::header> headers;
  if (const auto app = percent(app_calls, account, now); app > 0) {
    headers.push_back({"x-app-usage", boost::json::serialize(boost::json::object{
                                          {"call_count", app}, {"total_time", app / 2}, {"total_cputime", app / 2}})});
  }
  const auto own = percent("calls", account, now);
  if (own == 0) return headers;
  std::int64_t minutes = 0;  // until the oldest call leaves the window
  if (const auto& times = current("calls", account, now); own >= 100 && !times.empty()) {
    minutes =
        std::chrono::ceil<std::chrono::minutes>(times.front() + limits_.find("calls")->second.window - now).count();
  }
  const boost::json::object usage{{account, boost::json::array{{{"type", "instagram"},
                                                                {"call_count", own},
                                                                {"total_cputime", own / 2},
                                                                {"total_time", own / 2},
                                                                {"estimated_time_to_regain_access", minutes}}}}};
  headers.push_back({"x-business-use-case-usage", boost::json::serialize(usage)});
  return headers;
}

}  // namespace pulse::sandbox::instagram
