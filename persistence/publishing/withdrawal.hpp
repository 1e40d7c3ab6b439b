// Withdrawing deliveries that wait: of a post that is cancelled or deleted, or of a channel that is removed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/events/facts.hpp"
#include "domain/platforms/post_option.hpp"
#include "persistence/events/events.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

struct withdrawal {
  domain::withdrawal_cause cause = domain::withdrawal_cause::cancelled;
  base::uuid member_id;
  base::timestamp now;
};

// What a statement that withdraws a waiting delivery d (of channel c and post p) sets at the time `at`. One that may be
// live since an earlier attempt is not sent again, but nobody may say that it never went out. One whose first comment
// only is missing is published: it has done what it is for. `why` is that of what has not begun; of others it follows
// (`explain_withdrawal`).
#define PULSE_ONLY_COMMENT_WAITS \
  "(coalesce(d.handles ? 'part_1', false) AND NOT coalesce(p.options -> c.type ? 'thread', false))"
#define PULSE_WITHDRAW(at, why)                                                                                 \
  "state = CASE WHEN " PULSE_ONLY_COMMENT_WAITS                                                                 \
  " THEN 'published' WHEN d.doubt_until IS NULL THEN 'cancelled' ELSE 'unconfirmed' END, "                      \
  "updated_at = " at ", finished_at = CASE WHEN d.doubt_until IS NULL OR " PULSE_ONLY_COMMENT_WAITS " THEN " at \
  "::timestamptz END, external_id = coalesce(d.external_id, d.handles ->> 'part_1'), "                          \
  "external_url = coalesce(d.external_url, d.handles ->> 'part_1_url'), "                                       \
  "reason = " why                                                                                               \
  "::text || CASE WHEN d.doubt_until IS NULL THEN '' "                                                          \
  "ELSE ', but an earlier attempt may be live; please look there and say whether it is' END"

// And what it answers: the columns of `withdrawn_delivery`.
#define PULSE_WITHDRAWN(at)                                                                                        \
  "d.tenant_id, d.project_id, d.post_id, d.id AS delivery_id, d.channel_id, d.state, d.attempt, c.name AS "        \
  "channel_name, "                                                                                                 \
  "c.type AS channel_type, " at                                                                                    \
  "::timestamptz AS at, coalesce(p.options -> c.type, '{}') AS options, coalesce(d.handles, '{}') AS handles, "    \
  "CASE WHEN d.external_id IS NOT NULL THEN (SELECT ((e.metadata_json ->> 'lateness_ms')::float8 * 1000)::bigint " \
  "FROM publish_events e WHERE e.tenant_id = d.tenant_id AND e.post_id = d.post_id AND e.delivery_id = d.id "      \
  "AND e.outcome = 'published' ORDER BY e.id LIMIT 1) END AS began_late_us"

/// A delivery that was withdrawn. Statements that withdraw answer these columns.
struct withdrawn_delivery {
  base::uuid tenant_id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  /// Or unconfirmed: it may be live; or published: only its first comment was not out.
  domain::delivery_state state = domain::delivery_state::cancelled;
  int attempt = 0;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  base::timestamp at;
  domain::chosen_options options;              // for the channel's platform
  std::map<std::string, std::string> handles;  // the handles of its attempts, which include the published parts
  std::optional<std::int64_t> began_late_us;   // of the first part that is out, where that is known
};
BOOST_DESCRIBE_STRUCT(withdrawn_delivery, (),
                      (tenant_id, project_id, post_id, delivery_id, channel_id, state, attempt, channel_name,
                       channel_type, at, options, handles, began_late_us))

/// Tells each by an event and, where parts of it are out and stay, in its row, too; `member_id`: by whom, none: by
/// Pulse itself.
void explain_withdrawal(transaction& tx, const std::vector<withdrawn_delivery>& of, domain::withdrawal_cause cause,
                        const std::optional<base::uuid>& member_id);

/// Ends what waits of the post, with an event each; answers how many. One that may be live since an earlier attempt
/// becomes unconfirmed, and a person looks.
int withdraw_of_post(transaction& tx, const base::uuid& post_id, const withdrawal& how);

/// The same for what waits on the channel.
int withdraw_of_channel(transaction& tx, const base::uuid& channel_id, const withdrawal& how);

}  // namespace pulse::persistence
