#include "persistence/campaigns/campaigns.hpp"

#include "persistence/campaigns/named.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::campaigns {

namespace {

using domain::campaigns::campaign_command;
using domain::campaigns::campaign_state;

#define PULSE_CAMPAIGN_COLUMNS                                                                     \
  "id, project_id, name, goal, state, first_day::text, last_day::text, channel_ids, labels, utm, " \
  "version, created_by, created_at, updated_at"

constexpr statement select_one{"find_campaign", "SELECT " PULSE_CAMPAIGN_COLUMNS R"sql(
  FROM campaigns WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL)sql"};

constexpr statement select_page{"list_campaigns", "SELECT " PULSE_CAMPAIGN_COLUMNS R"sql(
  FROM campaigns
  WHERE tenant_id = pulse_tenant() AND deleted_at IS NULL AND ($1::uuid IS NULL OR project_id = $1) AND ($2::text IS NULL OR state = $2)
    AND (created_at, id) < ($3::timestamptz, $4::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $5)sql"};

constexpr statement select_between{"list_campaign_spans", "SELECT " PULSE_CAMPAIGN_COLUMNS R"sql(
  FROM campaigns
  WHERE tenant_id = pulse_tenant() AND project_id = $1 AND deleted_at IS NULL AND (first_day IS NOT NULL OR last_day IS NOT NULL)
    AND coalesce(first_day, '-infinity') <= $3::date AND coalesce(last_day, 'infinity') >= $2::date
  ORDER BY coalesce(first_day, last_day), id LIMIT 500)sql"};

constexpr statement insert_one{"insert_campaign", R"sql(
  INSERT INTO campaigns (tenant_id, id, project_id, name, goal, state, first_day, last_day, channel_ids, labels, utm, created_by,
    created_at, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $11))sql"};

constexpr statement update_one{"update_campaign", R"sql(
  UPDATE campaigns SET name = coalesce($2, name), goal = coalesce($3, goal),
    first_day = CASE WHEN $4::boolean THEN $5::date ELSE first_day END,
    last_day = CASE WHEN $6::boolean THEN $7::date ELSE last_day END,
    channel_ids = coalesce($8::uuid[], channel_ids), labels = coalesce($9::text[], labels), utm = coalesce($10::jsonb, utm),
    version = version + 1, updated_at = $11
  WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL AND state <> 'completed'
  RETURNING id)sql"};

constexpr statement lock_one{"lock_campaign", "SELECT " PULSE_CAMPAIGN_COLUMNS R"sql(
  FROM campaigns WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL FOR UPDATE)sql"};

constexpr statement change_state{"change_campaign_state", R"sql(
  UPDATE campaigns SET state = $2, version = version + 1, updated_at = $4
  WHERE tenant_id = pulse_tenant() AND id = $1 AND deleted_at IS NULL AND state = ANY ($3::text[])
  RETURNING project_id, name)sql"};

constexpr statement select_use{"select_campaign_use", R"sql(
  SELECT c.state = 'active' AS is_active,
         (SELECT count(*) FROM content_details d
          WHERE d.tenant_id = c.tenant_id AND d.campaign_id = c.id AND d.state = 'scheduled'
            AND d.post_status IN ('scheduled', 'publishing', 'needs_attention')) AS scheduled
  FROM campaigns c WHERE c.tenant_id = pulse_tenant() AND c.id = $1 AND c.deleted_at IS NULL)sql"};

constexpr statement remove_one{"remove_campaign", R"sql(
  UPDATE campaigns c SET deleted_at = $2, updated_at = $2
  WHERE c.tenant_id = pulse_tenant() AND c.id = $1 AND c.deleted_at IS NULL AND c.state <> 'active'
    AND NOT EXISTS (SELECT FROM content_details d
                    WHERE d.tenant_id = c.tenant_id AND d.campaign_id = c.id AND d.state = 'scheduled'
                      AND d.post_status IN ('scheduled', 'publishing', 'needs_attention')))sql"};

constexpr statement count_content{"count_campaign_content", R"sql(
  SELECT count(*) FILTER (WHERE state = 'draft') AS draft,
         count(*) FILTER (WHERE state = 'pending_approval') AS pending_approval,
         count(*) FILTER (WHERE state = 'approved') AS approved,
         count(*) FILTER (WHERE state = 'rejected') AS rejected,
         count(*) FILTER (WHERE state = 'scheduled') AS scheduled,
         count(*) FILTER (WHERE state = 'published') AS published,
         count(*) FILTER (WHERE post_status = 'published') AS posts_out,
         count(*) FILTER (WHERE post_status = 'published_partial') AS posts_partial,
         count(*) FILTER (WHERE post_status = 'failed') AS posts_failed,
         count(*) FILTER (WHERE post_status = 'missed') AS posts_missed,
         count(*) FILTER (WHERE post_status = 'needs_attention') AS posts_waiting,
         max(scheduled_at) FILTER (WHERE state = 'published') AS last_published_at
  FROM content_details WHERE tenant_id = pulse_tenant() AND campaign_id = $1)sql"};

constexpr statement select_coming{"select_coming_campaign_posts", R"sql(
  SELECT id AS content_id, post_id, left(CASE WHEN title <> '' THEN title ELSE text END, 120) AS title, scheduled_at
  FROM content_details
  WHERE tenant_id = pulse_tenant() AND campaign_id = $1 AND state = 'scheduled' AND post_status = 'scheduled' AND scheduled_at >= $2
  ORDER BY scheduled_at, id LIMIT $3)sql"};

// A look at a feed is no run.
constexpr statement select_coming_runs{"select_coming_campaign_runs", R"sql(
  SELECT r.id AS rule_id, v.name AS rule_name, r.next_run_at AS at
  FROM automation_rules r
  JOIN campaigns c ON c.tenant_id = r.tenant_id AND c.id = r.campaign_id AND c.state = 'active'
  JOIN automation_rule_versions v ON v.tenant_id = r.tenant_id AND v.rule_id = r.id AND v.version = r.version
  WHERE r.tenant_id = pulse_tenant() AND r.campaign_id = $1 AND r.deleted_at IS NULL AND r.next_run_at IS NOT NULL
    AND v.trigger ->> 'kind' <> 'feed'
  ORDER BY r.next_run_at, r.id LIMIT $2)sql"};

/// The states in which the command changes something.
std::vector<campaign_state> states_before(campaign_command what) {
  std::vector<campaign_state> made;
  for (const auto before :
       {campaign_state::draft, campaign_state::active, campaign_state::paused, campaign_state::completed}) {
    const auto after = state_after(before, what);
    if (after && *after != before) made.push_back(before);
  }
  return made;
}

domain::event_facts facts_of(campaign_command what, const std::string& name) {
  switch (what) {
    case campaign_command::activate: {
      domain::campaign_activated facts;
      facts.campaign_name = name;
      return facts;
    }
    case campaign_command::pause: {
      domain::campaign_paused facts;
      facts.campaign_name = name;
      return facts;
    }
    case campaign_command::complete: break;
  }
  domain::campaign_completed facts;
  facts.campaign_name = name;
  return facts;
}

campaign_state target_of(campaign_command what) {
  switch (what) {
    case campaign_command::activate: return campaign_state::active;
    case campaign_command::pause: return campaign_state::paused;
    case campaign_command::complete: return campaign_state::completed;
  }
  return campaign_state::completed;
}

}  // namespace

bound_query<campaign> find(const base::uuid& id) { return {select_one, id}; }

bound_query<campaign> list(const std::optional<base::uuid>& project_id, std::optional<campaign_state> state,
                           const page_bounds& page) {
  return {select_page, project_id, state, page.at, page.id, page.rows};
}

bound_query<campaign> list_between(const base::uuid& project_id, const std::string& first_day,
                                   const std::string& last_day) {
  return {select_between, project_id, first_day, last_day};
}

void insert(transaction& tx, const campaign& made) {
  tx.queue(insert_one, made.id, made.project_id, made.name, made.goal, made.first_day, made.last_day, made.channel_ids,
           made.labels, made.utm, made.created_by, made.created_at);
}

bool update(transaction& tx, const base::uuid& id, const changes& wanted, base::timestamp now) {
  return !tx.execute(update_one, id, wanted.name, wanted.goal, wanted.first_day.is_given, wanted.first_day.value,
                     wanted.last_day.is_given, wanted.last_day.value, wanted.channel_ids, wanted.labels, wanted.utm,
                     now)
              .empty();
}

std::optional<campaign> lock(transaction& tx, const base::uuid& id) {
  return tx.execute(lock_one, id).first<campaign>();
}

bool give(transaction& tx, const base::uuid& id, campaign_command what, const base::uuid& member_id,
          base::timestamp now) {
  const auto changed = tx.execute(change_state, id, target_of(what), states_before(what), now).first<named>();
  if (!changed) return false;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = changed->project_id,
                      .about = events::subject{domain::subject_kind::campaign, id},
                      .member_id = member_id,
                      .facts = facts_of(what, changed->name),
                      .at = now});
  return true;
}

std::optional<in_use> find_use(transaction& tx, const base::uuid& id) {
  return tx.execute(select_use, id).first<in_use>();
}

bool remove(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(remove_one, id, now).affected() == 1;
}

campaign_counts count(transaction& tx, const base::uuid& id) {
  return tx.execute(count_content, id).first<campaign_counts>().value();
}

std::vector<coming_post> list_coming(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(select_coming, id, now, most_coming_posts).all<coming_post>();
}

std::vector<coming_campaign_run> list_coming_runs(transaction& tx, const base::uuid& id) {
  return tx.execute(select_coming_runs, id, most_coming_runs).all<coming_campaign_run>();
}

}  // namespace pulse::persistence::campaigns
