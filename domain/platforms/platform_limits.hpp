// The budgets of posts that an account, an app and a tenant have at a platform: from the platforms' documents, and from
// what the operator and the tenant have set (`platform_rate_limits`).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <boost/describe.hpp>

#include "domain/budgets/throttle.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::domain {

/// Whose budget it is: an account's, the installation's app's at the platform (all tenants share it), or a tenant's for
/// all of its accounts at the platform.
enum class limit_scope { account, app, tenant };
BOOST_DESCRIBE_ENUM(limit_scope, account, app, tenant)

/// Publish calls an account of `type` may make, from the platform's description.
rate publish_rate(channel_type type);

/// Publish calls that all accounts together may make through this installation's app at the platform, which all tenants
/// share; nothing where the platform documents none.
std::optional<rate> app_rate(channel_type type);

/// What a budget counts.
enum class limit_unit {
  calls,  // every publish call, whatever came of it
  posts,  // publications; a refused call spends nothing
};
BOOST_DESCRIBE_ENUM(limit_unit, calls, posts)

/// What an account's budget at the platform counts (x and linkedin: requests; instagram: posts within
/// 24 hours, enforced at media_publish). An app's counts calls wherever one is documented; a tenant's is the
/// tenant's own and counts its posts.
limit_unit account_limit_unit(channel_type type);

/// A row of `platform_rate_limits`.
struct limit_row {
  channel_type platform = channel_type::website;
  limit_scope scope = limit_scope::account;
  bool is_of_tenant = false;  // false: the installation's
  int posts = 1;
  std::int64_t window_seconds = 1;
  int burst = 1;
};
BOOST_DESCRIBE_STRUCT(limit_row, (), (platform, scope, is_of_tenant, posts, window_seconds, burst))

/// The rate that a row stands for.
rate rate_of(const limit_row& row);

/// The budgets in force for a tenant's channels of one type.
struct budget_rates {
  rate account;
  std::optional<rate> app;
  std::optional<rate> tenant;

  bool operator==(const budget_rates&) const = default;
};

/// For each scope what choose_rate says of the platform's documented limit, the installation's row and the tenant's.
budget_rates rates_for(channel_type type, std::span<const limit_row> rows);

/// Whether all accounts at the platform are called through one app of this installation, so that the platform may
/// report a budget of the app.
bool has_app(channel_type type);

/// The app's budget where none is documented or set: allows everything, but obeys what the platform reports.
inline constexpr rate unbounded_app{.limit = 1'000'000, .window = std::chrono::seconds{1}, .burst = 500'000};

/// Whether a budget of this name, as a connector reports it, is the app's and not an account's: "posts_app_24h",
/// "calls_app".
bool is_of_app(std::string_view reported);

/// A slot of the app's budget that is not used within this time expires; it counts as used.
inline constexpr std::chrono::seconds app_slot_life{3};

}  // namespace pulse::domain
