#include "persistence/engagement/engagements.hpp"

namespace pulse::persistence::engagements {

namespace {

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

constexpr statement select_page{"list_engagements", "SELECT " PULSE_ENGAGEMENT_COLUMNS R"sql(
  WHERE e.tenant_id = pulse_tenant() AND (NOT $2::boolean OR e.member_id = $1::uuid)
    AND ($3::boolean OR e.member_id = $1::uuid OR e.state IN ('queued', 'sending', 'unknown', 'completed', 'failed'))
    AND (cardinality($4::text[]) = 0 OR e.state = ANY ($4::text[]))
    AND ($5::uuid IS NULL OR e.page_id = $5::uuid) AND ($6::uuid IS NULL OR e.post_id = $6::uuid)
    AND (e.planned_at, e.id) < ($7::timestamptz, $8::uuid)
  ORDER BY e.planned_at DESC, e.id DESC LIMIT $9)sql"};

constexpr statement select_one{"find_engagement", "SELECT " PULSE_ENGAGEMENT_COLUMNS R"sql(
  WHERE e.tenant_id = pulse_tenant() AND e.id = $3::uuid
    AND ($2::boolean OR e.member_id = $1::uuid OR e.state IN ('queued', 'sending', 'unknown', 'completed', 'failed')))sql"};

constexpr statement select_told{"find_engagement_circumstances", R"sql(
  SELECT o.published_at, o.found_at, o.source, p.first_delay_seconds, p.gap_seconds, p.spread_seconds,
         coalesce(l.time_zone, 'UTC') AS time_zone, coalesce(l.works_from_minute, 540) AS from_minute,
         coalesce(l.works_until_minute, 1020) AS to_minute
  FROM engagements e JOIN tracked_pages p ON p.tenant_id = e.tenant_id AND p.id = e.page_id
  JOIN tracked_posts o ON o.tenant_id = e.tenant_id AND o.id = e.post_id
  LEFT JOIN member_automation l ON l.tenant_id = e.tenant_id AND l.member_id = e.member_id
  WHERE e.tenant_id = pulse_tenant() AND e.id = $1::uuid)sql"};

constexpr statement select_events{"list_events_of_engagement", R"sql(
  SELECT type, metadata_json, created_at FROM publish_events
  WHERE tenant_id = pulse_tenant() AND subject_kind = 'engagement' AND subject_id = $1::uuid ORDER BY id LIMIT 200)sql"};

constexpr statement lock_one{"lock_engagement", R"sql(
  SELECT id, member_id, kind, state, text, is_asked, expires_at FROM engagements
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid FOR UPDATE)sql"};

constexpr statement confirm_one{"confirm_engagement", R"sql(
  UPDATE engagements
  SET state = 'queued', text = $2::text, confirmed_at = $3::timestamptz, not_before = greatest(not_before, $3::timestamptz), hold = NULL,
      is_asked = false, reason = NULL, updated_at = $3::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid)sql"};

constexpr statement edit_one{"edit_engagement", R"sql(
  UPDATE engagements SET text = coalesce($2::text, text), reaction = coalesce($3::text, reaction), updated_at = $4::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid)sql"};

constexpr statement skip_one{"skip_engagement", R"sql(
  UPDATE engagements
  SET state = 'skipped', reason = $2::text, is_asked = false, finished_at = $3::timestamptz, updated_at = $3::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid)sql"};

constexpr statement forget_signatures{"forget_used_signatures",
                                      "DELETE FROM used_signatures WHERE used_at < $1::timestamptz"};

constexpr statement insert_signature{"insert_used_signature", R"sql(
  INSERT INTO used_signatures (signature_hash, used_at) VALUES ($1, $2) ON CONFLICT (signature_hash) DO NOTHING)sql"};

}  // namespace

bound_query<shown_engagement> list(const viewer& who, const narrowing& by, const page_bounds& page) {
  return {select_page, who.member_id, by.is_own, who.sees_plans, by.states,
          by.page_id,  by.post_id,    page.at,   page.id,        page.rows};
}

bound_query<shown_engagement> find(const viewer& who, const base::uuid& id) {
  return {select_one, who.member_id, who.sees_plans, id};
}

bound_query<told> find_told(const base::uuid& id) { return {select_told, id}; }

bound_query<recorded_event> list_events(const base::uuid& id) { return {select_events, id}; }

std::optional<locked_engagement> lock(transaction& tx, const base::uuid& id) {
  return tx.execute(lock_one, id).first<locked_engagement>();
}

void confirm(transaction& tx, const base::uuid& id, const std::string& text, base::timestamp now) {
  tx.execute(confirm_one, id, text, now);
}

void edit(transaction& tx, const base::uuid& id, const std::optional<std::string>& text,
          const std::optional<domain::reaction_kind>& reaction, base::timestamp now) {
  tx.execute(edit_one, id, text, reaction, now);
}

void skip(transaction& tx, const base::uuid& id, std::string_view reason, base::timestamp now) {
  tx.execute(skip_one, id, reason, now);
}

bool use_signature(transaction& tx, const bytes& hash, base::timestamp now, base::timestamp forget_before) {
  tx.queue(forget_signatures, forget_before);
  return tx.execute(insert_signature, hash, now).affected() == 1;
}

}  // namespace pulse::persistence::engagements
