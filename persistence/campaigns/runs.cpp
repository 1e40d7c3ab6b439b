#include "persistence/campaigns/runs.hpp"

#include "base/describe.hpp"
#include "base/json.hpp"
#include "persistence/campaigns/rules.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::runs {

namespace {

using domain::campaigns::run_step;
using domain::campaigns::run_step_kind;

// clang-format off
#define PULSE_RUN_COLUMNS                                                                                                       \
  "n.id, n.rule_id, r.name AS rule_name, n.rule_version, n.project_id, n.campaign_id, n.state, n.cause, n.moment, n.event_id, "   \
  "cardinality(n.origin) AS depth, n.template_id, n.template_version, n.content_id, "                                            \
  "coalesce(n.post_id, (SELECT c.post_id FROM content_items c WHERE c.tenant_id = n.tenant_id AND c.id = n.content_id)) AS post_id, " \
  "n.attempts, n.not_before, n.error, n.requested_by, n.created_at, n.started_at, n.finished_at "                                \
  "FROM automation_runs n JOIN automation_rules r ON r.tenant_id = n.tenant_id AND r.id = n.rule_id "
// clang-format on

constexpr statement select_one{"find_run", "SELECT " PULSE_RUN_COLUMNS R"sql(
  WHERE n.tenant_id = pulse_tenant() AND n.id = $1)sql"};

constexpr statement select_page{"list_runs", "SELECT " PULSE_RUN_COLUMNS R"sql(
  WHERE n.tenant_id = pulse_tenant() AND ($1::uuid IS NULL OR n.project_id = $1) AND ($2::uuid IS NULL OR n.rule_id = $2)
    AND ($3::text IS NULL OR n.state = $3)
    AND ($4::uuid IS NULL OR n.post_id = $4 OR n.content_id = (SELECT c.id FROM content_items c WHERE c.tenant_id = n.tenant_id AND c.post_id = $4))
    AND (n.created_at, n.id) < ($5::timestamptz, $6::uuid)
  ORDER BY n.created_at DESC, n.id DESC LIMIT $7)sql"};

constexpr statement select_steps{"list_run_steps", R"sql(
  SELECT id, at, kind, facts FROM automation_run_events
  WHERE tenant_id = pulse_tenant() AND run_id = $1 ORDER BY id LIMIT $2)sql"};

constexpr statement insert_steps{"insert_run_steps", R"sql(
  INSERT INTO automation_run_events (tenant_id, run_id, kind, facts, at)
  SELECT pulse_tenant(), $1, i.kind, i.facts::jsonb, $4
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS i (kind, facts, place) ORDER BY i.place)sql"};

constexpr statement insert_run{"insert_asked_run", R"sql(
  INSERT INTO automation_runs (tenant_id, id, rule_id, rule_version, project_id, campaign_id, cause, requested_by, not_before, created_at)
  SELECT pulse_tenant(), $1::uuid, r.id, r.version, r.project_id, r.campaign_id, 'person', $3::uuid, $4::timestamptz, $4::timestamptz
  FROM automation_rules r WHERE r.tenant_id = pulse_tenant() AND r.id = $2::uuid AND r.deleted_at IS NULL)sql"};

constexpr statement cancel_run{"cancel_run", R"sql(
  UPDATE automation_runs SET state = 'cancelled', finished_at = $2, error = NULL
  WHERE tenant_id = pulse_tenant() AND id = $1 AND state IN ('queued', 'running', 'waiting_approval'))sql"};

constexpr statement retry_run{"retry_run", R"sql(
  UPDATE automation_runs SET state = 'queued', attempts = 0, not_before = $2, finished_at = NULL, error = NULL, requested_by = $3
  WHERE tenant_id = pulse_tenant() AND id = $1 AND state IN ('failed', 'blocked'))sql"};

run_step by_person(run_step_kind kind, const base::uuid& member_id) {
  run_step made{kind, {}};
  made.figures.member_id = member_id;
  return made;
}

constexpr statement forget_old{"forget_automation_runs", R"sql(
  DELETE FROM automation_runs n USING (
    SELECT o.tenant_id, o.id FROM automation_runs o
    WHERE o.finished_at < $1
      AND NOT EXISTS (SELECT FROM content_items c WHERE c.tenant_id = o.tenant_id AND c.run_id = o.id AND c.post_id IS NULL
                      AND c.deleted_at IS NULL AND c.state <> 'rejected')
      AND NOT EXISTS (SELECT FROM content_items c JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.post_id = c.post_id
                      WHERE c.tenant_id = o.tenant_id AND c.run_id = o.id AND (d.finished_at IS NULL OR d.finished_at >= $1))
    ORDER BY o.finished_at LIMIT $2) old
  WHERE n.tenant_id = old.tenant_id AND n.id = old.id)sql"};

}  // namespace

bound_query<run> find(const base::uuid& id) { return {select_one, id}; }

bound_query<run> list(const narrowing& by, const page_bounds& page) {
  return {select_page, by.project_id, by.rule_id, by.state, by.post_id, page.at, page.id, page.rows};
}

bound_query<recorded_step> list_steps(const base::uuid& run_id) { return {select_steps, run_id, most_steps}; }

void append(transaction& tx, const base::uuid& run_id, std::span<const run_step> steps, base::timestamp at) {
  if (steps.empty()) return;
  std::vector<std::string> kinds;
  std::vector<std::string> facts;
  for (const auto& each : steps) {
    kinds.emplace_back(base::to_name(each.kind));
    base::json::write(facts.emplace_back(), each.figures);
  }
  tx.queue(insert_steps, run_id, kinds, facts, at);
}

bool insert_asked(transaction& tx, const base::uuid& id, const base::uuid& rule_id, const base::uuid& member_id,
                  base::timestamp now) {
  lock_tenant(tx);
  if (tx.execute(insert_run, id, rule_id, member_id, now).affected() == 0) return false;
  auto step = by_person(run_step_kind::set_off, member_id);
  step.figures.cause = domain::campaigns::run_cause::person;
  append(tx, id, std::span{&step, 1}, now);
  rules::lower_agenda(tx, now, false);
  return true;
}

bool cancel(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  if (tx.execute(cancel_run, id, now).affected() == 0) return false;
  const auto step = by_person(run_step_kind::withdrawn, member_id);
  append(tx, id, std::span{&step, 1}, now);
  return true;
}

bool retry(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  if (tx.execute(retry_run, id, now, member_id).affected() == 0) return false;
  const auto step = by_person(run_step_kind::requested, member_id);
  append(tx, id, std::span{&step, 1}, now);
  rules::lower_agenda(tx, now, false);
  return true;
}

int forget(transaction& tx, base::timestamp before, int limit) {
  return static_cast<int>(tx.execute(forget_old, before, limit).affected());
}

}  // namespace pulse::persistence::runs
