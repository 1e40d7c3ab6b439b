// The streams of many companies, read at once.
#pragma once

#include <span>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/events/stream.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::events {

/// One of several who read on at once.
struct reader {
  base::uuid tenant_id;
  cursor after;
  patience how = patience::with_all;
};

/// A stretch for each of them, in their order and of at most `limit` events: as many statements for a thousand as for
/// one. For a transaction that is bound to no tenant.
std::vector<stretch> read_after(transaction& tx, std::span<const reader> readers, int limit);

}  // namespace pulse::persistence::events
