#include "persistence/campaigns/run_work.hpp"

#include "base/json.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::run_work {

namespace {

// What was acknowledged as switched off, cancelled or paused is seen, because whoever says so locks the tenant first
// (tenant_lock), and this looks only when it has the lock itself. Not for share: what follows may schedule, which needs
// it whole.
constexpr statement begin_run{"begin_run", R"sql(
  WITH found AS (
    SELECT n.id, n.state AS was, n.fence AS was_fence, r.name AS rule_name, p.name AS project_name, p.time_zone, coalesce(g.name, '') AS campaign_name, coalesce(g.goal, '') AS campaign_goal,
           coalesce(g.labels, '{}') AS labels, coalesce(g.channel_ids, '{}') AS campaign_channel_ids, v.conditions, v.action, v.missed, r.created_by,
           CASE
             WHEN r.deleted_at IS NOT NULL OR (NOT r.is_enabled AND n.requested_by IS NULL) THEN 'rule_off'
             WHEN g.id IS NOT NULL AND (g.state = 'completed' OR g.deleted_at IS NOT NULL OR g.last_day < d.today) THEN 'campaign_ended'
             WHEN g.id IS NOT NULL AND (g.state <> 'active' OR g.first_day > d.today) THEN 'campaign_rests'
             WHEN p.paused_at IS NOT NULL THEN 'project_paused'
             WHEN t.paused_at IS NOT NULL THEN 'company_paused'
           END AS refusal
    FROM automation_runs n
    JOIN automation_rules r ON r.tenant_id = n.tenant_id AND r.id = n.rule_id
    JOIN automation_rule_versions v ON v.tenant_id = n.tenant_id AND v.rule_id = n.rule_id AND v.version = n.rule_version
    JOIN projects p ON p.tenant_id = n.tenant_id AND p.id = n.project_id
    JOIN tenants t ON t.id = n.tenant_id
    CROSS JOIN LATERAL (SELECT ($4::timestamptz AT TIME ZONE p.time_zone)::date AS today) d
    LEFT JOIN campaigns g ON g.tenant_id = n.tenant_id AND g.id = n.campaign_id
    LEFT JOIN content_items c ON c.tenant_id = n.tenant_id AND c.id = n.content_id
    WHERE n.tenant_id = pulse_tenant() AND n.id = $3
      AND (n.state IN ('queued', 'running') AND n.not_before <= $4
        OR n.state = 'waiting_approval' AND (c.state NOT IN ('pending_approval', 'draft') OR c.deleted_at IS NOT NULL))
      AND EXISTS (SELECT FROM tenant_owners o WHERE o.tenant_id = n.tenant_id AND o.node_id = $1 AND o.fence = $2)
  )
  UPDATE automation_runs n
  SET state = CASE WHEN f.refusal IS NULL THEN 'running' WHEN f.refusal = 'rule_off' THEN 'cancelled' ELSE 'blocked' END,
      fence = $2, attempts = n.attempts + CASE f.was WHEN 'queued' THEN 1 ELSE 0 END, started_at = coalesce(n.started_at, $4),
      finished_at = CASE WHEN f.refusal IS NOT NULL THEN $4::timestamptz END
  FROM found f
  WHERE n.tenant_id = pulse_tenant() AND n.id = f.id AND n.state = f.was
  RETURNING n.id, n.rule_id, f.rule_name, n.rule_version, n.project_id, f.project_name, f.time_zone, n.campaign_id, f.campaign_name, f.campaign_goal, f.labels,
    f.campaign_channel_ids, f.was, f.was_fence, n.state, f.refusal, n.cause, n.moment, n.about, cardinality(n.origin) AS depth, n.attempts, n.ai_answer,
    n.content_id, n.template_version, f.conditions, f.action, f.missed, f.created_by)sql"};

constexpr statement end_run{"end_run", R"sql(
  UPDATE automation_runs n
  SET state = $4, error = $5, not_before = coalesce($6, n.not_before), content_id = coalesce($7, n.content_id), post_id = coalesce($8, n.post_id),
      template_id = coalesce($9, n.template_id), template_version = coalesce($10, n.template_version),
      finished_at = CASE WHEN $4 IN ('succeeded', 'failed', 'blocked', 'cancelled') THEN $11::timestamptz END
  WHERE n.tenant_id = pulse_tenant() AND n.id = $3 AND n.state = 'running' AND n.fence = $2
    AND EXISTS (SELECT FROM tenant_owners o WHERE o.tenant_id = n.tenant_id AND o.node_id = $1 AND o.fence = $2))sql"};

constexpr statement keep_ai_answer{"keep_ai_answer", R"sql(
  UPDATE automation_runs n SET ai_answer = $4
  WHERE n.tenant_id = pulse_tenant() AND n.id = $3 AND n.state = 'running' AND n.fence = $2
    AND EXISTS (SELECT FROM tenant_owners o WHERE o.tenant_id = n.tenant_id AND o.node_id = $1 AND o.fence = $2))sql"};

constexpr statement count_failed_run{"count_failed_run", R"sql(
  UPDATE automation_rules SET failures = failures + 1,
    is_enabled = is_enabled AND failures + 1 < $2, next_run_at = CASE WHEN failures + 1 < $2 THEN next_run_at END, updated_at = $3
  WHERE tenant_id = pulse_tenant() AND id = $1 AND is_enabled RETURNING NOT is_enabled)sql"};

constexpr statement forget_failed_runs{"forget_failed_runs", R"sql(
  UPDATE automation_rules SET failures = 0 WHERE tenant_id = pulse_tenant() AND id = $1 AND failures > 0)sql"};

constexpr statement take_left_out_moments{"take_left_out", R"sql(
  WITH held AS (
    SELECT id, left_out FROM automation_rules WHERE tenant_id = pulse_tenant() AND id = $1 AND left_out IS NOT NULL FOR NO KEY UPDATE)
  UPDATE automation_rules r SET left_out = NULL FROM held h WHERE r.tenant_id = pulse_tenant() AND r.id = h.id
  RETURNING (h.left_out ->> 'count')::integer AS count, (h.left_out ->> 'first')::timestamptz AS first,
    (h.left_out ->> 'last')::timestamptz AS last, (h.left_out ->> 'is_more')::boolean AS is_more)sql"};

constexpr statement select_recipients{"select_recipients_of_rule", R"sql(
  SELECT id, email, display_name FROM members
  WHERE tenant_id = pulse_tenant() AND id = ANY ($1::uuid[]) AND is_active ORDER BY id)sql"};

constexpr statement select_planned{"select_planned_posts", R"sql(
  SELECT DISTINCT d.due_at FROM deliveries d
  WHERE d.tenant_id = pulse_tenant() AND d.project_id = $1 AND d.channel_id = ANY ($2::uuid[]) AND d.due_at >= $3 AND d.due_at < $4
    AND d.state <> 'cancelled' LIMIT 5000)sql"};

constexpr statement select_rejection{"find_rejection", R"sql(
  SELECT reason FROM content_decisions WHERE tenant_id = pulse_tenant() AND content_id = $1 AND decision = 'reject'
  ORDER BY created_at DESC, id DESC LIMIT 1)sql"};

constexpr statement set_about{"set_run_about", R"sql(
  UPDATE automation_runs SET about = $2 WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement make_owner{"pretend_owner", R"sql(
  INSERT INTO tenant_owners AS o (tenant_id, node_id, fence, taken_at) VALUES (pulse_tenant(), $1, 1, $2)
  ON CONFLICT (tenant_id) DO UPDATE SET taken_at = o.taken_at RETURNING node_id, fence)sql"};

}  // namespace

rule_agenda::owner pretend(transaction& tx, const base::uuid& node_id, const base::uuid& run_id,
                           const std::map<std::string, std::string>& values, base::timestamp now) {
  tx.queue(set_about, run_id, values);
  const auto owner = tx.execute(make_owner, node_id, now);
  return {owner.get<base::uuid>(0, 0), owner.get<std::int64_t>(0, 1)};
}

std::optional<begun> begin(transaction& tx, const rule_agenda::owner& by, const base::uuid& run_id,
                           base::timestamp now) {
  lock_tenant(tx);
  return tx.execute(begin_run, by.node_id, by.fence, run_id, now).first<begun>();
}

bool end(transaction& tx, const rule_agenda::owner& by, const ending& with, base::timestamp now) {
  return tx.execute(end_run, by.node_id, by.fence, with.run_id, with.state, with.error, with.not_before,
                    with.content_id, with.post_id, with.template_id, with.template_version, now)
             .affected() == 1;
}

bool keep_answer(transaction& tx, const rule_agenda::owner& by, const base::uuid& run_id,
                 const boost::json::object& answer, base::timestamp) {
  return tx.execute(keep_ai_answer, by.node_id, by.fence, run_id, answer).affected() == 1;
}

bool count_failure(transaction& tx, const base::uuid& rule_id, int most, base::timestamp now) {
  const auto counted = tx.execute(count_failed_run, rule_id, most, now);
  return !counted.empty() && counted.get<bool>(0, 0);
}

void forget_failures(transaction& tx, const base::uuid& rule_id) { tx.queue(forget_failed_runs, rule_id); }

std::optional<domain::campaigns::left_out> take_left_out(transaction& tx, const base::uuid& rule_id) {
  return tx.execute(take_left_out_moments, rule_id).first<domain::campaigns::left_out>();
}

std::string find_rejection(transaction& tx, const base::uuid& content_id) {
  const auto found = tx.execute(select_rejection, content_id);
  return found.empty() ? std::string{} : found.get<std::string>(0, 0);
}

std::vector<recipient> find_recipients(transaction& tx, const std::vector<base::uuid>& member_ids) {
  return tx.execute(select_recipients, member_ids).all<recipient>();
}

std::vector<base::timestamp> find_planned(transaction& tx, const base::uuid& project_id,
                                          const std::vector<base::uuid>& channel_ids, base::timestamp from,
                                          base::timestamp until) {
  const auto found = tx.execute(select_planned, project_id, channel_ids, from, until);
  std::vector<base::timestamp> made;
  made.reserve(found.size());
  for (std::size_t row = 0; row < found.size(); ++row) made.push_back(found.get<base::timestamp>(row, 0));
  return made;
}

}  // namespace pulse::persistence::run_work
