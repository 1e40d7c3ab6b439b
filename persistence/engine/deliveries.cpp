#include "persistence/engine/deliveries.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

#include "persistence/budgets/rate_limits.hpp"
#include "persistence/events/events.hpp"
#include "persistence/publishing/withdrawal.hpp"

namespace pulse::persistence {

namespace {

// One row lock a tenant orders claims and the commands of people (persistence/publishing/tenant_lock): a pause, a
// cancellation, an edit or a takeover that has committed is seen by the statement that follows this one, and one that
// comes later waits until the claims have committed. A statement of its own, because what follows must look only when
// the locks are there.
constexpr statement lock_tenants{"lock_tenants_of_batch", R"sql(
  SELECT FROM tenants WHERE id = ANY ($1::uuid[]) ORDER BY id FOR SHARE)sql"};

// One statement for all intents of a batch, which touches their rows and no index. An attempt begins with the handles
// that the one before it has kept. The conditions of company and project (a gate) are read once for all their intents:
// the time from which a start is allowed, which is never while something is paused or another node owns the company.
// The conditions of channel and post are read for each row by itself (OFFSET 0), not in a join: a plan that was made
// while its tables were small would otherwise begin with them, and read the batch once for each of their rows. An
// intent names what its delivery belongs to, which saves looking it up; that it is so is compared in a form of which no
// index is chosen.
constexpr statement claim_intents{"claim_intents", R"sql(
  UPDATE deliveries d
  SET state = 'sending', attempt = i.attempt, fence = i.fence, started_at = i.started_at, updated_at = i.started_at,
      deadline_at = CASE d.state WHEN 'sending' THEN greatest(d.deadline_at, i.deadline_at) ELSE i.deadline_at END, trace = i.trace
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::bigint[], $8::integer[], $9::timestamptz[],
      $10::timestamptz[], $11::jsonb[])
    AS i (tenant_id, project_id, post_id, channel_id, delivery_id, gate, fence, attempt, started_at, deadline_at, trace)
  CROSS JOIN LATERAL (
    SELECT p.title, coalesce(p.variants ->> c.type, p.text) AS text, p.image, p.media, c.account_id,
      coalesce(p.options -> c.type, '{}') AS options
    FROM channels c, posts p
    WHERE c.tenant_id = i.tenant_id AND c.id = i.channel_id AND c.deleted_at IS NULL
      AND c.is_active AND c.paused_at IS NULL AND (c.resumed_at IS NULL OR c.resumed_at <= i.started_at)
      AND p.tenant_id = i.tenant_id AND p.id = i.post_id AND p.deleted_at IS NULL
    OFFSET 0) g
  LEFT JOIN accounts a ON a.tenant_id = i.tenant_id AND a.id = g.account_id
  WHERE i.started_at >= (
      SELECT array_agg(coalesce(o.opened_at, 'infinity') ORDER BY k.gate)
      FROM unnest($12::uuid[], $13::uuid[], $14::bigint[]) WITH ORDINALITY AS k (tenant_id, project_id, fence, gate)
      LEFT JOIN LATERAL (
        SELECT greatest(t.resumed_at, j.resumed_at, '-infinity') AS opened_at
        FROM tenant_owners o, tenants t, projects j
        WHERE o.tenant_id = k.tenant_id AND o.node_id = $15 AND o.fence = k.fence
          AND t.id = k.tenant_id AND t.paused_at IS NULL
          AND j.tenant_id = k.tenant_id AND j.id = k.project_id AND j.paused_at IS NULL
        OFFSET 0) o ON true)[i.gate]
    AND d.tenant_id = i.tenant_id AND d.id = i.delivery_id AND d.asked_at IS NULL
    AND (d.project_id, d.post_id, d.channel_id) IS NOT DISTINCT FROM (i.project_id, i.post_id, i.channel_id)
    AND ((d.state = 'waiting' AND d.attempt = i.attempt - 1 AND d.not_before <= i.started_at)
      OR (d.state = 'sending' AND d.attempt = i.attempt AND d.fence = i.fence AND d.started_at = i.started_at))
  RETURNING d.tenant_id, d.id AS delivery_id, g.title, g.text, a.external_user_id, a.handle, a.id AS account_id, a.access_token,
    g.image, g.media, g.options, coalesce(d.handles, '{}') AS handles, d.due_at)sql"};

// An attempt that has ended stays in the event of its outcome.
constexpr statement record_changes{"record_changes", R"sql(
  WITH input AS (
    SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::integer[], $6::text[], $7::text[], $8::timestamptz[],
        $9::integer[], $10::text[], $11::text[], $12::text[], $13::text[], $14::integer[], $15::text[], $16::json[],
        $17::timestamptz[], $18::integer[], $19::timestamptz[], $20::integer[], $22::integer[], $23::timestamptz[],
        $24::timestamptz[])
      AS i (tenant_id, delivery_id, fence, attempt, from_state, to_state, not_before, failures, external_id, external_url,
        reason, outcome, disables_channel, event_type, facts, at, is_asked, doubt_until, owner, interruptions, resend_at, look_at)
  ), changed AS (
    UPDATE deliveries d
    SET state = i.to_state, failures = i.failures,
        external_id = coalesce(i.external_id, d.external_id), external_url = coalesce(i.external_url, d.external_url),
        reason = i.reason, outcome = coalesce(i.outcome, d.outcome), updated_at = i.at, doubt_until = i.doubt_until,
        interruptions = i.interruptions, resend_at = i.resend_at, look_at = i.look_at,
        -- Where the channel's agenda finds it: what is not known yet is looked for long before it may be sent again.
        not_before = CASE WHEN i.to_state = 'unknown' THEN d.not_before ELSE i.not_before END,
        asked_at = CASE WHEN i.is_asked = 1 THEN i.at END,
        finished_at = CASE WHEN i.to_state IN ('published', 'failed', 'missed') THEN i.at END
    FROM input i
    WHERE d.tenant_id = i.tenant_id AND d.id = i.delivery_id AND d.attempt = i.attempt AND d.state = i.from_state
      -- Each by its key (OFFSET 0): a plan made while the node had few companies would read all of them for each.
      AND i.fence = (
        SELECT array_agg(coalesce(o.fence, -1) ORDER BY k.owner)
        FROM unnest($21::uuid[]) WITH ORDINALITY AS k (tenant_id, owner)
        LEFT JOIN LATERAL (
          SELECT CASE WHEN o.node_id = $1 THEN o.fence END AS fence FROM tenant_owners o WHERE o.tenant_id = k.tenant_id
          OFFSET 0) o ON true)[i.owner]
      AND (i.from_state <> 'waiting' OR d.not_before = i.not_before)  -- moved meanwhile: its time has not passed
    RETURNING i.tenant_id, i.delivery_id, i.attempt, i.reason, i.outcome, i.disables_channel, i.event_type, i.facts, i.at,
              d.project_id, d.post_id, d.channel_id, d.fence AS begun_by, d.started_at, d.deadline_at, d.trace,
              i.from_state <> 'waiting' AS is_of_attempt
  ), disabled AS (
    -- Unless the account was given new credentials since the attempt began with the old ones.
    UPDATE channels h SET is_active = false, disabled_reason = c.reason, updated_at = c.at
    FROM changed c WHERE c.disables_channel = 1 AND h.tenant_id = c.tenant_id AND h.id = c.channel_id AND h.is_active
      AND NOT EXISTS (SELECT FROM accounts a WHERE a.tenant_id = h.tenant_id AND a.id = h.account_id AND a.updated_at > c.started_at)
  ), told AS ()sql" PULSE_APPEND_EVENTS R"sql(
    SELECT tenant_id, project_id, post_id, delivery_id, channel_id, NULL, NULL::uuid, NULL::uuid, NULL, event_type, facts, at,
           CASE WHEN is_of_attempt THEN attempt END, CASE WHEN is_of_attempt THEN begun_by END,
           CASE WHEN is_of_attempt THEN started_at END, CASE WHEN is_of_attempt THEN deadline_at END,
           CASE WHEN is_of_attempt THEN outcome END, CASE WHEN is_of_attempt THEN trace END
    FROM changed
  )
  SELECT delivery_id FROM changed)sql"};

// Its channel was removed while it was on its way: nothing will ever start it, so it ends as the others of the channel
// did.
constexpr statement end_orphans{"end_deliveries_of_removed_channels",
                                "WITH changed AS (UPDATE deliveries d SET " PULSE_WITHDRAW(
                                    "i.at", "'the channel was removed before the post went out'") R"sql(
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS i (tenant_id, delivery_id, at), channels c, posts p
    WHERE d.tenant_id = i.tenant_id AND d.id = i.delivery_id AND d.state = 'waiting'
      AND c.tenant_id = d.tenant_id AND c.id = d.channel_id AND c.deleted_at IS NOT NULL
      AND p.tenant_id = d.tenant_id AND p.id = d.post_id
    RETURNING )sql" PULSE_WITHDRAWN("i.at") R"sql()
  SELECT * FROM changed)sql"};

// What the engine holds of a delivery: d, of channel c, post q and project s; y is the retry policy, if the tenant has
// set one.
#define PULSE_AGENDA_COLUMNS                                                                                       \
  "d.id, d.project_id, d.post_id, d.channel_id, c.type AS channel_type, c.account_id, d.state, "                   \
  "coalesce(d.due_at, d.created_at) AS due_at, coalesce(d.resend_at, d.not_before, d.created_at) AS not_before, "  \
  "d.attempt, "                                                                                                    \
  "d.failures, d.interruptions, d.look_at, d.state = 'unknown' AND d.resend_at IS NULL AS is_interrupted, "        \
  "d.started_at, d.deadline_at, d.doubt_until, "                                                                   \
  "CASE WHEN d.attempt > 0 THEN (SELECT min(coalesce(e.started_at, e.created_at)) FROM publish_events e "          \
  "  WHERE e.tenant_id = d.tenant_id AND e.post_id = d.post_id AND e.delivery_id = d.id "                          \
  "    AND e.type = 'PublishOutcomeUnknown' AND e.created_at >= d.due_at) END AS live_since, "                     \
  "d.state = 'unknown' AND coalesce(d.outcome = 'duplicate', false) AS is_duplicate, "                             \
  "d.external_id IS NOT NULL OR coalesce(d.handles ? 'part_1', false) AS is_begun, "                               \
  "CASE WHEN d.external_id IS NOT NULL THEN (SELECT ((e.metadata_json ->> 'lateness_ms')::float8 * 1000)::bigint " \
  "  FROM publish_events e WHERE e.tenant_id = d.tenant_id AND e.post_id = d.post_id AND e.delivery_id = d.id "    \
  "    AND e.outcome = 'published' ORDER BY e.id LIMIT 1) END AS began_late_us, "                                  \
  "coalesce(q.lateness_policy, s.lateness_policy) AS lateness_policy, "                                            \
  "CASE WHEN q.lateness_policy IS NULL THEN s.lateness_after_seconds "                                             \
  "  ELSE coalesce(q.lateness_after_seconds, s.lateness_after_seconds) END::bigint AS lateness_after_seconds, "    \
  "y.max_attempts, y.backoff_strategy, y.retry_delay_seconds"

constexpr statement raise_agendas{"raise_agendas", "SELECT pulse_raise_agendas($1)"};

// Of each open channel the first that are due, so that the backlog of one does not keep the others' from being seen:
// just what a claim would win, by the same conditions, so that a refused claim is never found again. What opens a
// channel that is off or paused tells the supervisor.
constexpr statement select_waiting{"select_waiting", "SELECT " PULSE_AGENDA_COLUMNS R"sql(
  FROM tenant_owners o
  JOIN tenants t ON t.id = o.tenant_id
  JOIN channels c ON c.tenant_id = o.tenant_id
  JOIN projects s ON s.tenant_id = c.tenant_id AND s.id = c.project_id
  JOIN channel_agendas g ON g.tenant_id = c.tenant_id AND g.channel_id = c.id
  LEFT JOIN channel_retry_policies y ON y.tenant_id = c.tenant_id AND y.channel_type = c.type
  CROSS JOIN LATERAL (
    SELECT v.* FROM deliveries v
    WHERE v.tenant_id = g.tenant_id AND v.channel_id = g.channel_id AND v.not_before >= g.open_from AND v.not_before < $4
      AND v.state = 'waiting' AND v.asked_at IS NULL
    ORDER BY v.not_before, v.id LIMIT $5) d
  JOIN posts q ON q.tenant_id = d.tenant_id AND q.id = d.post_id
  WHERE o.tenant_id = $1 AND o.node_id = $2 AND o.fence = $3 AND g.open_from < $4 AND t.paused_at IS NULL AND s.paused_at IS NULL
    AND c.is_active AND c.paused_at IS NULL AND c.deleted_at IS NULL AND q.deleted_at IS NULL)sql"};

// Unfinished attempts, in whatever state their channel is.
constexpr statement select_begun{"select_begun", "SELECT " PULSE_AGENDA_COLUMNS R"sql(
  FROM tenant_owners o
  JOIN channel_agendas g ON g.tenant_id = o.tenant_id AND g.open_from < $4
  JOIN deliveries d ON d.tenant_id = g.tenant_id AND d.channel_id = g.channel_id AND d.not_before >= g.open_from
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN projects s ON s.tenant_id = d.tenant_id AND s.id = d.project_id
  JOIN posts q ON q.tenant_id = d.tenant_id AND q.id = d.post_id
  LEFT JOIN channel_retry_policies y ON y.tenant_id = c.tenant_id AND y.channel_type = c.type
  WHERE o.tenant_id = $1 AND o.node_id = $2 AND o.fence = $3
    AND d.not_before < $4 AND d.state IN ('sending', 'unknown'))sql"};

#undef PULSE_AGENDA_COLUMNS

constexpr statement select_content{"select_content", R"sql(
  SELECT d.tenant_id, d.id AS delivery_id, p.title, coalesce(p.variants ->> c.type, p.text) AS text, a.external_user_id,
         a.handle, a.id AS account_id, a.access_token, p.image, p.media,
         coalesce(p.options -> c.type, '{}') AS options, coalesce(d.handles, '{}') AS handles, d.due_at
  FROM deliveries d
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
  WHERE d.tenant_id = $1 AND d.id = $2)sql"};

constexpr statement select_rate_limits{"select_rate_limits", R"sql(
  SELECT platform, scope, tenant_id IS NOT NULL AS is_of_tenant, posts, window_seconds::bigint AS window_seconds, burst
  FROM platform_rate_limits WHERE tenant_id = $1 OR tenant_id IS NULL)sql"};

constexpr statement select_accounts_of_own_apps{"select_accounts_of_own_apps", R"sql(
  SELECT a.id, s.app_client_id FROM social_accounts s
  JOIN accounts a ON a.tenant_id = s.tenant_id AND a.social_account_id = s.id
  WHERE s.tenant_id = $1 AND s.app_client_id IS NOT NULL
  UNION ALL
  SELECT s.id, s.app_client_id FROM social_accounts s WHERE s.tenant_id = $1 AND s.app_client_id IS NOT NULL)sql"};

// Those that have ended are in their events, by the time of their end; those that have not, in their rows. Of each
// budget so many, so that the platform on which much happens does not make the others' budgets forget.
constexpr statement select_past_starts{"select_past_starts", R"sql(
  SELECT channel_type, budget, at, published_nothing FROM (
    SELECT c.type AS channel_type, coalesce(c.account_id, c.id) AS budget, a.started_at AS at,
           coalesce(a.outcome NOT IN ('published', 'duplicate', 'unknown'), false) AS published_nothing,
           row_number() OVER (PARTITION BY c.type, coalesce(c.account_id, c.id) ORDER BY a.started_at DESC) AS place
    FROM (
      -- The last word on each.
      SELECT tenant_id, channel_id, started_at, (array_agg(outcome ORDER BY id DESC))[1] AS outcome FROM publish_events
      WHERE tenant_id = $1 AND created_at > $2 AND started_at > $2 AND attempt IS NOT NULL
      GROUP BY tenant_id, channel_id, delivery_id, started_at
      -- One that never called the platform counts for nothing.
      HAVING NOT bool_or(CASE WHEN outcome IN ('published', 'duplicate', 'unknown') THEN false
                         ELSE coalesce(metadata_json ->> 'was_called' = 'false', false) END)
      UNION ALL
      SELECT d.tenant_id, d.channel_id, d.started_at, NULL
      FROM channel_agendas g
      JOIN deliveries d ON d.tenant_id = g.tenant_id AND d.channel_id = g.channel_id AND d.not_before >= g.open_from
      WHERE g.tenant_id = $1 AND g.open_from <= $4 AND d.not_before <= $4 AND d.state = 'sending' AND d.started_at > $2
    ) a
    JOIN channels c ON c.tenant_id = a.tenant_id AND c.id = a.channel_id) latest
  WHERE place <= $3
  UNION ALL
  SELECT platform, budget, read_at, true FROM (
    SELECT platform, budget, read_at FROM page_reads WHERE tenant_id = $1 AND read_at > $2 ORDER BY read_at DESC LIMIT $3) reads
  ORDER BY at)sql"};

// Of the attempt that is under way, or that is looked for: by its owner now, who need not be the one that began it.
constexpr statement merge_handles{"merge_handles", R"sql(
  UPDATE deliveries d SET handles = coalesce(d.handles, '{}') || $6::jsonb
  FROM tenant_owners o
  WHERE d.tenant_id = $1 AND d.id = $2 AND d.state IN ('sending', 'unknown') AND d.attempt = $3
    AND o.tenant_id = d.tenant_id AND o.node_id = $5 AND o.fence = $4)sql"};

/// An attempt that was permitted at once has nothing to tell.
std::optional<jsonb_text> trace_of(const intent& of) {
  if (!of.permit.throttled_until) return std::nullopt;
  return jsonb_text{base::json::to_json(of.permit)};
}

/// What many items of a batch have in common, each once and in order, and which of them is whose.
template <class Key>
struct shared_keys {
  std::vector<Key> keys;
  std::vector<int> place_of;  // of each item, from 1 as in an array of PostgreSQL
};

template <class Items, class KeyOf>
auto share_keys(const Items& items, KeyOf key_of) {
  shared_keys<std::decay_t<decltype(key_of(items.front()))>> shared;
  shared.keys.reserve(items.size());
  for (const auto& each : items) shared.keys.push_back(key_of(each));
  std::sort(shared.keys.begin(), shared.keys.end());
  shared.keys.erase(std::unique(shared.keys.begin(), shared.keys.end()), shared.keys.end());
  shared.place_of.reserve(items.size());
  for (const auto& each : items) {
    const auto found = std::lower_bound(shared.keys.begin(), shared.keys.end(), key_of(each));
    shared.place_of.push_back(static_cast<int>(found - shared.keys.begin()) + 1);
  }
  return shared;
}

template <class Items>
shared_keys<base::uuid> tenants_of(const Items& items) {
  using item = std::remove_cvref_t<std::remove_pointer_t<typename Items::value_type>>;
  return share_keys(items, [](const auto& each) { return std::invoke(&item::tenant_id, each); });
}

}  // namespace

std::vector<claimed_content> claim(transaction& tx, const base::uuid& node_id, std::span<const intent> intents) {
  if (intents.empty()) return {};
  const auto gates = share_keys(intents, [](const intent& of) {
    return std::tuple{of.tenant_id, of.project_id, of.fence};
  });
  tx.queue(lock_tenants, binary_column(tenants_of(intents).keys, std::identity{}));
  return tx
      .execute(claim_intents, binary_column(intents, &intent::tenant_id), binary_column(intents, &intent::project_id),
               binary_column(intents, &intent::post_id), binary_column(intents, &intent::channel_id),
               binary_column(intents, &intent::delivery_id), binary_column(gates.place_of, std::identity{}),
               binary_column(intents, &intent::fence), binary_column(intents, &intent::attempt),
               binary_column(intents, &intent::started_at), binary_column(intents, &intent::deadline_at),
               binary_column(intents, trace_of),
               binary_column(gates.keys, [](const auto& gate) { return std::get<0>(gate); }),
               binary_column(gates.keys, [](const auto& gate) { return std::get<1>(gate); }),
               binary_column(gates.keys, [](const auto& gate) { return std::get<2>(gate); }), node_id)
      .all<claimed_content>();
}

std::vector<base::uuid> record(transaction& tx, const base::uuid& node_id, std::span<const delivery_change> changes) {
  std::vector<const delivery_change*> each(changes.size());
  std::transform(changes.begin(), changes.end(), each.begin(), [](const delivery_change& c) { return &c; });
  return record(tx, node_id, each);
}

std::vector<base::uuid> record(transaction& tx, const base::uuid& node_id,
                               const std::vector<const delivery_change*>& changes) {
  if (changes.empty()) return {};
  std::vector<const delivery_change*> put_off;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(put_off),
               [](const delivery_change* each) { return each->to == domain::delivery_state::waiting; });
  if (!put_off.empty()) tx.queue(lock_tenants, binary_column(tenants_of(put_off).keys, std::identity{}));
  const auto owners = tenants_of(changes);
  for (const auto& tenant_id : owners.keys) tx.note_events(tenant_id);
  const auto changed = tx.execute(
      record_changes, node_id, binary_column(changes, &delivery_change::tenant_id),
      binary_column(changes, &delivery_change::delivery_id), binary_column(changes, &delivery_change::fence),
      binary_column(changes, &delivery_change::attempt), binary_column(changes, &delivery_change::from),
      binary_column(changes, &delivery_change::to), binary_column(changes, &delivery_change::not_before),
      binary_column(changes, &delivery_change::failures), binary_column(changes, &delivery_change::external_id),
      binary_column(changes, &delivery_change::external_url), binary_column(changes, &delivery_change::reason),
      binary_column(changes, &delivery_change::outcome),
      binary_column(changes, [](const delivery_change* c) { return c->disables_channel ? 1 : 0; }),
      binary_column(changes, [](const delivery_change* c) { return domain::kind_of(c->event); }),
      binary_column(changes, [](const delivery_change* c) { return json_text{domain::to_json(c->event)}; }),
      binary_column(changes, &delivery_change::at),
      binary_column(changes, [](const delivery_change* c) { return c->is_asked ? 1 : 0; }),
      binary_column(changes, &delivery_change::doubt_until), binary_column(owners.place_of, std::identity{}),
      binary_column(owners.keys, std::identity{}), binary_column(changes, &delivery_change::interruptions),
      binary_column(changes, &delivery_change::resend_at), binary_column(changes, &delivery_change::look_at));
  std::vector<base::uuid> ids;
  ids.reserve(changed.size());
  for (std::size_t row = 0; row < changed.size(); ++row) ids.push_back(changed.get<base::uuid>(row, 0));
  if (!put_off.empty()) {
    const auto orphans =
        tx.execute(end_orphans, binary_column(put_off, &delivery_change::tenant_id),
                   binary_column(put_off, &delivery_change::delivery_id), binary_column(put_off, &delivery_change::at))
            .all<withdrawn_delivery>();
    explain_withdrawal(tx, orphans, domain::withdrawal_cause::channel_removed, std::nullopt);
  }
  return ids;
}

std::vector<agenda_entry> select_agenda(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id,
                                        std::int64_t fence, const agenda_part& part) {
  if (part.has_ended) tx.queue(raise_agendas, tenant_id);
  auto rows =
      tx.execute(select_waiting, tenant_id, node_id, fence, part.until, part.most_of_channel).all<agenda_entry>();
  if (part.with_begun) {
    auto begun = tx.execute(select_begun, tenant_id, node_id, fence, part.until).all<agenda_entry>();
    rows.insert(rows.end(), std::make_move_iterator(begun.begin()), std::make_move_iterator(begun.end()));
  }
  std::sort(rows.begin(), rows.end(), [](const agenda_entry& a, const agenda_entry& b) {
    return std::tie(a.not_before, a.id) < std::tie(b.not_before, b.id);
  });
  return rows;
}

std::optional<claimed_content> find_content(transaction& tx, const base::uuid& tenant_id,
                                            const base::uuid& delivery_id) {
  return tx.execute(select_content, tenant_id, delivery_id).first<claimed_content>();
}

std::vector<domain::limit_row> select_limits(transaction& tx, const base::uuid& tenant_id) {
  return tx.execute(select_rate_limits, tenant_id).all<domain::limit_row>();
}

domain::own_apps select_own_apps(transaction& tx, const base::uuid& tenant_id) {
  domain::own_apps found;
  const auto rows = tx.execute(select_accounts_of_own_apps, tenant_id);
  for (std::size_t row = 0; row < rows.size(); ++row)
    found.by_account.emplace(rows.get<base::uuid>(row, 0), rows.get<std::string>(row, 1));
  return found;
}

std::vector<past_start> select_starts(transaction& tx, const base::uuid& tenant_id, base::timestamp since,
                                      base::timestamp now, int limit) {
  return tx.execute(select_past_starts, tenant_id, since, limit, now).all<past_start>();
}

bool keep_handles(transaction& tx, const base::uuid& node_id, const intent& of, const attempt_handles& handles) {
  return tx.execute(merge_handles, of.tenant_id, of.delivery_id, of.attempt, of.fence, node_id, handles).affected() ==
         1;
}

void warm_up(transaction& tx) {
  const base::uuid nobody{};
  const std::vector<intent> intents(1);
  std::vector<delivery_change> changes(1);
  changes.front().to = domain::delivery_state::waiting;  // the rarer way, with every statement
  claim(tx, nobody, intents);
  record(tx, nobody, changes);
  select_agenda(tx, nobody, nobody, 0, {.until = {}, .most_of_channel = 1, .with_begun = true});
  select_limits(tx, nobody);
  select_own_apps(tx, nobody);
  select_starts(tx, nobody, {}, {}, 1);
  rate_limits::select_blocks(tx, nobody, {});
  events::append(tx, {.tenant_id = nobody, .facts = domain::post_edited{}});
}

}  // namespace pulse::persistence
