// What is over, newest first, with how late it began: for whoever looks at today.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "persistence/postgres/statement.hpp"

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

/// $1 project, null for any; $2 finished after; $3 limit → newest first. Looks a day further back for what is due: what waited longer is
/// left out.
inline constexpr statement list{"list_outcomes", R"sql(
  SELECT d.id, d.project_id, d.post_id, left(CASE WHEN p.title <> '' THEN p.title ELSE p.text END, 80) AS post_title, d.channel_id,
         c.type AS channel_type, c.name AS channel_name, d.state, d.due_at, d.finished_at, d.attempt,
         (SELECT (e.metadata_json ->> 'lateness_ms')::float8 FROM publish_events e
          WHERE e.tenant_id = d.tenant_id AND e.post_id = d.post_id AND e.delivery_id = d.id AND e.outcome = 'published'
          ORDER BY e.id LIMIT 1) AS lateness_ms,
         d.external_url
  FROM (
    SELECT d.* FROM channels c
    JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.channel_id = c.id AND d.not_before > $2::timestamptz - interval '1 day'
    WHERE ($1::uuid IS NULL OR c.project_id = $1::uuid) AND d.finished_at > $2::timestamptz
    ORDER BY d.finished_at DESC, d.id DESC LIMIT $3
  ) d
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  ORDER BY d.finished_at DESC, d.id DESC)sql"};

}  // namespace pulse::persistence::outcomes
