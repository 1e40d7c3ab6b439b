#include "persistence/campaigns/rule_agenda.hpp"

#include <spdlog/spdlog.h>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::rule_agenda {

namespace {

// Commands of people lock the same row before they change a rule or a run (tenant_lock), so they meet here and nowhere
// later.
constexpr statement lock_tenant_of_rules{"lock_tenant_of_rules", R"sql(
  SELECT FROM tenants WHERE id = pulse_tenant() FOR SHARE)sql"};

constexpr statement lock_agenda{"lock_rule_agenda", R"sql(
  SELECT a.listens, a.event_transaction, a.event_id FROM automation_agendas a
  WHERE a.tenant_id = pulse_tenant()
    AND EXISTS (SELECT FROM tenant_owners o WHERE o.tenant_id = a.tenant_id AND o.node_id = $1 AND o.fence = $2)
  FOR UPDATE)sql"};

// clang-format off
#define PULSE_DUE_RULE                                                                                                    \
  "SELECT r.id, r.version, r.project_id, r.campaign_id, r.trigger, r.conditions, r.missed, "                               \
  "coalesce(r.next_run_at, r.updated_at) AS next_run_at, r.left_out, p.time_zone "                                         \
  "FROM automation_rules r JOIN projects p ON p.tenant_id = r.tenant_id AND p.id = r.project_id "
// clang-format on

constexpr statement select_due_rules{"select_due_rules", PULSE_DUE_RULE R"sql(
  WHERE r.tenant_id = pulse_tenant() AND r.next_run_at <= $1 AND r.is_enabled
  ORDER BY r.next_run_at, r.id LIMIT $2 FOR NO KEY UPDATE OF r)sql"};

constexpr statement lock_one_rule{"lock_rule", PULSE_DUE_RULE R"sql(
  WHERE r.tenant_id = pulse_tenant() AND r.id = $1 AND r.is_enabled FOR NO KEY UPDATE OF r)sql"};

#undef PULSE_DUE_RULE

constexpr statement advance_rules{"advance_rules", R"sql(
  UPDATE automation_rules r SET next_run_at = i.next_run_at, left_out = i.left_out::jsonb,
    passed_over = coalesce(i.passed_over::jsonb, r.passed_over)
  FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) AS i (id, next_run_at, left_out, passed_over)
  WHERE r.tenant_id = pulse_tenant() AND r.id = i.id AND r.is_enabled)sql"};

constexpr statement select_listening_rules{"select_listening_rules", R"sql(
  SELECT r.id, r.version, r.project_id, r.campaign_id, r.trigger, r.conditions, r.event_transaction, r.event_id, p.time_zone
  FROM automation_rules r JOIN projects p ON p.tenant_id = r.tenant_id AND p.id = r.project_id
  WHERE r.tenant_id = pulse_tenant() AND r.is_enabled AND r.next_run_at IS NULL AND r.trigger ->> 'kind' = 'event'
  ORDER BY r.id LIMIT 5000)sql"};

constexpr statement stop_one_rule{"stop_rule", R"sql(
  UPDATE automation_rules SET is_enabled = false, next_run_at = NULL, updated_at = $2
  WHERE tenant_id = pulse_tenant() AND id = $1 AND is_enabled RETURNING name, project_id, campaign_id)sql"};

struct stopped_rule {
  std::string name;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
};
BOOST_DESCRIBE_STRUCT(stopped_rule, (), (name, project_id, campaign_id))

constexpr statement select_contexts{"select_event_contexts", R"sql(
  SELECT i.event_id, i.project_id, g.id AS campaign_id, coalesce(g.name, '') AS campaign_name, coalesce(g.labels, '{}') || coalesce(c.labels, '{}') AS labels,
         coalesce(nullif(p.title, ''), c.title, '') AS title, coalesce(p.text, c.text, '') AS text,
         CASE WHEN p.id IS NOT NULL THEN s.status END AS post_status, coalesce(s.is_last, true) AS is_last,
         coalesce(CASE WHEN i.post_id IS NOT NULL THEN s.types WHEN h.id IS NOT NULL THEN ARRAY[h.type] END, '{}') AS channel_types,
         coalesce(h.name, '') AS channel_name, coalesce(s.url, '') AS url,
         CASE WHEN n.id IS NULL THEN '{}' ELSE n.origin || n.rule_id END AS origin
  FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])
    AS i (event_id, transaction, project_id, post_id, channel_id, content_id, campaign_id)
  LEFT JOIN posts p ON p.tenant_id = pulse_tenant() AND p.id = i.post_id
  LEFT JOIN channels h ON h.tenant_id = pulse_tenant() AND h.id = i.channel_id
  LEFT JOIN LATERAL (
    SELECT pulse_post_state(true, coalesce(array_agg(CASE WHEN d.asked_at IS NOT NULL AND d.state = 'waiting' THEN 'asking' ELSE d.state END), '{}')) AS status,
           coalesce(array_agg(DISTINCT k.type), '{}') AS types, min(d.external_url) AS url,
           NOT EXISTS (SELECT FROM publish_events e WHERE e.tenant_id = pulse_tenant() AND e.post_id = i.post_id
                       AND e.type IN ('PublishSucceeded', 'PublishFailed', 'PublishMissed')
                       AND (e.transaction, e.id) > (i.transaction::text::xid8, i.event_id)) AS is_last
    FROM deliveries d JOIN channels k ON k.tenant_id = d.tenant_id AND k.id = d.channel_id
    WHERE d.tenant_id = pulse_tenant() AND d.post_id = i.post_id) s ON i.post_id IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT t.* FROM content_items t
    WHERE t.tenant_id = pulse_tenant() AND (t.id = i.content_id OR t.post_id = i.post_id) LIMIT 1) c ON true
  LEFT JOIN automation_runs n ON n.tenant_id = pulse_tenant() AND n.id = c.run_id
  LEFT JOIN campaigns g ON g.tenant_id = pulse_tenant() AND g.id = coalesce(i.campaign_id, c.campaign_id))sql"};

constexpr statement insert_all_runs{"insert_runs", R"sql(
  INSERT INTO automation_runs (tenant_id, id, rule_id, rule_version, project_id, campaign_id, state, cause, moment, event_id, item_id,
    about, origin, error, not_before, created_at, finished_at)
  SELECT pulse_tenant(), i.id, i.rule_id, i.rule_version, i.project_id, i.campaign_id, i.state, i.cause, i.moment, i.event_id, i.item_id,
    i.about::jsonb, i.origin::uuid[], i.error, $14, $14, CASE WHEN i.state = 'blocked' THEN $14::timestamptz END
  FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[], $9::bigint[],
      $10::uuid[], $11::text[], $12::text[], $13::text[])
    AS i (id, rule_id, rule_version, project_id, campaign_id, state, cause, moment, event_id, item_id, about, origin, error)
  ON CONFLICT DO NOTHING RETURNING id)sql"};

constexpr statement select_open_runs{"select_open_runs", R"sql(
  SELECT id FROM automation_runs WHERE tenant_id = pulse_tenant() AND state IN ('queued', 'running') AND not_before <= $1
  ORDER BY not_before, id LIMIT $2)sql"};

constexpr statement select_decided_runs{"select_decided_runs", R"sql(
  SELECT n.id FROM automation_runs n JOIN content_items c ON c.tenant_id = n.tenant_id AND c.id = n.content_id
  WHERE n.tenant_id = pulse_tenant() AND n.state = 'waiting_approval'
    AND (c.state NOT IN ('pending_approval', 'draft') OR c.deleted_at IS NOT NULL)
  ORDER BY n.id LIMIT $1)sql"};

constexpr statement settle_agenda{"settle_rule_agenda", R"sql(
  UPDATE automation_agendas a SET
    look_at = least(coalesce((SELECT min(r.next_run_at) FROM automation_rules r WHERE r.tenant_id = a.tenant_id AND r.next_run_at IS NOT NULL), 'infinity'),
                    coalesce((SELECT min(n.not_before) FROM automation_runs n WHERE n.tenant_id = a.tenant_id AND n.state IN ('queued', 'running')), 'infinity')),
    listens = EXISTS (SELECT FROM automation_rules r WHERE r.tenant_id = a.tenant_id AND r.is_enabled AND r.next_run_at IS NULL
                        AND r.trigger ->> 'kind' = 'event')
           OR EXISTS (SELECT FROM automation_runs n WHERE n.tenant_id = a.tenant_id AND n.state = 'waiting_approval'),
    event_transaction = $1, event_id = $2
  WHERE a.tenant_id = pulse_tenant() RETURNING a.listens)sql"};

constexpr statement select_next{"select_next_rule_look", R"sql(
  SELECT least((SELECT min(r.next_run_at) FROM automation_rules r WHERE r.tenant_id = pulse_tenant() AND r.next_run_at IS NOT NULL),
               (SELECT min(n.not_before) FROM automation_runs n
                WHERE n.tenant_id = pulse_tenant() AND n.state IN ('queued', 'running') AND n.not_before > $1)))sql"};

constexpr statement select_feed{"select_rule_feed", R"sql(
  SELECT url, etag, modified, is_known, failures FROM rule_feeds WHERE tenant_id = pulse_tenant() AND rule_id = $1)sql"};

constexpr statement upsert_feed{"upsert_rule_feed", R"sql(
  INSERT INTO rule_feeds (tenant_id, rule_id, url, etag, modified, is_known, failures, problem, looked_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (tenant_id, rule_id) DO UPDATE SET url = excluded.url, etag = excluded.etag, modified = excluded.modified,
    is_known = excluded.is_known, failures = excluded.failures, problem = excluded.problem, looked_at = excluded.looked_at)sql"};

constexpr statement insert_items{"insert_feed_items", R"sql(
  INSERT INTO rule_feed_items (tenant_id, rule_id, id, seen_at)
  SELECT pulse_tenant(), $1, i.id, $3 FROM unnest($2::uuid[]) AS i (id)
  ON CONFLICT DO NOTHING RETURNING id)sql"};

// What a feed still shows is seen anew, once a day: the row is taken out and put in again.
constexpr statement forget_seen_items{"forget_seen_feed_items", R"sql(
  DELETE FROM rule_feed_items WHERE tenant_id = pulse_tenant() AND rule_id = $1 AND id = ANY ($2::uuid[])
    AND seen_at < $3::timestamptz - interval '1 day')sql"};

constexpr statement forget_items{"forget_feed_items", R"sql(
  DELETE FROM rule_feed_items f USING (
    SELECT id FROM rule_feed_items WHERE tenant_id = pulse_tenant() AND rule_id = $1 ORDER BY seen_at DESC, id OFFSET $2) old
  WHERE f.tenant_id = pulse_tenant() AND f.rule_id = $1 AND f.id = old.id)sql"};

constexpr statement select_tenants{"select_tenants_with_rules", R"sql(
  SELECT w.tenant_id FROM automation_agendas w
  WHERE (w.look_at < $2
      OR w.listens AND EXISTS (SELECT FROM publish_events e WHERE e.tenant_id = w.tenant_id
                               AND (e.transaction, e.id) > (w.event_transaction::text::xid8, w.event_id)))
    AND coalesce((SELECT o.node_id = $1 OR n.lease_until <= $3 FROM tenant_owners o JOIN nodes n ON n.id = o.node_id
                  WHERE o.tenant_id = w.tenant_id), true)
  ORDER BY w.look_at LIMIT $4)sql"};

constexpr statement select_need{"select_need_of_rules", R"sql(
  SELECT CASE WHEN look_at = 'infinity' THEN NULL ELSE look_at END AS look_at, listens FROM automation_agendas WHERE tenant_id = $1)sql"};

std::vector<base::uuid> ids_of(const rows& found) {
  std::vector<base::uuid> made;
  made.reserve(found.size());
  for (std::size_t row = 0; row < found.size(); ++row) made.push_back(found.get<base::uuid>(row, 0));
  return made;
}

/// Row by row: what one row holds may be of no version that this one knows.
template <class Rule>
read_rules<Rule> read_each(const rows& found) {
  read_rules<Rule> made;
  made.rules.reserve(found.size());
  for (std::size_t row = 0; row < found.size(); ++row) {
    try {
      made.rules.push_back(found.as<Rule>(row));
    } catch (const database_error& why) {
      made.unreadable.push_back(found.get<base::uuid>(row, 0));
      spdlog::error("The rule {} cannot be read: {}", base::to_string(made.unreadable.back()), why.what());
    }
  }
  return made;
}

template <class T>
std::string json_of(const T& value) {
  std::string made;
  base::json::write(made, value);
  return made;
}

std::string array_of(const std::vector<base::uuid>& ids) {
  std::string made = "{";
  for (const auto& each : ids) made += (made.size() > 1 ? "," : "") + base::to_string(each);
  return made + "}";
}

}  // namespace

std::optional<agenda> lock(transaction& tx, const owner& by) {
  tx.queue(lock_tenant_of_rules);
  return tx.execute(lock_agenda, by.node_id, by.fence).first<agenda>();
}

read_rules<due_rule> select_due(transaction& tx, base::timestamp now, int limit) {
  return read_each<due_rule>(tx.execute(select_due_rules, now, limit));
}

std::optional<due_rule> lock_rule(transaction& tx, const base::uuid& rule_id) {
  return tx.execute(lock_one_rule, rule_id).first<due_rule>();
}

void store(transaction& tx, std::span<const advance> advances) {
  if (advances.empty()) return;
  std::vector<base::uuid> ids;
  std::vector<std::optional<base::timestamp>> next;
  std::vector<std::optional<std::string>> left_out;
  std::vector<std::optional<std::string>> passed_over;
  for (const auto& each : advances) {
    ids.push_back(each.rule_id);
    next.push_back(each.next_run_at);
    left_out.push_back(each.left_out ? std::optional{json_of(*each.left_out)} : std::nullopt);
    passed_over.push_back(each.passed_over ? std::optional{json_of(*each.passed_over)} : std::nullopt);
  }
  tx.queue(advance_rules, ids, next, left_out, passed_over);
}

read_rules<listening_rule> select_listening(transaction& tx) {
  return read_each<listening_rule>(tx.execute(select_listening_rules));
}

bool stop_rule(transaction& tx, const base::uuid& rule_id, const std::string& why, base::timestamp now) {
  const auto stopped = tx.execute(stop_one_rule, rule_id, now).first<stopped_rule>();
  if (!stopped) return false;
  domain::rule_stopped facts;
  facts.rule_id = rule_id;
  facts.rule_name = stopped->name;
  if (stopped->campaign_id) facts.campaign_id = *stopped->campaign_id;
  facts.reason = why;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = stopped->project_id,
                      .about = events::subject{domain::subject_kind::rule, rule_id},
                      .facts = std::move(facts),
                      .at = now});
  return true;
}

std::vector<event_context> find_contexts(transaction& tx, std::span<const events::placed_event> of) {
  if (of.empty()) return {};
  std::vector<std::int64_t> ids;
  std::vector<std::int64_t> transactions;
  std::vector<std::optional<base::uuid>> projects;
  std::vector<std::optional<base::uuid>> posts;
  std::vector<std::optional<base::uuid>> channels;
  std::vector<std::optional<base::uuid>> contents;
  std::vector<std::optional<base::uuid>> campaigns;
  const auto about = [](const events::activity_event& event, std::string_view kind) {
    return event.subject.kind == kind ? std::optional{event.subject.id} : std::nullopt;
  };
  for (const auto& each : of) {
    ids.push_back(each.event.id);
    transactions.push_back(each.at.transaction);
    projects.push_back(each.event.project_id);
    posts.push_back(each.event.post_id);
    channels.push_back(each.event.channel_id);
    contents.push_back(about(each.event, "content"));
    campaigns.push_back(about(each.event, "campaign"));
  }
  return tx.execute(select_contexts, ids, transactions, projects, posts, channels, contents, campaigns)
      .all<event_context>();
}

std::vector<base::uuid> insert_runs(transaction& tx, std::span<const new_run> runs, base::timestamp now) {
  if (runs.empty()) return {};
  std::vector<base::uuid> ids;
  std::vector<base::uuid> rule_ids;
  std::vector<int> versions;
  std::vector<base::uuid> projects;
  std::vector<std::optional<base::uuid>> campaigns;
  std::vector<std::string> states;
  std::vector<std::string> causes;
  std::vector<std::optional<base::timestamp>> moments;
  std::vector<std::optional<std::int64_t>> event_ids;
  std::vector<std::optional<base::uuid>> items;
  std::vector<std::string> about;
  std::vector<std::string> origins;
  std::vector<std::optional<std::string>> errors;
  for (const auto& each : runs) {
    ids.push_back(each.id);
    rule_ids.push_back(each.rule_id);
    versions.push_back(each.rule_version);
    projects.push_back(each.project_id);
    campaigns.push_back(each.campaign_id);
    states.emplace_back(base::to_name(each.state));
    causes.emplace_back(base::to_name(each.cause));
    moments.push_back(each.moment);
    event_ids.push_back(each.event_id);
    items.push_back(each.item_id);
    about.push_back(json_of(each.about));
    origins.push_back(array_of(each.origin));
    errors.push_back(each.error);
  }
  return ids_of(tx.execute(insert_all_runs, ids, rule_ids, versions, projects, campaigns, states, causes, moments,
                           event_ids, items, about, origins, errors, now));
}

std::vector<base::uuid> select_open(transaction& tx, base::timestamp now, int limit) {
  return ids_of(tx.execute(select_open_runs, now, limit));
}

std::vector<base::uuid> select_decided(transaction& tx, int limit) {
  return ids_of(tx.execute(select_decided_runs, limit));
}

next_look settle(transaction& tx, const events::cursor& read_to, base::timestamp now) {
  next_look made;
  const auto settled = tx.execute(settle_agenda, read_to.transaction, read_to.id);
  made.listens = !settled.empty() && settled.get<bool>(0, 0);
  made.at = tx.execute(select_next, now).get<std::optional<base::timestamp>>(0, 0);
  return made;
}

std::optional<feed> find_feed(transaction& tx, const base::uuid& rule_id) {
  return tx.execute(select_feed, rule_id).first<feed>();
}

void store(transaction& tx, const feed_look& look) {
  tx.queue(upsert_feed, look.rule_id, look.now.url, look.now.etag, look.now.modified, look.now.is_known,
           look.now.failures, look.problem, look.at);
}

std::vector<base::uuid> remember_items(transaction& tx, const base::uuid& rule_id, const std::vector<base::uuid>& ids,
                                       base::timestamp now) {
  const auto fresh = ids_of(tx.execute(insert_items, rule_id, ids, now));
  tx.queue(forget_seen_items, rule_id, ids, now);
  tx.queue(insert_items, rule_id, ids, now);
  tx.queue(forget_items, rule_id, most_items_remembered);
  return fresh;
}

std::vector<base::uuid> tenants_with_rules(transaction& tx, const base::uuid& node_id, base::timestamp until,
                                           base::timestamp now, int limit) {
  return ids_of(tx.execute(select_tenants, node_id, until, now, limit));
}

std::optional<need> find_need(transaction& tx, const base::uuid& tenant_id) {
  return tx.execute(select_need, tenant_id).first<need>();
}

}  // namespace pulse::persistence::rule_agenda
