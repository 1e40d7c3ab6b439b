// A project's rules and its deliveries on one virtual time: what rules write goes out with what is planned, and what
// goes out triggers rules. Uses rule_simulation and domain/explaining/simulation, which decide.
#pragma once

#include <cstddef>
#include <vector>

#include "domain/campaigns/rule_simulation.hpp"
#include "domain/explaining/simulation.hpp"

namespace pulse::domain::campaigns {

/// Maximum number of rounds in which rules and deliveries are simulated in turn; also the maximum depth of rules that
/// trigger each other.
inline constexpr int most_rounds = most_depth + 2;

struct project_forecast {
  std::vector<simulated_run> runs;
  simulated_schedule schedule;          // with the deliveries of what the runs would make, behind those that are there
  std::vector<prediction> predictions;  // in the order of `schedule.deliveries`
  std::vector<std::size_t> made_by;     // of each added delivery, the run
};

/// `channels`: of each channel of the project a delivery as it would be made, without a post and a time.
project_forecast simulate_project(const simulated_schedule& schedule, const std::vector<scheduled_delivery>& channels,
                                  const rule_world& world, const simulation_assumptions& assumed);

}  // namespace pulse::domain::campaigns
