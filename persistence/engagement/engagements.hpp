// Engagements as people see them, and what their members say about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/engagement.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::engagements {

/// The constraint that a second member with the same words under one post breaks.
inline constexpr std::string_view text_once = "engagements_text_once";
/// Characters of a comment.
inline constexpr std::size_t most_text = 1'250;

/// One act. The words of another member's act are shown once they are out, and never before.
struct shown_engagement {
  base::uuid id;
  base::uuid page_id;
  std::string page_name;
  base::uuid post_id;
  std::string post_url;
  std::string post_title;
  base::uuid member_id;
  std::string member_name;
  bool is_mine = false;
  domain::engagement_kind kind = domain::engagement_kind::like;
  domain::engagement_state state = domain::engagement_state::waiting_confirmation;
  domain::reaction_kind reaction = domain::reaction_kind::like;
  std::string text;
  bool is_automatic = false;
  base::timestamp planned_at;
  base::timestamp not_before;
  base::timestamp expires_at;
  std::optional<std::string> hold;  // what held it last
  int attempt = 0;
  std::optional<domain::act_way> way;  // of the last attempt of one's own
  bool needs_decision = false;         // unknown, and only its member can tell
  std::optional<std::string> external_id;
  std::optional<std::string> reason;
  std::optional<base::timestamp> confirmed_at;
  std::optional<base::timestamp> finished_at;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(shown_engagement, (),
                      (id, page_id, page_name, post_id, post_url, post_title, member_id, member_name, is_mine, kind,
                       state, reaction, text, is_automatic, planned_at, not_before, expires_at, hold, attempt, way,
                       needs_decision, external_id, reason, confirmed_at, finished_at, created_at))

#define PULSE_ENGAGEMENT_COLUMNS                                                                                \
  "e.id, e.page_id, p.name AS page_name, e.post_id, o.url AS post_url, o.title AS post_title, e.member_id, "    \
  "m.display_name AS member_name, e.member_id = $1::uuid AS is_mine, e.kind, e.state, e.reaction, "             \
  "CASE WHEN e.member_id = $1::uuid OR e.state = 'completed' THEN e.text ELSE '' END AS text, e.is_automatic, " \
  "e.planned_at, e.not_before, e.expires_at, e.hold, e.attempt, e.is_asked AS needs_decision, e.external_id, "  \
  "CASE WHEN e.member_id = $1::uuid THEN e.way END AS way, "                                                    \
  "CASE WHEN e.member_id = $1::uuid THEN e.reason END AS reason, e.confirmed_at, e.finished_at, e.created_at "  \
  "FROM engagements e JOIN tracked_pages p ON p.tenant_id = e.tenant_id AND p.id = e.page_id "                  \
  "JOIN tracked_posts o ON o.tenant_id = e.tenant_id AND o.id = e.post_id "                                     \
  "JOIN members m ON m.tenant_id = e.tenant_id AND m.id = e.member_id "

/// $1 who asks, $2 only their own, $3 whether others' are shown before they are under way, $4 states (none: all), $5 page (null: all), $6 post
/// (null: all), $7, $8 planned_at and id that the page comes after, $9 limit → engagements, the latest time first.
inline constexpr statement list{"list_engagements", "SELECT " PULSE_ENGAGEMENT_COLUMNS R"sql(
  WHERE e.tenant_id = pulse_tenant() AND (NOT $2::boolean OR e.member_id = $1::uuid)
    AND ($3::boolean OR e.member_id = $1::uuid OR e.state IN ('queued', 'sending', 'unknown', 'completed', 'failed'))
    AND (cardinality($4::text[]) = 0 OR e.state = ANY ($4::text[]))
    AND ($5::uuid IS NULL OR e.page_id = $5::uuid) AND ($6::uuid IS NULL OR e.post_id = $6::uuid)
    AND (e.planned_at, e.id) < ($7::timestamptz, $8::uuid)
  ORDER BY e.planned_at DESC, e.id DESC LIMIT $9)sql"};

/// $1 who asks, $2 whether others' are shown before they are under way, $3 id → the engagement or none.
inline constexpr statement find{"find_engagement", "SELECT " PULSE_ENGAGEMENT_COLUMNS R"sql(
  WHERE e.tenant_id = pulse_tenant() AND e.id = $3::uuid
    AND ($2::boolean OR e.member_id = $1::uuid OR e.state IN ('queued', 'sending', 'unknown', 'completed', 'failed')))sql"};

#undef PULSE_ENGAGEMENT_COLUMNS

/// What a command looks at, locked until the transaction ends.
struct locked_engagement {
  base::uuid id;
  base::uuid member_id;
  domain::engagement_kind kind = domain::engagement_kind::like;
  domain::engagement_state state = domain::engagement_state::waiting_confirmation;
  std::string text;
  bool is_asked = false;
  base::timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(locked_engagement, (), (id, member_id, kind, state, text, is_asked, expires_at))

std::optional<locked_engagement> lock(transaction& tx, const base::uuid& id);

/// The member's word: it may go out, no earlier than planned. Also of an unknown one whose member says that it is not there.
void confirm(transaction& tx, const base::uuid& id, const std::string& text, base::timestamp now);
/// Other words or another reaction, before it is under way. What is left out stays.
void edit(transaction& tx, const base::uuid& id, const std::optional<std::string>& text,
          const std::optional<domain::reaction_kind>& reaction, base::timestamp now);
void skip(transaction& tx, const base::uuid& id, std::string_view reason, base::timestamp now);

/// What an explanation tells besides the row.
struct told {
  base::timestamp published_at;
  base::timestamp found_at;
  std::string source;
  int first_delay_seconds = 0;
  int gap_seconds = 0;
  int spread_seconds = 0;
  std::string time_zone;
  int from_minute = 0;
  int to_minute = 0;
};
BOOST_DESCRIBE_STRUCT(told, (),
                      (published_at, found_at, source, first_delay_seconds, gap_seconds, spread_seconds, time_zone,
                       from_minute, to_minute))

/// $1 id → the circumstances of its plan.
inline constexpr statement find_told{"find_engagement_circumstances", R"sql(
  SELECT o.published_at, o.found_at, o.source, p.first_delay_seconds, p.gap_seconds, p.spread_seconds,
         coalesce(l.time_zone, 'UTC') AS time_zone, coalesce(l.works_from_minute, 540) AS from_minute,
         coalesce(l.works_until_minute, 1020) AS to_minute
  FROM engagements e JOIN tracked_pages p ON p.tenant_id = e.tenant_id AND p.id = e.page_id
  JOIN tracked_posts o ON o.tenant_id = e.tenant_id AND o.id = e.post_id
  LEFT JOIN member_automation l ON l.tenant_id = e.tenant_id AND l.member_id = e.member_id
  WHERE e.tenant_id = pulse_tenant() AND e.id = $1::uuid)sql"};

/// What was recorded of it.
struct recorded_event {
  std::string type;
  boost::json::object metadata_json;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(recorded_event, (), (type, metadata_json, created_at))

/// $1 id → its events in order, at most 200.
inline constexpr statement list_events{"list_events_of_engagement", R"sql(
  SELECT type, metadata_json, created_at FROM publish_events
  WHERE tenant_id = pulse_tenant() AND subject_kind = 'engagement' AND subject_id = $1::uuid ORDER BY id LIMIT 200)sql"};

/// $1 the hash of a signature, $2 now, $3 what is older is forgotten. Whether it is seen for the first time.
bool use_signature(transaction& tx, const bytes& hash, base::timestamp now, base::timestamp forget_before);

}  // namespace pulse::persistence::engagements
