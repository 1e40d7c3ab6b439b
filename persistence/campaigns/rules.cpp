#include "persistence/campaigns/rules.hpp"

#include <utility>

#include "persistence/campaigns/named.hpp"
#include "persistence/events/events.hpp"
#include "persistence/events/stream.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::rules {

namespace {

using domain::campaigns::is_by_clock;
using domain::campaigns::trigger_kind;

// clang-format off
#define PULSE_RULE_COLUMNS                                                                                                  \
  "r.id, r.project_id, r.campaign_id, r.name, r.trigger, r.conditions, r.action, r.missed, r.is_enabled, r.version, "        \
  "r.next_run_at, r.failures, r.passed_over, "                                                                               \
  "(SELECT f.problem FROM rule_feeds f WHERE f.tenant_id = r.tenant_id AND f.rule_id = r.id) AS feed_problem, "              \
  "r.created_by, r.created_at, r.updated_at FROM automation_rules r "
// clang-format on

constexpr statement select_one{"find_rule", "SELECT " PULSE_RULE_COLUMNS R"sql(
  WHERE r.tenant_id = pulse_tenant() AND r.id = $1 AND r.deleted_at IS NULL)sql"};

constexpr statement select_page{"list_rules", "SELECT " PULSE_RULE_COLUMNS R"sql(
  WHERE r.tenant_id = pulse_tenant() AND r.deleted_at IS NULL AND ($1::uuid IS NULL OR r.project_id = $1)
    AND ($2::uuid IS NULL OR r.campaign_id = $2) AND (r.created_at, r.id) < ($3::timestamptz, $4::uuid)
  ORDER BY r.created_at DESC, r.id DESC LIMIT $5)sql"};

constexpr statement select_on{"list_rules_on", "SELECT " PULSE_RULE_COLUMNS R"sql(
  WHERE r.tenant_id = pulse_tenant() AND r.deleted_at IS NULL AND r.is_enabled AND r.project_id = $1
  ORDER BY r.created_at DESC, r.id DESC LIMIT 500)sql"};

constexpr statement select_versions{"list_rule_versions", R"sql(
  SELECT version, name, trigger, conditions, action, missed, changed_by, changed_at FROM automation_rule_versions
  WHERE tenant_id = pulse_tenant() AND rule_id = $1 ORDER BY version DESC LIMIT $2)sql"};

constexpr statement select_project{"find_project_of_rules", R"sql(
  SELECT id, name, time_zone FROM projects WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement find_campaign{"find_campaign_of_rule", R"sql(
  SELECT FROM campaigns WHERE tenant_id = pulse_tenant() AND project_id = $1 AND id = $2 AND deleted_at IS NULL)sql"};

constexpr statement find_prompt{"find_template_of_rule", R"sql(
  SELECT v.ai_prompt <> '' FROM content_templates t
  JOIN content_template_versions v ON v.tenant_id = t.tenant_id AND v.template_id = t.id AND v.version = t.version
  WHERE t.tenant_id = pulse_tenant() AND t.project_id = $1 AND t.id = $2 AND t.deleted_at IS NULL)sql"};

constexpr statement missing_channels{"missing_channels_of_rule", R"sql(
  SELECT i.id FROM unnest($2::uuid[]) AS i (id)
  WHERE NOT EXISTS (SELECT FROM channels c
                    WHERE c.tenant_id = pulse_tenant() AND c.project_id = $1 AND c.id = i.id AND c.deleted_at IS NULL))sql"};

constexpr statement missing_members{"missing_members_of_rule", R"sql(
  SELECT i.id FROM unnest($1::uuid[]) AS i (id)
  WHERE NOT EXISTS (SELECT FROM members m WHERE m.tenant_id = pulse_tenant() AND m.id = i.id AND m.is_active))sql"};

constexpr statement channel_types_of{"channel_types_of_rule", R"sql(
  SELECT DISTINCT c.type FROM channels c
  WHERE c.tenant_id = pulse_tenant() AND c.project_id = $1 AND c.deleted_at IS NULL
    AND CASE WHEN cardinality($2::uuid[]) = 0 THEN c.is_active ELSE c.id = ANY ($2::uuid[]) END)sql"};

constexpr statement insert_rule{"insert_rule", R"sql(
  WITH made AS (
    INSERT INTO automation_rules (tenant_id, id, project_id, campaign_id, name, trigger, conditions, action, missed, is_enabled,
      next_run_at, event_transaction, event_id, created_by, created_at, updated_at)
    SELECT pulse_tenant(), $1::uuid, $2::uuid, $3::uuid, $4::text, $5::jsonb, $6::jsonb, $7::jsonb, $8::jsonb, $9::boolean,
      $10::timestamptz, $11::bigint, $12::bigint, $13::uuid, $14::timestamptz, $14::timestamptz
    WHERE (SELECT count(*) FROM automation_rules
           WHERE tenant_id = pulse_tenant() AND project_id = $2::uuid AND deleted_at IS NULL) < $15::integer
    RETURNING id, name, trigger, conditions, action, missed, created_by, created_at
  )
  INSERT INTO automation_rule_versions (tenant_id, rule_id, version, name, trigger, conditions, action, missed, changed_by, changed_at)
  SELECT pulse_tenant(), id, 1, name, trigger, conditions, action, missed, created_by, created_at FROM made)sql"};

// Another trigger begins from now on; another action or another name goes on where the rule is, which the engine may
// have moved on since it was read.
constexpr statement update_rule{"update_rule", R"sql(
  WITH made AS (
    UPDATE automation_rules SET campaign_id = $2, name = $3, trigger = $4, conditions = $5, action = $6, missed = $7,
      next_run_at = CASE WHEN NOT is_enabled THEN NULL WHEN trigger = $4::jsonb THEN next_run_at ELSE $8::timestamptz END, version = $9, updated_at = $10, failures = 0,
      event_transaction = CASE WHEN trigger <> $4::jsonb THEN $11::bigint ELSE event_transaction END,
      event_id = CASE WHEN trigger <> $4::jsonb THEN $12::bigint ELSE event_id END
    WHERE tenant_id = pulse_tenant() AND id = $1 AND version = $9 - 1 AND deleted_at IS NULL
    RETURNING id, version, name, trigger, conditions, action, missed
  )
  INSERT INTO automation_rule_versions (tenant_id, rule_id, version, name, trigger, conditions, action, missed, changed_by, changed_at)
  SELECT pulse_tenant(), id, version, name, trigger, conditions, action, missed, $13, $10 FROM made)sql"};

constexpr statement enable_rule{"enable_rule", R"sql(
  UPDATE automation_rules SET is_enabled = true, failures = 0, left_out = NULL, updated_at = $3,
    next_run_at = CASE WHEN is_enabled THEN next_run_at ELSE $2::timestamptz END,
    event_transaction = CASE WHEN is_enabled THEN event_transaction ELSE $4 END,
    event_id = CASE WHEN is_enabled THEN event_id ELSE $5 END
  WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL)sql"};

constexpr statement disable_rule{"disable_rule", R"sql(
  UPDATE automation_rules SET is_enabled = false, next_run_at = NULL, left_out = NULL, updated_at = $2
  WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL)sql"};

constexpr statement remove_rule{"remove_rule", R"sql(
  UPDATE automation_rules SET is_enabled = false, next_run_at = NULL, deleted_at = $2, updated_at = $2
  WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL
  RETURNING project_id, name)sql"};

constexpr statement forget_feed{"forget_feed_of_rule", R"sql(
  DELETE FROM rule_feeds f WHERE f.tenant_id = pulse_tenant() AND f.rule_id = $1
    AND f.url IS DISTINCT FROM (SELECT r.trigger ->> 'feed_url' FROM automation_rules r WHERE r.tenant_id = f.tenant_id AND r.id = f.rule_id))sql"};

constexpr statement forget_feed_items{"forget_feed_items_of_rule", R"sql(
  DELETE FROM rule_feed_items i WHERE i.tenant_id = pulse_tenant() AND i.rule_id = $1
    AND NOT EXISTS (SELECT FROM rule_feeds f WHERE f.tenant_id = i.tenant_id AND f.rule_id = i.rule_id))sql"};

constexpr statement lower_one_agenda{"lower_rule_agenda", R"sql(
  INSERT INTO automation_agendas AS a (tenant_id, look_at, listens, event_transaction, event_id)
  VALUES (pulse_tenant(), $1, $2, $3, $4)
  ON CONFLICT (tenant_id) DO UPDATE SET look_at = least(a.look_at, excluded.look_at), listens = a.listens OR excluded.listens,
    event_transaction = CASE WHEN excluded.listens AND NOT a.listens THEN excluded.event_transaction ELSE a.event_transaction END,
    event_id = CASE WHEN excluded.listens AND NOT a.listens THEN excluded.event_id ELSE a.event_id END)sql"};

std::vector<base::uuid> ids_of(const rows& found) {
  std::vector<base::uuid> made;
  for (std::size_t row = 0; row < found.size(); ++row) made.push_back(found.get<base::uuid>(row, 0));
  return made;
}

bool listens(const rule& of) { return of.is_enabled && of.trigger.kind == trigger_kind::event; }

/// When somebody must look because of this rule; never: only an event can make something to do.
constexpr base::timestamp never = base::timestamp::max();

void put_on_agenda(transaction& tx, const rule& of) {
  if (of.is_enabled) lower_agenda(tx, of.next_run_at.value_or(never), listens(of));
}

}  // namespace

bound_query<rule> find(const base::uuid& id) { return {select_one, id}; }

bound_query<rule> list(const std::optional<base::uuid>& project_id, const std::optional<base::uuid>& campaign_id,
                       const page_bounds& page) {
  return {select_page, project_id, campaign_id, page.at, page.id, page.rows};
}

bound_query<rule> list_on(const base::uuid& project_id) { return {select_on, project_id}; }

bound_query<version> list_versions(const base::uuid& rule_id) {
  return {select_versions, rule_id, most_versions_listed};
}

std::optional<project_of_rules> find_project(transaction& tx, const base::uuid& id) {
  return tx.execute(select_project, id).first<project_of_rules>();
}

bool has_campaign(transaction& tx, const base::uuid& project_id, const base::uuid& campaign_id) {
  return !tx.execute(find_campaign, project_id, campaign_id).empty();
}

std::optional<bool> find_template_prompt(transaction& tx, const base::uuid& project_id, const base::uuid& template_id) {
  const auto found = tx.execute(find_prompt, project_id, template_id);
  if (found.empty()) return std::nullopt;
  return found.get<bool>(0, 0);
}

std::vector<base::uuid> find_missing_channels(transaction& tx, const base::uuid& project_id,
                                              const std::vector<base::uuid>& channel_ids) {
  return ids_of(tx.execute(missing_channels, project_id, channel_ids));
}

std::vector<base::uuid> find_missing_members(transaction& tx, const std::vector<base::uuid>& member_ids) {
  return ids_of(tx.execute(missing_members, member_ids));
}

std::vector<domain::channel_type> find_channel_types(transaction& tx, const base::uuid& project_id,
                                                     const std::vector<base::uuid>& channel_ids) {
  const auto found = tx.execute(channel_types_of, project_id, channel_ids);
  std::vector<domain::channel_type> made;
  for (std::size_t row = 0; row < found.size(); ++row) made.push_back(found.get<domain::channel_type>(row, 0));
  return made;
}

namespace {

template <class Facts>
void tell(transaction& tx, const base::uuid& id, const named& of, const base::uuid& member_id, base::timestamp at) {
  Facts facts;
  facts.rule_id = id;
  facts.rule_name = of.name;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = of.project_id,
                      .about = events::subject{domain::subject_kind::rule, id},
                      .member_id = member_id,
                      .facts = std::move(facts),
                      .at = at});
}

}  // namespace

bool insert(transaction& tx, const rule& made) {
  lock_tenant(tx);
  const auto from = events::find_end(tx);
  const bool is_stored =
      tx.execute(insert_rule, made.id, made.project_id, made.campaign_id, made.name, made.trigger, made.conditions,
                 made.action, made.missed, made.is_enabled, made.next_run_at, from.transaction, from.id,
                 made.created_by, made.created_at, domain::campaigns::most_rules_of_project)
          .affected() == 1;
  if (!is_stored) return false;
  put_on_agenda(tx, made);
  tell<domain::rule_created>(tx, made.id, {made.project_id, made.name}, made.created_by, made.created_at);
  return true;
}

bool update(transaction& tx, const rule& made, const base::uuid& member_id) {
  lock_tenant(tx);
  const auto from = events::find_end(tx);
  const bool is_stored =
      tx.execute(update_rule, made.id, made.campaign_id, made.name, made.trigger, made.conditions, made.action,
                 made.missed, made.next_run_at, made.version, made.updated_at, from.transaction, from.id, member_id)
          .affected() == 1;
  if (!is_stored) return false;
  tx.queue(forget_feed, made.id);
  tx.queue(forget_feed_items, made.id);
  put_on_agenda(tx, made);
  tell<domain::rule_changed>(tx, made.id, {made.project_id, made.name}, member_id, made.updated_at);
  return true;
}

bool enable(transaction& tx, const base::uuid& id, std::optional<base::timestamp> next_run_at,
            const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  const auto before = find(id).first(tx);
  const auto from = events::find_end(tx);
  if (tx.execute(enable_rule, id, next_run_at, now, from.transaction, from.id).affected() == 0) return false;
  const auto made = find(id).first(tx);
  if (!before || !made) return false;
  put_on_agenda(tx, *made);
  if (!before->is_enabled) tell<domain::rule_switched_on>(tx, id, {made->project_id, made->name}, member_id, now);
  return true;
}

bool disable(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  const auto before = find(id).first(tx);
  if (!before) return false;
  tx.queue(disable_rule, id, now);
  if (before->is_enabled) tell<domain::rule_switched_off>(tx, id, {before->project_id, before->name}, member_id, now);
  return true;
}

bool remove(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  const auto changed = tx.execute(remove_rule, id, now).first<named>();
  if (changed) tell<domain::rule_removed>(tx, id, *changed, member_id, now);
  return changed.has_value();
}

void lower_agenda(transaction& tx, base::timestamp at, bool listens) {
  const auto from = listens ? events::find_end(tx) : events::cursor{};
  std::optional<base::timestamp> when;
  if (at != never) when = at;
  tx.queue(lower_one_agenda, when ? base::to_string(*when) : std::string{"infinity"}, listens, from.transaction,
           from.id);
}

}  // namespace pulse::persistence::rules
