// Finished deliveries, newest first, with how late each began: for looking at today.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "persistence/postgres/bound_query.hpp"

namespace pulse::persistence::outcomes {

struct delivery_outcome {
  base::uuid id;  // of the delivery
  base::uuid project_id;
  base::uuid post_id;
  std::string post_title;
  base::uuid channel_id;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string channel_name;
  domain::delivery_state state = domain::delivery_state::published;
  std::optional<base::timestamp> due_at;
  base::timestamp finished_at;
  int attempt = 0;
  std::optional<double>
      lateness_ms;  // from the due time to the first byte; of what was published, of a thread its first part
  std::optional<std::string> external_url;
};
BOOST_DESCRIBE_STRUCT(delivery_outcome, (),
                      (id, project_id, post_id, post_title, channel_id, channel_type, channel_name, state, due_at,
                       finished_at, attempt, lateness_ms, external_url))

/// Of one project or of all, finished after `since`, newest first. What had waited for more than a day is left out.
bound_query<delivery_outcome> list(const std::optional<base::uuid>& project_id, base::timestamp since,
                                   std::int64_t most);

}  // namespace pulse::persistence::outcomes
