#include "persistence/audit/entries.hpp"

namespace pulse::persistence::audit {

namespace {

constexpr statement note_changes{"audit_begin", R"sql(
  SELECT set_config('pulse.audit', 'on', true), set_config('pulse.changes', '', true), set_config('pulse.changes_left_out', '', true))sql"};

// A transaction that has written nothing has no number. Events of this transaction are found by it: those that the job
// has appended.
constexpr statement append_one{"audit_append", R"sql(
  INSERT INTO audit_entries (tenant_id, id, at, action, status, actor_kind, actor_id, token_id, subject_id, request_id, details)
  SELECT pulse_tenant(), $1::uuid, $2::timestamptz, $3::text, 0, $4::text,
         coalesce($5::uuid, (SELECT s.member_id FROM sessions s WHERE s.tenant_id = pulse_tenant() AND s.id = $6::uuid)),
         $7::uuid, $8::uuid, $9::text,
         json_strip_nulls(json_build_object(
           'address', nullif($10::text, ''), 'device', nullif($11::text, ''),
           'changes', nullif('[' || current_setting('pulse.changes', true) || ']', '[]')::json,
           'changes_left_out', nullif(current_setting('pulse.changes_left_out', true), ''),
           'events', (
             SELECT json_agg(json_strip_nulls(json_build_object('event', e.type, 'project_id', e.project_id, 'post_id', e.post_id,
                             'delivery_id', e.delivery_id, 'channel_id', e.channel_id, 'facts', e.metadata_json)) ORDER BY e.id)
             FROM (SELECT * FROM publish_events p WHERE p.tenant_id = pulse_tenant() AND p.transaction = pg_current_xact_id_if_assigned()
                   ORDER BY p.id LIMIT 100) e)))
  WHERE CASE $12::text WHEN 'always' THEN true WHEN 'written' THEN pg_current_xact_id_if_assigned() IS NOT NULL
             ELSE coalesce(current_setting('pulse.changes', true), '') <> '' END)sql"};

constexpr statement append_one_refusal{"audit_append_refusal", R"sql(
  INSERT INTO audit_entries (tenant_id, id, at, action, status, code, actor_kind, actor_id, token_id, subject_id, request_id, details)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
          json_strip_nulls(json_build_object('address', $11::text, 'device', nullif($12::text, '')))))sql"};

constexpr statement list_some{"audit_list", R"sql(
  SELECT a.id, a.seq, a.at, a.action, a.status, a.code, a.actor_kind AS actor, a.actor_id, m.display_name AS actor_name, a.token_id,
         a.subject_id, a.request_id, a.details
  FROM (
    SELECT * FROM audit_entries
    WHERE tenant_id = pulse_tenant() AND (at, id) < ($1::timestamptz, $2::uuid)
      AND ($4::uuid IS NULL OR actor_id = $4) AND ($5::uuid IS NULL OR subject_id = $5)
      AND CASE WHEN $6::text IS NULL THEN action <> 'EVENTS' ELSE action = $6 END AND ($7::text IS NULL OR request_id = $7)
      AND ($8::boolean IS NULL OR (status >= 400) = $8)
      AND ($9::timestamptz IS NULL OR at >= $9) AND ($10::timestamptz IS NULL OR at < $10)
    ORDER BY at DESC, id DESC LIMIT $3) a
  LEFT JOIN members m ON m.tenant_id = a.tenant_id AND m.id = a.actor_id
  ORDER BY a.at DESC, a.id DESC)sql"};

constexpr statement tally_by_day{"audit_count_by_day", R"sql(
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS name, count(*) FILTER (WHERE status < 400) AS done,
         count(*) FILTER (WHERE status >= 400) AS refused
  FROM audit_entries WHERE tenant_id = pulse_tenant() AND at >= $1 AND action <> 'EVENTS' GROUP BY 1 ORDER BY 1)sql"};

constexpr statement tally_by_action{"audit_count_by_action", R"sql(
  SELECT action AS name, count(*) FILTER (WHERE status < 400) AS done, count(*) FILTER (WHERE status >= 400) AS refused
  FROM audit_entries WHERE tenant_id = pulse_tenant() AND at >= $1 AND action <> 'EVENTS' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT $2)sql"};

constexpr statement tally_by_actor{"audit_count_by_actor", R"sql(
  SELECT a.actor_id AS id, m.display_name AS name, a.done, a.refused
  FROM (SELECT tenant_id, actor_id, count(*) FILTER (WHERE status < 400) AS done, count(*) FILTER (WHERE status >= 400) AS refused
        FROM audit_entries WHERE tenant_id = pulse_tenant() AND at >= $1 AND action <> 'EVENTS' GROUP BY 1, 2 ORDER BY count(*) DESC, 2 LIMIT $2) a
  LEFT JOIN members m ON m.tenant_id = a.tenant_id AND m.id = a.actor_id
  ORDER BY a.done + a.refused DESC, a.actor_id)sql"};

}  // namespace

void begin(transaction& tx) { tx.queue(note_changes); }

void append(transaction& tx, const entry& of, when condition) {
  const std::string_view name = condition == when::always ? "always" : condition == when::written ? "written" : "noted";
  tx.queue(append_one, of.id, of.at, of.action, of.by, of.actor_id, of.session_id, of.token_id, of.subject_id,
           of.request_id, of.address, of.device, name);
}

void append_refusal(transaction& tx, const entry& of, int status, const std::string& code) {
  tx.queue(append_one_refusal, of.id, of.at, of.action, status, code, of.by, of.actor_id, of.token_id, of.subject_id,
           of.request_id, of.address, of.device);
}

std::vector<listed> list(transaction& tx, const filter& wanted, base::timestamp after_at, const base::uuid& after_id,
                         std::int64_t limit) {
  return tx
      .execute(list_some, after_at, after_id, limit, wanted.actor_id, wanted.subject_id, wanted.action,
               wanted.request_id, wanted.is_refused, wanted.since, wanted.until)
      .all<listed>();
}

std::vector<tally> count_by_day(transaction& tx, base::timestamp since) {
  return tx.execute(tally_by_day, since).all<tally>();
}

std::vector<tally> count_by_action(transaction& tx, base::timestamp since) {
  return tx.execute(tally_by_action, since, actions_max).all<tally>();
}

std::vector<actor_tally> count_by_actor(transaction& tx, base::timestamp since) {
  return tx.execute(tally_by_actor, since, tallies_max).all<actor_tally>();
}

}  // namespace pulse::persistence::audit
