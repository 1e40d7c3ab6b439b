#include "persistence/publishing/pauses.hpp"

#include <utility>

#include "persistence/events/events.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::pauses {

namespace {

constexpr statement pause_one_channel{"pause_channel", R"sql(
  UPDATE channels SET paused_at = $2, updated_at = $2 WHERE id = $1 AND deleted_at IS NULL AND paused_at IS NULL
  RETURNING project_id, id AS channel_id, name)sql"};

constexpr statement resume_one_channel{"resume_channel", R"sql(
  UPDATE channels SET paused_at = NULL, resumed_at = $2, updated_at = $2
  WHERE id = $1 AND deleted_at IS NULL AND paused_at IS NOT NULL
  RETURNING project_id, id AS channel_id, name)sql"};

constexpr statement pause_one_project{"pause_project", R"sql(
  UPDATE projects SET paused_at = $2, updated_at = $2 WHERE id = $1 AND paused_at IS NULL RETURNING id)sql"};

constexpr statement resume_one_project{"resume_project", R"sql(
  UPDATE projects SET paused_at = NULL, resumed_at = $2, updated_at = $2 WHERE id = $1 AND paused_at IS NOT NULL RETURNING id)sql"};

constexpr statement pause_tenant{"pause_company", R"sql(
  UPDATE tenants SET paused_at = $1 WHERE id = pulse_tenant() AND paused_at IS NULL RETURNING id)sql"};

constexpr statement resume_tenant{"resume_company", R"sql(
  UPDATE tenants SET paused_at = NULL, resumed_at = $1 WHERE id = pulse_tenant() AND paused_at IS NOT NULL RETURNING id)sql"};

struct changed_channel {
  base::uuid project_id;
  base::uuid channel_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(changed_channel, (), (project_id, channel_id, name))

/// A listed delivery, with the number of all.
struct counted_delivery : delivery_under_way {
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(counted_delivery, (delivery_under_way), (total))

// A statement of its own, after the pause: its snapshot has every claim that was there before.
constexpr statement list_under_way{"list_under_way", R"sql(
  SELECT d.id, d.post_id, d.channel_id, c.name AS channel_name, d.state, count(*) OVER () AS total
  FROM channels c
  JOIN channel_agendas g ON g.tenant_id = c.tenant_id AND g.channel_id = c.id
  CROSS JOIN LATERAL (
    SELECT * FROM deliveries WHERE tenant_id = g.tenant_id AND channel_id = g.channel_id AND not_before >= g.open_from
    OFFSET 0) d  -- no plan reads a channel's history first
  WHERE d.state IN ('sending', 'unknown') AND ($1::uuid IS NULL OR c.id = $1) AND ($2::uuid IS NULL OR c.project_id = $2)
  ORDER BY d.id LIMIT $3)sql"};

template <class Facts>
bool changes_channel(transaction& tx, const statement& what, const base::uuid& id, const by_member& by) {
  lock_tenant(tx);
  const auto changed = tx.execute(what, id, by.now).first<changed_channel>();
  if (!changed) return false;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = changed->project_id,
                      .channel_id = changed->channel_id,
                      .member_id = by.member_id,
                      .facts = Facts{{changed->name}},
                      .at = by.now});
  return true;
}

bool changes_project(transaction& tx, const statement& what, const base::uuid& id, domain::event_facts facts,
                     const by_member& by) {
  lock_tenant(tx);
  if (tx.execute(what, id, by.now).empty()) return false;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = id,
                      .member_id = by.member_id,
                      .facts = std::move(facts),
                      .at = by.now});
  return true;
}

bool changes_company(transaction& tx, const statement& what, domain::event_facts facts, const by_member& by) {
  lock_tenant(tx);
  if (tx.execute(what, by.now).empty()) return false;
  events::append(tx,
                 {.tenant_id = *tx.tenant_id(), .member_id = by.member_id, .facts = std::move(facts), .at = by.now});
  return true;
}

}  // namespace

bool pause_channel(transaction& tx, const base::uuid& id, const by_member& by) {
  return changes_channel<domain::channel_paused>(tx, pause_one_channel, id, by);
}

bool resume_channel(transaction& tx, const base::uuid& id, const by_member& by) {
  return changes_channel<domain::channel_resumed>(tx, resume_one_channel, id, by);
}

bool pause_project(transaction& tx, const base::uuid& id, const by_member& by) {
  return changes_project(tx, pause_one_project, id, domain::project_paused{}, by);
}

bool resume_project(transaction& tx, const base::uuid& id, const by_member& by) {
  return changes_project(tx, resume_one_project, id, domain::project_resumed{}, by);
}

bool pause_company(transaction& tx, const by_member& by) {
  return changes_company(tx, pause_tenant, domain::company_paused{}, by);
}

bool resume_company(transaction& tx, const by_member& by) {
  return changes_company(tx, resume_tenant, domain::company_resumed{}, by);
}

under_way find_under_way(transaction& tx, std::optional<base::uuid> channel_id, std::optional<base::uuid> project_id) {
  under_way found;
  for (auto& each : tx.execute(list_under_way, channel_id, project_id, most_listed).all<counted_delivery>()) {
    found.total = each.total;
    found.listed.push_back(std::move(each));
  }
  return found;
}

}  // namespace pulse::persistence::pauses
