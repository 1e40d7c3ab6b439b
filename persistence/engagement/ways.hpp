// Which ways to LinkedIn a member has.
#pragma once

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/acting_way.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::ways {

/// At this moment. As any role, with the tenant set.
domain::open_ways find(transaction& tx, const base::uuid& member_id, base::timestamp now);

}  // namespace pulse::persistence::ways
