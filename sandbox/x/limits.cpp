#include "sandbox/x/limits.hpp"

#include <algorithm>

namespace pulse::sandbox::x {

namespace {

void append(std::vector<http::server::header>& headers, const std::string& prefix, const window_limit& limit,
            std::int64_t used, base::timestamp begins) {
  const auto resets = std::chrono::ceil<std::chrono::seconds>(begins + limit.window).time_since_epoch().count();
  headers.push_back({prefix + "limit", std::to_string(limit.limit)});
  headers.push_back({prefix + "remaining", std::to_string(std::max<std::int64_t>(0, limit.limit - used))});
  headers.push_back({prefix + "reset", std::to_string(resets)});
}

}  // namespace

std::string_view to_string(call which) {
  switch (which) {
    case call::create: return "create";
    case call::read: return "read";
    case call::list: return "list";
    case call::me: return "me";
    case call::remove: return "remove";
    case call::upload: return "upload";
    case call::metadata: return "metadata";
    case call::initialize: return "initialize";
    case call::append: return "append";
    case call::finalize: return "finalize";
    case call::status: return "status";
  }
  return "";
}

rate_limits::rate_limits()
    : limits_{{"create", {100}},     {"read", {900}},         {"list", {900}},
              {"me", {75}},          {"remove", {50}},        {"upload", {500}},
              {"metadata", {500}},   {"initialize", {1'875}}, {"append", {1'875}},
              {"finalize", {1'875}}, {"status", {1'000}},     {"app_create", {10'000, std::chrono::hours{24}}}} {}

window_limit* rate_limits::find(std::string_view name) {
  const auto found = limits_.find(name);
  return found == limits_.end() ? nullptr : &found->second;
}

rate_limits::counter rate_limits::current(const counter& one, const window_limit& limit, base::timestamp now) const {
  return one.used > 0 && now < one.begins + limit.window ? one : counter{now, 0};
}

bool rate_limits::admit(const std::string& account, call which, base::timestamp now) {
  const auto& limit = limits_.find(to_string(which))->second;
  auto& mine = counters_[{account, which}];
  mine = current(mine, limit, now);
  if (mine.used >= limit.limit) return false;
  if (which == call::create) {
    const auto& app_limit = limits_.find("app_create")->second;
    app_ = current(app_, app_limit, now);
    if (app_.used >= app_limit.limit) return false;
    ++app_.used;
  }
  ++mine.used;
  return true;
}

std::vector<http::server::header> rate_limits::headers(const std::string& account, call which,
                                                       base::timestamp now) const {
  std::vector<http::server::header> headers;
  const auto& limit = limits_.find(to_string(which))->second;
  const auto found = counters_.find({account, which});
  const auto mine = current(found == counters_.end() ? counter{} : found->second, limit, now);
  append(headers, "x-rate-limit-", limit, mine.used, mine.begins);
  if (which == call::create) {
    const auto& app_limit = limits_.find("app_create")->second;
    const auto app = current(app_, app_limit, now);
    append(headers, "x-app-limit-24hour-", app_limit, app.used, app.begins);
  }
  return headers;
}

}  // namespace pulse::sandbox::x
