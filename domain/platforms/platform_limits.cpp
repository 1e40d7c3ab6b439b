#include "domain/platforms/platform_limits.hpp"

#include <algorithm>

#include "domain/budgets/rate_choice.hpp"

namespace pulse::domain {

rate publish_rate(channel_type type) { return platform_of(type).account_rate; }

std::optional<rate> app_rate(channel_type type) { return platform_of(type).app_rate; }

limit_unit account_limit_unit(channel_type type) {
  switch (type) {
    case channel_type::website:
    case channel_type::x:
    case channel_type::linkedin:
    case channel_type::facebook:
    case channel_type::pinterest:
    case channel_type::mastodon:
    case channel_type::bluesky: return limit_unit::calls;
    case channel_type::instagram:
    case channel_type::threads:
    case channel_type::tiktok: return limit_unit::posts;
  }
  return limit_unit::calls;
}

rate rate_of(const limit_row& row) {
  return {.limit = row.posts, .window = std::chrono::seconds{row.window_seconds}, .burst = row.burst};
}

budget_rates rates_for(channel_type type, std::span<const limit_row> rows) {
  const auto set = [&](limit_scope scope, bool is_of_tenant) -> std::optional<rate> {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const limit_row& row) {
      return row.platform == type && row.scope == scope && row.is_of_tenant == is_of_tenant;
    });
    return found == rows.end() ? std::nullopt : std::optional{rate_of(*found)};
  };
  const auto chosen = [&](limit_scope scope, const std::optional<rate>& documented) {
    return choose_rate(documented, set(scope, false), set(scope, true)).budget;
  };
  const auto usual = publish_rate(type);
  return {.account = chosen(limit_scope::account, usual).value_or(usual),
          .app = chosen(limit_scope::app, app_rate(type)),
          .tenant = chosen(limit_scope::tenant, std::nullopt)};
}

bool has_app(channel_type type) { return platform_of(type).has_app; }

bool is_of_app(std::string_view reported) {
  constexpr std::string_view app = "app";
  for (std::size_t at = 0; at <= reported.size();) {
    const auto end = std::min(reported.find('_', at), reported.size());
    if (reported.substr(at, end - at) == app) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace pulse::domain
