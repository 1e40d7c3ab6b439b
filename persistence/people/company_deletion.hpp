// Deleting a whole company: at once nobody of it is let in and nothing of it goes out, and then its rows are erased a
// batch at a time. What stays is a row without a name, and the chain of its audit without anything personal.
#pragma once

#include <cstdint>
#include <optional>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::company_deletion {

/// What a company was about to publish when it was deleted.
struct closing {
  std::int64_t withdrawn = 0;  // deliveries that waited and do not go out
  std::int64_t under_way = 0;  // that were going out, or are being looked up at the platform
};
BOOST_DESCRIBE_STRUCT(closing, (), (withdrawn, under_way))

/// Deletes the transaction's company: pauses it, which keeps back all that waits however much that is, ends sessions,
/// tokens for scripts, links and feeds, and deactivates everybody. What is going out just then goes on. It cannot be
/// undone; none: it is deleted already.
std::optional<closing> close(transaction& tx, base::timestamp now);

/// Erases at most about `limit` rows of deleted companies, once nothing of them is going out any more; returns how
/// many. The files of pictures and films follow their rows (media::leftovers). A company whose rows cannot be erased is
/// passed over, and is the error once nothing else is left to do. As role::engine, without a tenant.
int erase(transaction& tx, base::timestamp now, int limit);

/// The same of one company that is deleted or marked as demo, whatever is going out.
int erase_rows(transaction& tx, const base::uuid& company_id, base::timestamp now, int limit);

}  // namespace pulse::persistence::company_deletion
