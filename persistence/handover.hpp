// Hands over what waits for a member who leaves: content that is not out yet, and the approvals that a policy asks of
// them.
#pragma once

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::handover {

struct handed_over {
  int content_items = 0;
  int policies = 0;  // projects whose policy named them
};

/// From one member of the transaction's tenant to another, by `actor_id`. What they have written and decided stays
/// theirs. Likes and comments that were still to be made in their name are skipped: nobody else can say them.
handed_over hand_over(transaction& tx, const base::uuid& from, const base::uuid& to, const base::uuid& actor_id,
                      base::timestamp now);

}  // namespace pulse::persistence::handover
