#include "persistence/deliveries.hpp"

#include <utility>

#include "base/planted.hpp"

namespace pulse::persistence {

namespace {

// One statement for all intents of a batch. The rows that can forbid a start (owner, tenant, project, channel, post) are
// locked for share and the delivery for update, in one order: a pause, a cancellation, an edit or a takeover that commits
// first is seen, one that comes later waits.
constexpr statement claim_intents{"claim_intents", R"sql(
  WITH input AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::integer[], $5::timestamptz[], $6::timestamptz[], $8::jsonb[])
      AS i (tenant_id, delivery_id, fence, attempt, started_at, deadline_at, trace)
  ), open AS (
    SELECT i.*, c.type, c.account_id, p.title, coalesce(p.variants ->> c.type, p.text) AS text, p.image,
           -- An attempt begins with what the one before it has kept.
           CASE WHEN i.attempt > 1 OR d.state = 'sending' THEN
             (SELECT b.handles FROM delivery_attempts b
              WHERE b.tenant_id = i.tenant_id AND b.delivery_id = i.delivery_id AND b.number <= i.attempt
              ORDER BY b.number DESC LIMIT 1) END AS handles
    FROM input i
    JOIN deliveries d ON d.tenant_id = i.tenant_id AND d.id = i.delivery_id
    JOIN tenant_owners o ON o.tenant_id = i.tenant_id
    JOIN tenants t ON t.id = i.tenant_id
    JOIN projects j ON j.tenant_id = d.tenant_id AND j.id = d.project_id
    JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
    WHERE o.node_id = $7 AND o.fence = i.fence
      AND ((d.state = 'waiting' AND d.attempt = i.attempt - 1 AND d.not_before <= i.started_at)
        OR (d.state = 'sending' AND d.attempt = i.attempt AND d.fence = i.fence
            AND i.started_at = (SELECT b.started_at FROM delivery_attempts b
                                WHERE b.tenant_id = d.tenant_id AND b.delivery_id = d.id AND b.number = d.attempt)))
      AND d.asked_at IS NULL AND t.paused_at IS NULL AND j.paused_at IS NULL
      AND c.is_active AND c.paused_at IS NULL AND c.deleted_at IS NULL AND p.deleted_at IS NULL
    ORDER BY i.tenant_id, i.delivery_id
    FOR UPDATE OF d FOR SHARE OF o, t, j, c, p
  ), claimed AS (
    UPDATE deliveries d
    SET state = 'sending', attempt = w.attempt, fence = w.fence, updated_at = w.started_at,
        deadline_at = CASE d.state WHEN 'sending' THEN greatest(d.deadline_at, w.deadline_at) ELSE w.deadline_at END
    FROM open w WHERE d.tenant_id = w.tenant_id AND d.id = w.delivery_id
  ), begun AS (
    INSERT INTO delivery_attempts (tenant_id, delivery_id, number, fence, started_at, deadline_at, handles, trace)
    SELECT tenant_id, delivery_id, attempt, fence, started_at, deadline_at, coalesce(handles, '{}'), trace FROM open
    ON CONFLICT (tenant_id, delivery_id, number) DO UPDATE
      SET deadline_at = greatest(delivery_attempts.deadline_at, excluded.deadline_at)
  )
  SELECT w.tenant_id, w.delivery_id, w.title, w.text, a.external_user_id, a.handle, a.id AS account_id, a.access_token,
         w.image, coalesce(w.handles, '{}') AS handles
  FROM open w LEFT JOIN accounts a ON a.tenant_id = w.tenant_id AND a.id = w.account_id)sql"};

constexpr statement record_changes{"record_changes", R"sql(
  WITH input AS (
    SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::integer[], $6::text[], $7::text[], $8::timestamptz[],
        $9::integer[], $10::text[], $11::text[], $12::text[], $13::text[], $14::integer[], $15::text[], $16::text[],
        $17::jsonb[], $18::timestamptz[], $19::integer[], $20::timestamptz[])
      AS i (tenant_id, delivery_id, fence, attempt, from_state, to_state, not_before, failures, external_id, external_url,
        reason, outcome, disables_channel, event_type, event_message, metadata, at, is_asked, doubt_until)
  ), changed AS (
    UPDATE deliveries d
    SET state = i.to_state, not_before = i.not_before, failures = i.failures,
        external_id = coalesce(i.external_id, d.external_id), external_url = coalesce(i.external_url, d.external_url),
        reason = i.reason, outcome = coalesce(i.outcome, d.outcome), updated_at = i.at, doubt_until = i.doubt_until,
        asked_at = CASE WHEN i.is_asked = 1 THEN i.at END,
        finished_at = CASE WHEN i.to_state IN ('published', 'failed', 'missed') THEN i.at END
    FROM input i JOIN tenant_owners o ON o.tenant_id = i.tenant_id AND o.node_id = $1 AND o.fence = i.fence
    WHERE d.tenant_id = i.tenant_id AND d.id = i.delivery_id AND d.attempt = i.attempt AND d.state = i.from_state
      AND (i.from_state <> 'waiting' OR d.not_before = i.not_before)  -- moved meanwhile: its time has not passed
    RETURNING i.*, d.project_id, d.post_id, d.channel_id
  ), finished AS (
    UPDATE delivery_attempts a SET outcome = c.outcome, finished_at = c.at
    FROM changed c WHERE a.tenant_id = c.tenant_id AND a.delivery_id = c.delivery_id AND a.number = c.attempt
  ), disabled AS (
    UPDATE channels h SET is_active = false, disabled_reason = c.reason, updated_at = c.at
    FROM changed c WHERE c.disables_channel = 1 AND h.tenant_id = c.tenant_id AND h.id = c.channel_id AND h.is_active
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, post_id, delivery_id, channel_id, event_type, event_message, metadata, at FROM changed
  )
  SELECT delivery_id FROM changed)sql"};

// Just what a claim would win: the same conditions, so that a refused claim is never found again. What opens a channel that
// is off or paused tells the supervisor.
constexpr statement select_tenant_agenda{"select_tenant_agenda", R"sql(
  SELECT d.id, d.project_id, d.post_id, d.channel_id, c.type AS channel_type, c.account_id, d.state,
         coalesce(d.due_at, d.created_at) AS due_at, coalesce(d.not_before, d.created_at) AS not_before, d.attempt, d.failures,
         a.started_at, d.deadline_at, d.doubt_until,
         coalesce(q.lateness_policy, s.lateness_policy) AS lateness_policy,
         CASE WHEN q.lateness_policy IS NULL THEN s.lateness_after_seconds
              ELSE coalesce(q.lateness_after_seconds, s.lateness_after_seconds) END::bigint AS lateness_after_seconds,
         coalesce(y.max_attempts, $6) AS max_attempts, coalesce(y.backoff_strategy, $7) AS backoff_strategy,
         coalesce(y.retry_delay_seconds, $8) AS retry_delay_seconds
  FROM (
    (SELECT * FROM deliveries WHERE tenant_id = $1 AND state IN ('sending', 'unknown') LIMIT $3)
    UNION ALL
    (SELECT w.* FROM deliveries w
     JOIN channels k ON k.tenant_id = w.tenant_id AND k.id = w.channel_id
     JOIN projects j ON j.tenant_id = w.tenant_id AND j.id = w.project_id
     JOIN tenants t ON t.id = w.tenant_id
     JOIN posts p ON p.tenant_id = w.tenant_id AND p.id = w.post_id
     WHERE w.tenant_id = $1 AND w.state = 'waiting' AND w.not_before < $2 AND w.asked_at IS NULL AND p.deleted_at IS NULL
       AND k.is_active AND k.paused_at IS NULL AND k.deleted_at IS NULL AND j.paused_at IS NULL AND t.paused_at IS NULL
     ORDER BY w.not_before, w.id LIMIT $3)
  ) d
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN projects s ON s.tenant_id = d.tenant_id AND s.id = d.project_id
  JOIN posts q ON q.tenant_id = d.tenant_id AND q.id = d.post_id
  LEFT JOIN channel_retry_policies y ON y.tenant_id = d.tenant_id AND y.channel_type = c.type
  LEFT JOIN delivery_attempts a ON a.tenant_id = d.tenant_id AND a.delivery_id = d.id AND a.number = d.attempt
  WHERE EXISTS (SELECT FROM tenant_owners o WHERE o.tenant_id = $1 AND o.node_id = $4 AND o.fence = $5)
  ORDER BY d.not_before, d.id)sql"};

constexpr statement select_content{"select_content", R"sql(
  SELECT d.tenant_id, d.id AS delivery_id, p.title, coalesce(p.variants ->> c.type, p.text) AS text, a.external_user_id,
         a.handle, a.id AS account_id, a.access_token, p.image, coalesce(b.handles, '{}') AS handles
  FROM deliveries d
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
  LEFT JOIN delivery_attempts b ON b.tenant_id = d.tenant_id AND b.delivery_id = d.id AND b.number = d.attempt
  WHERE d.tenant_id = $1 AND d.id = $2)sql"};

constexpr statement select_rate_limits{"select_rate_limits", R"sql(
  SELECT platform, scope, tenant_id IS NOT NULL AS is_of_tenant, posts, window_seconds::bigint AS window_seconds, burst
  FROM platform_rate_limits WHERE tenant_id = $1 OR tenant_id IS NULL)sql"};

constexpr statement select_past_starts{"select_past_starts", R"sql(
  SELECT * FROM (
    SELECT c.type AS channel_type, c.account_id AS budget, a.started_at AS at
    FROM delivery_attempts a
    JOIN deliveries d ON d.tenant_id = a.tenant_id AND d.id = a.delivery_id
    JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE a.tenant_id = $1 AND a.started_at > $2 AND c.account_id IS NOT NULL
    ORDER BY a.started_at DESC LIMIT $3) latest
  ORDER BY at)sql"};

// Foreign keys are planned by the first row that they check.
constexpr statement insert_nothing_that_lasts{"insert_nothing_that_lasts", R"sql(
  WITH one AS (SELECT * FROM deliveries LIMIT 1), begun AS (
    INSERT INTO delivery_attempts (tenant_id, delivery_id, number, fence, started_at, deadline_at)
    SELECT tenant_id, id, 1000000, 0, created_at, created_at FROM one
  )
  INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, created_at)
  SELECT tenant_id, project_id, post_id, id, channel_id, 'Nothing', '', created_at FROM one)sql"};

constexpr statement merge_handles{"merge_handles", R"sql(
  UPDATE delivery_attempts a SET handles = a.handles || $6::jsonb
  FROM deliveries d JOIN tenant_owners o ON o.tenant_id = d.tenant_id
  WHERE d.tenant_id = $1 AND d.id = $2 AND d.state = 'sending' AND d.attempt = $3 AND d.fence = $4
    AND o.node_id = $5 AND o.fence = $4 AND a.tenant_id = d.tenant_id AND a.delivery_id = d.id AND a.number = d.attempt)sql"};

constexpr statement insert_channel_event{"insert_channel_event", R"sql(
  INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
  SELECT tenant_id, project_id, $3, $4, id, $5, $6, $7, $8 FROM channels WHERE tenant_id = $1 AND id = $2)sql"};

/// One array a column, from a member (or a function) of every item.
template <class Items, class Pick>
auto column(const Items& items, Pick pick) {
  std::vector<std::remove_cvref_t<std::invoke_result_t<Pick, decltype(items[0])>>> values;
  values.reserve(items.size());
  for (const auto& item : items) values.push_back(std::invoke(pick, item));
  return values;
}

/// An attempt that was permitted at once has nothing to tell.
std::string trace_of(const intent& of) {
  return of.permit.throttled_until ? base::json::to_json(of.permit) : std::string{"{}"};
}

/// The statement, as the bug that is planted makes it (base/planted).
statement as_planted(const statement& of) {
  using base::bug;
  auto sql = base::text_with(bug::no_fence, of.sql, "o.node_id = $7 AND o.fence = i.fence", "$7::uuid IS NOT NULL");
  sql = base::text_with(bug::no_fence, sql, "AND o.node_id = $1 AND o.fence = i.fence", "AND $1::uuid IS NOT NULL");
  sql = base::text_with(bug::pause_ignored, sql, "AND c.is_active AND c.paused_at IS NULL", "");
  sql = base::text_with(bug::pause_ignored, sql, "AND k.is_active AND k.paused_at IS NULL", "");
  return {of.name, sql};
}

}  // namespace

std::vector<claimed_content> claim(transaction& tx, const base::uuid& node_id, std::span<const intent> intents) {
  if (intents.empty()) return {};
  return tx
      .execute(as_planted(claim_intents), column(intents, &intent::tenant_id), column(intents, &intent::delivery_id),
               column(intents, &intent::fence), column(intents, &intent::attempt), column(intents, &intent::started_at),
               column(intents, &intent::deadline_at), node_id, column(intents, trace_of))
      .all<claimed_content>();
}

std::vector<base::uuid> record(transaction& tx, const base::uuid& node_id, std::span<const change> changes) {
  if (changes.empty()) return {};
  const auto changed = tx.execute(
      as_planted(record_changes), node_id, column(changes, &change::tenant_id), column(changes, &change::delivery_id),
      column(changes, &change::fence), column(changes, &change::attempt), column(changes, &change::from),
      column(changes, &change::to), column(changes, &change::not_before), column(changes, &change::failures),
      column(changes, &change::external_id), column(changes, &change::external_url), column(changes, &change::reason),
      column(changes, &change::outcome), column(changes, [](const change& c) { return c.disables_channel ? 1 : 0; }),
      column(changes, &change::event_type), column(changes, &change::event_message),
      column(changes, [](const change& c) { return boost::json::serialize(c.metadata); }), column(changes, &change::at),
      column(changes, [](const change& c) { return c.is_asked ? 1 : 0; }), column(changes, &change::doubt_until));
  std::vector<base::uuid> ids;
  ids.reserve(changed.size());
  for (std::size_t row = 0; row < changed.size(); ++row) ids.push_back(changed.get<base::uuid>(row, 0));
  return ids;
}

std::vector<agenda_entry> select_agenda(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id,
                                        std::int64_t fence, base::timestamp until, int limit) {
  constexpr auto usual = domain::default_retry_policy;
  return tx
      .execute(as_planted(select_tenant_agenda), tenant_id, until, limit, node_id, fence, usual.max_attempts,
               base::to_name(usual.strategy), usual.retry_delay_seconds)
      .all<agenda_entry>();
}

std::optional<claimed_content> find_content(transaction& tx, const base::uuid& tenant_id,
                                            const base::uuid& delivery_id) {
  return tx.execute(select_content, tenant_id, delivery_id).first<claimed_content>();
}

std::vector<domain::limit_row> select_limits(transaction& tx, const base::uuid& tenant_id) {
  return tx.execute(select_rate_limits, tenant_id).all<domain::limit_row>();
}

std::vector<past_start> select_starts(transaction& tx, const base::uuid& tenant_id, base::timestamp since, int limit) {
  return tx.execute(select_past_starts, tenant_id, since, limit).all<past_start>();
}

bool keep_handles(transaction& tx, const base::uuid& node_id, const intent& of, const attempt_handles& handles) {
  return tx.execute(merge_handles, of.tenant_id, of.delivery_id, of.attempt, of.fence, node_id, handles).affected() ==
         1;
}

void warm_up(transaction& tx) {
  const base::uuid nobody{};
  const std::vector<intent> intents(1);
  const std::vector<change> changes(1);
  claim(tx, nobody, intents);
  record(tx, nobody, changes);
  select_agenda(tx, nobody, nobody, 0, base::timestamp{}, 1);
  select_limits(tx, nobody);
  select_starts(tx, nobody, base::timestamp{}, 1);
  tx.execute(insert_nothing_that_lasts);
}

void append_channel_event(transaction& tx, const channel_event& what) {
  tx.execute(insert_channel_event, what.tenant_id, what.channel_id, what.post_id, what.delivery_id, what.type,
             what.message, what.metadata, what.at);
}

}  // namespace pulse::persistence
