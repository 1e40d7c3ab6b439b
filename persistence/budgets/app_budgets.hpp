// The budgets that all nodes share: one row each, which a node's request locks, reads and writes.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "domain/budgets/app_budget.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::app_budgets {

/// Answers a request in two round trips: the second is COMMIT. By the database's clock, or `now` in its place (tests).
/// COMMIT waits for the disk: a server that crashes and comes back within the life of a slot would otherwise give it to
/// another node, too.
domain::slot_grant ask(transaction& tx, const std::string& key, const domain::slot_request& question,
                       std::optional<base::timestamp> now = std::nullopt);

}  // namespace pulse::persistence::app_budgets
