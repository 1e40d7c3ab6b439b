// The data that a project's rules depend on, for domain/campaigns/rule_simulation. Only reads.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/rule_simulation.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::rule_world {

/// Rules that one simulation plays at most; of more the oldest.
inline constexpr int most_rules = 1'000;
/// Posts that are counted, compared and heard of; of more the first.
inline constexpr int most_posts = 20'000;

struct window {
  base::uuid project_id;
  base::timestamp now;
  base::timestamp until;
  std::string ai_provider = {};  // empty: no provider
};

/// Nothing when there is no such project.
std::optional<domain::campaigns::rule_world> read(transaction& tx, const window& asked);

}  // namespace pulse::persistence::rule_world
