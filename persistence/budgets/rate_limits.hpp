// Budgets of posts by platform and scope: the installation's, which the operator writes by SQL (README), and a tenant's
// own.
#pragma once

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "domain/budgets/rate_choice.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::rate_limits {

/// What the installation and the transaction's tenant have set, for platforms that this version knows.
std::vector<domain::limit_row> list(transaction& tx);

/// Sets the tenant's budget; the last word holds. `wanted` is in whole seconds and within the installation's.
void store(transaction& tx, domain::channel_type platform, domain::limit_scope scope, const domain::rate& wanted,
           base::timestamp now);

/// Back to the installation's.
void remove(transaction& tx, domain::channel_type platform, domain::limit_scope scope);

/// An account, or a channel without one, of which its platform wants nothing before a time.
struct block {
  domain::channel_type channel_type = domain::channel_type::website;
  base::uuid budget;  // the account's id, or the channel's where there is no account
  base::timestamp until;
};
BOOST_DESCRIBE_STRUCT(block, (), (channel_type, budget, until))

/// The platforms' 429s that are in force at `now`, as the rows remember them: by the deliveries that wait because of
/// them.
std::vector<block> select_blocks(transaction& tx, const base::uuid& tenant_id, base::timestamp now);

}  // namespace pulse::persistence::rate_limits
