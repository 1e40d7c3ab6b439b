// What is known before a post goes out that would keep it from going out: its channels, their logins and their budgets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/budgets/throttle.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::preflight {

/// A delivery that waits, and how its channel stands.
struct readiness {
  base::uuid delivery_id;
  base::uuid channel_id;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string channel_name;
  bool is_active = true;
  std::optional<std::string> disabled_reason;
  bool is_paused = false;  // the channel, its project or the company
  bool needs_reconnect = false;
  std::optional<base::timestamp> expires_at;  // of a login that cannot be refreshed
  std::optional<base::uuid> account_id;
};
BOOST_DESCRIBE_STRUCT(readiness, (),
                      (delivery_id, channel_id, channel_type, channel_name, is_active, disabled_reason, is_paused,
                       needs_reconnect, expires_at, account_id))

/// Of the post's deliveries that wait, in the order of their channels.
std::vector<readiness> list(transaction& tx, const base::uuid& post_id);

/// Of those channels of the project, in the same order; without deliveries.
std::vector<readiness> list_chosen(transaction& tx, const base::uuid& project_id,
                                   const std::vector<base::uuid>& channel_ids);

/// An account's at the platform, or the company's for all of its accounts there.
struct budget {
  domain::channel_type channel_type = domain::channel_type::website;
  std::optional<base::uuid> account_id;
};

/// Deliveries of other posts that the budget has, or is to have, between two times.
std::int64_t count_planned(transaction& tx, const budget& of, const base::uuid& but_post_id, base::timestamp after,
                           base::timestamp until);

}  // namespace pulse::persistence::preflight
