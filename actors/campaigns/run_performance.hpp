// Carries a run out in one transaction: begins it, does all that needs nobody else, and ends it or leaves it waiting. A
// crash in the middle leaves nothing behind.
#pragma once

#include <functional>

#include "actors/campaigns/rule_work.hpp"
#include "connectors/ai/provider.hpp"
#include "persistence/campaigns/rule_agenda.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

/// The data that a run needs in addition to the rows.
struct run_surroundings {
  const persistence::secret_box& box;  // seals mails
  std::string ai_provider;             // its name; empty: no provider
};

/// A transaction of the engine that names its tenant.
rule_work::performed perform_run(persistence::transaction& tx, const persistence::rule_agenda::owner& by,
                                 const base::uuid& run_id, const run_surroundings& surroundings, base::timestamp now);

/// Stores the provider's answer to a run, or ends its attempt.
void keep_answer_of(persistence::transaction& tx, const persistence::rule_agenda::owner& by, const base::uuid& run_id,
                    const connectors::ai::answer& answer, const run_surroundings& surroundings, base::timestamp now);

/// Ends a run that cannot be carried out because its rows are malformed.
void give_up_run(persistence::transaction& tx, const persistence::rule_agenda::owner& by, const base::uuid& run_id,
                 const std::string& why, base::timestamp now);

}  // namespace pulse::actors
