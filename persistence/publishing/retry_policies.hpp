// A tenant's retry policies by channel type. What it has not set is the default (domain/publishing/retry).
#pragma once

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/retry.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::retry_policies {

struct row {
  domain::channel_type channel_type = domain::channel_type::website;
  int max_attempts = 1;
  domain::backoff_strategy backoff_strategy = domain::backoff_strategy::exponential;
  int retry_delay_seconds = 1;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(row, (), (channel_type, max_attempts, backoff_strategy, retry_delay_seconds, updated_at))

/// The policies that the transaction's tenant has set.
bound_query<row> list();

/// Sets the tenant's policy for this type; the last word holds.
void store(transaction& tx, domain::channel_type type, const domain::retry_policy& wanted, base::timestamp now);

/// Back to the default.
void remove(transaction& tx, domain::channel_type type);

}  // namespace pulse::persistence::retry_policies
