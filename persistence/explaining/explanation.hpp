// What is recorded of a post and of all that may hold its deliveries, for domain/explaining/explanation to tell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/explaining/explanation.hpp"
#include "domain/publishing/post.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::explanations {

/// Events that one explanation is made of, by itself each: the post's own, what happened above its deliveries, and what
/// other deliveries met on their channels. Of more, the latest; of the last two, none from after it was over.
inline constexpr int most_events = 2'000;
/// Deliveries before one on its channel are counted no further than this.
inline constexpr int most_ahead = 1'000;

struct record {
  base::uuid post_id;
  base::uuid project_id;
  std::string time_zone;  // of the project
  domain::post_state status = domain::post_state::draft;
  std::vector<domain::recorded_delivery> deliveries;  // by the age of their channels
  std::vector<domain::recorded_event> events;         // by (at, id)
};

/// Reads it as it stands at `now`, within one statement a part; nothing when there is no such post.
std::optional<record> read(transaction& tx, const base::uuid& post_id, base::timestamp now);

}  // namespace pulse::persistence::explanations
