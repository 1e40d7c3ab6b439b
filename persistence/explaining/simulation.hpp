// The schedule of a project, and all that shares its budgets, for domain/explaining/simulation to play. Only reads: the
// transaction is made read-only before anything else, so that not even a mistake can write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/explaining/simulation.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::simulations {

/// Deliveries that one simulation plays at most, those of other projects included.
inline constexpr int most_deliveries = 20'000;
/// Calls of the past that count against one budget; of more, the latest.
inline constexpr int most_calls_of_budget = 20'000;

/// A post as if it had been given another time.
struct move {
  base::uuid post_id;
  base::timestamp at;
};

/// The period of a simulation.
struct window {
  base::uuid project_id;
  base::timestamp from;  // the due times that are asked about, both ends included
  base::timestamp to;
  base::timestamp now;
  std::vector<move> moves{};  // each post once; ones that have begun, or are of another project, stay where they are
};

/// A delivery of the schedule, as people know it. In the place of its twin in `schedule.deliveries`.
struct label {
  base::uuid post_id;
  std::string title;      // of the post, or how its text begins; of asked ones only
  std::string channel;    // its name
  bool is_asked = false;  // of the project and due within the window; the others are load
};

struct plan {
  bool is_too_large = false;  // more than `most_deliveries`: the rest is empty
  std::string time_zone;      // of the project
  domain::simulated_schedule schedule;
  std::vector<label> labels;
  std::vector<domain::scheduled_delivery>
      channels;  // of each of the project a delivery as it would be made: no post, no time
};

/// Makes the transaction read-only, for the rest of its life.
void forbid_writing(transaction& tx);

/// Reads what waits: the project's deliveries that are due up to `to`, and those of other projects that share an
/// account, the company's or the app's budget with them. Nothing when there is no such project.
std::optional<plan> read(transaction& tx, const window& asked);

}  // namespace pulse::persistence::simulations
