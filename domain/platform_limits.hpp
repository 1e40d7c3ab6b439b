// The budgets of posts that an account, an app and a tenant have at a platform: from the platforms' documents, and from what the
// operator and the tenant have set (`platform_rate_limits`).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <boost/describe.hpp>

#include "domain/channel.hpp"
#include "domain/throttle.hpp"

namespace pulse::domain {

/// Whose budget it is: an account's, the installation's app's at the platform (all tenants share it), or a tenant's for all of its
/// accounts at the platform.
enum class limit_scope { account, app, tenant };
BOOST_DESCRIBE_ENUM(limit_scope, account, app, tenant)

/// Publish calls an account of `type` may make (x: 100 in 15 minutes, platforms/x.md §Rate limits; half of them may come at
/// once, so that a morning's posts go out together and the rest still fits; instagram: 25, 50 or 100 a day, the documents disagree,
/// so the middle one until the account's own quota is read, platforms/instagram.md §limits endpoint; linkedin: 150 a member and
/// day, platforms/linkedin.md §8). The website is ours: a bound, not a budget.
rate publish_rate(channel_type type);

/// Publish calls that all accounts together may make through this installation's app at the platform (x: 10,000 a day; linkedin:
/// 100,000 a day); nothing where the platform documents none. All tenants share it.
std::optional<rate> app_rate(channel_type type);

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

/// The budgets that hold for a tenant's channels of one type.
struct budget_rates {
  rate account;
  std::optional<rate> app;
  std::optional<rate> tenant;

  bool operator==(const budget_rates&) const = default;
};

/// For each scope the tenant's row, else the installation's, else the platform's documented limit.
budget_rates rates_for(channel_type type, std::span<const limit_row> rows);

}  // namespace pulse::domain
