// What every engine actor may use, given to it when it is spawned. All of it outlives the actor system.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "actors/budgets/app_budgets.hpp"
#include "actors/campaigns/rule_work.hpp"
#include "actors/system/lease.hpp"
#include "actors/system/part_health.hpp"
#include "actors/system/store.hpp"
#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "domain/publishing/delivery.hpp"

namespace pulse::actors {

struct services {
  const base::clock& clock;
  actors::store& store;
  const connectors::connector_registry& platforms;
  const lease& node_lease;
  app_budgets& app_limits;
  /// Opens a sealed access token; nothing when it cannot be opened (a key was lost, or the row was tampered with).
  std::function<std::optional<base::secret>(const persistence::claimed_content&)> open_token;
  /// A random number in [0, 1). Thread-safe.
  std::function<double()> random;
  domain::delivery_rules rules;
  /// The work of automation rules; null: rules sleep (tests).
  rule_work* automation = nullptr;
  /// Where crashes are counted for the operator; null: nowhere (tests).
  part_health* health = nullptr;
};

}  // namespace pulse::actors
