#include "persistence/campaigns/rule_world.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/describe.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/templates.hpp"

namespace pulse::persistence::rule_world {

namespace {

namespace rules = domain::campaigns;

constexpr statement select_project{"simulation_rule_project", R"sql(
  SELECT p.name, p.time_zone, p.paused_at IS NOT NULL AS is_project_paused, t.paused_at IS NOT NULL AS is_company_paused
  FROM projects p JOIN tenants t ON t.id = p.tenant_id WHERE p.tenant_id = pulse_tenant() AND p.id = $1)sql"};

struct project_row {
  std::string name;
  std::string time_zone;
  bool is_project_paused = false;
  bool is_company_paused = false;
};
BOOST_DESCRIBE_STRUCT(project_row, (), (name, time_zone, is_project_paused, is_company_paused))

constexpr statement select_rules{"simulation_rules", R"sql(
  SELECT r.id, r.name, r.version, r.campaign_id, r.trigger, r.conditions, r.action, r.missed, r.next_run_at, r.left_out,
         (SELECT count(*)::integer FROM members m WHERE m.tenant_id = r.tenant_id AND m.is_active
            AND coalesce(r.action -> 'member_ids', '[]') ? m.id::text) AS recipients
  FROM automation_rules r
  WHERE r.tenant_id = pulse_tenant() AND r.project_id = $1 AND r.is_enabled AND r.deleted_at IS NULL
  ORDER BY r.id LIMIT $2)sql"};

struct rule_row {
  base::uuid id;
  std::string name;
  int version = 1;
  std::optional<base::uuid> campaign_id;
  rules::rule_trigger trigger;
  rules::rule_conditions conditions;
  rules::rule_action action;
  rules::missed_policy missed;
  std::optional<base::timestamp> next_run_at;
  std::optional<rules::left_out> left_out;
  int recipients = 0;
};
BOOST_DESCRIBE_STRUCT(rule_row, (),
                      (id, name, version, campaign_id, trigger, conditions, action, missed, next_run_at, left_out,
                       recipients))

constexpr statement select_channels{"simulation_rule_channels", R"sql(
  SELECT id, type, is_active, name FROM channels
  WHERE tenant_id = pulse_tenant() AND project_id = $1 AND deleted_at IS NULL ORDER BY created_at, id)sql"};

struct channel_row {
  base::uuid id;
  domain::channel_type type = domain::channel_type::website;
  bool is_active = true;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(channel_row, (), (id, type, is_active, name))

// As guardrails count them (persistence/campaigns/judging), with what rules hear of them.
constexpr statement select_posts{"simulation_rule_posts", R"sql(
  SELECT p.id, p.scheduled_at AS at, d.channel_ids, i.campaign_id, p.title, p.text,
         coalesce(g.labels, '{}') || coalesce(i.labels, '{}') AS labels,
         CASE WHEN n.id IS NULL THEN '{}' ELSE n.origin || n.rule_id END AS origin
  FROM posts p
  CROSS JOIN LATERAL (
    SELECT array_agg(e.channel_id) AS channel_ids FROM deliveries e
    WHERE e.tenant_id = p.tenant_id AND e.post_id = p.id AND e.state NOT IN ('cancelled', 'missed', 'failed')) d
  LEFT JOIN content_items i ON i.tenant_id = p.tenant_id AND i.post_id = p.id
  LEFT JOIN campaigns g ON g.tenant_id = p.tenant_id AND g.id = i.campaign_id
  LEFT JOIN automation_runs n ON n.tenant_id = p.tenant_id AND n.id = i.run_id
  WHERE p.tenant_id = pulse_tenant() AND p.project_id = $1 AND p.deleted_at IS NULL AND p.scheduled_at >= $2 AND p.scheduled_at < $3
    AND d.channel_ids IS NOT NULL
  ORDER BY p.scheduled_at, p.id LIMIT $4)sql"};

struct post_row {
  base::uuid id;
  base::timestamp at;
  std::vector<base::uuid> channel_ids;
  std::optional<base::uuid> campaign_id;
  std::string title;
  std::string text;
  std::vector<std::string> labels;
  std::vector<base::uuid> origin;
};
BOOST_DESCRIBE_STRUCT(post_row, (), (id, at, channel_ids, campaign_id, title, text, labels, origin))

rules::simulated_template to_template(const templates::content_template& from) {
  rules::simulated_template made{.name = from.name, .version = from.version, .words = {}};
  made.words = {.title = from.title, .text = from.text, .variants = {}, .variables = from.variables};
  for (const auto& each : from.variants) made.words.variants[std::string{base::to_name(each.platform)}] = each.text;
  return made;
}

void read_rules(transaction& tx, const base::uuid& project_id, rules::rule_world& to) {
  std::map<base::uuid, std::optional<rules::simulated_template>> known;
  for (auto& each : tx.execute(select_rules, project_id, most_rules).all<rule_row>()) {
    rules::simulated_rule made{.id = each.id, .name = std::move(each.name), .version = each.version};
    made.campaign_id = each.campaign_id;
    made.trigger = std::move(each.trigger);
    made.conditions = std::move(each.conditions);
    made.action = std::move(each.action);
    made.missed = each.missed;
    made.next_run_at = each.next_run_at;
    made.left_out = each.left_out;
    made.recipients = each.recipients;
    if (made.action.template_id) {
      const auto [place, is_new] = known.try_emplace(*made.action.template_id);
      if (is_new) {
        if (const auto found = templates::find(*made.action.template_id).first(tx)) place->second = to_template(*found);
      }
      made.from = place->second;
    }
    to.rules.push_back(std::move(made));
  }
}

void read_campaigns(transaction& tx, rules::rule_world& to) {
  for (const auto& rule : to.rules) {
    const auto is_known = [&](const rules::simulated_campaign& each) { return each.id == rule.campaign_id; };
    if (!rule.campaign_id || std::any_of(to.campaigns.begin(), to.campaigns.end(), is_known)) continue;
    const auto found = campaigns::find(*rule.campaign_id).first(tx);
    if (!found) continue;
    to.campaigns.push_back({.id = found->id,
                            .name = found->name,
                            .goal = found->goal,
                            .state = found->state,
                            .first_day = found->first_day,
                            .last_day = found->last_day,
                            .channel_ids = found->channel_ids,
                            .labels = found->labels,
                            .utm = found->utm});
  }
}

}  // namespace

std::optional<rules::rule_world> read(transaction& tx, const window& asked) {
  const auto project = tx.execute(select_project, asked.project_id).first<project_row>();
  if (!project) return std::nullopt;
  rules::rule_world made;
  made.now = asked.now;
  made.until = asked.until;
  made.time_zone = project->time_zone;
  made.project_id = asked.project_id;
  made.project_name = project->name;
  made.is_project_paused = project->is_project_paused;
  made.is_company_paused = project->is_company_paused;
  made.ai_provider = asked.ai_provider;
  const auto settings = guardrail_settings::get(tx, asked.project_id);
  made.guardrails = settings.guardrails;
  made.approval = settings.approval;
  read_rules(tx, asked.project_id, made);
  if (made.rules.empty()) return made;
  read_campaigns(tx, made);
  for (auto& each : tx.execute(select_channels, asked.project_id).all<channel_row>()) {
    made.channels.push_back({each.id, each.type, each.is_active, std::move(each.name)});
  }
  const date::days behind{std::max(2, made.guardrails.duplicate_topic_days.value_or(0) + 1)};
  const auto until = asked.until + date::days{rules::most_days_moved + 2};
  for (auto& each : tx.execute(select_posts, asked.project_id, asked.now - behind, until, most_posts).all<post_row>()) {
    made.posts.push_back({.id = each.id,
                          .at = each.at,
                          .channel_ids = std::move(each.channel_ids),
                          .campaign_id = each.campaign_id,
                          .title = std::move(each.title),
                          .text = std::move(each.text),
                          .labels = std::move(each.labels),
                          .origin = std::move(each.origin)});
  }
  return made;
}

}  // namespace pulse::persistence::rule_world
