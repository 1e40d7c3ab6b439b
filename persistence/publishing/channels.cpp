#include "persistence/publishing/channels.hpp"

#include <utility>
#include <vector>

#include "persistence/events/events.hpp"
#include "persistence/publishing/tenant_lock.hpp"
#include "persistence/publishing/withdrawal.hpp"

namespace pulse::persistence::channels {

namespace {

constexpr statement select_one{"find_channel", R"sql(
  SELECT id, project_id, type, name, account, is_active, disabled_reason, paused_at, created_at, updated_at
  FROM channel_details WHERE id = $1)sql"};

constexpr statement select_page{"list_channels", R"sql(
  SELECT id, project_id, type, name, account, is_active, disabled_reason, paused_at, created_at, updated_at
  FROM channel_details WHERE ($1::uuid IS NULL OR project_id = $1) AND (created_at, id) < ($2::timestamptz, $3::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $4)sql"};

// Answers nothing when the project is not the tenant's, or has this channel already: find_same tells the two apart.
constexpr statement insert_one{"insert_channel", R"sql(
  INSERT INTO channels (tenant_id, id, project_id, type, name, account_id, created_at, updated_at)
  SELECT p.tenant_id, $2, p.id, $3, $4, $5, $6, $6 FROM projects p WHERE p.id = $1
  ON CONFLICT (tenant_id, project_id, type, account_id) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id)sql"};

constexpr statement find_twin{"find_same_channel", R"sql(
  SELECT d.id, d.project_id, d.type, d.name, d.account, d.is_active, d.disabled_reason, d.paused_at, d.created_at,
         d.updated_at
  FROM channel_details d JOIN channels c ON c.id = d.id
  WHERE c.project_id = $1 AND c.type = $2 AND c.account_id IS NOT DISTINCT FROM $3)sql"};

// Somebody who switches off what the engine had switched off changes who holds it: that is told too.
constexpr statement update_one{"update_channel", R"sql(
  WITH before AS (
    SELECT tenant_id, id, is_active, disabled_reason FROM channels WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE
  ), changed AS (
    UPDATE channels c SET name = coalesce($2, c.name), is_active = coalesce($3, c.is_active),
      disabled_reason = CASE WHEN $3 IS NULL THEN c.disabled_reason END, updated_at = $4,
      resumed_at = CASE WHEN $3 AND NOT c.is_active THEN $4 ELSE c.resumed_at END
    FROM before b WHERE c.tenant_id = b.tenant_id AND c.id = b.id
    RETURNING c.project_id, c.id AS channel_id, c.name, c.is_active,
              c.is_active <> b.is_active OR c.disabled_reason IS DISTINCT FROM b.disabled_reason AS is_switched
  )
  SELECT * FROM changed)sql"};

constexpr statement reactivate_all{"reactivate_channels", R"sql(
  UPDATE channels SET is_active = true, disabled_reason = NULL, updated_at = $2, resumed_at = $2
  WHERE account_id = $1 AND disabled_reason IS NOT NULL AND deleted_at IS NULL
  RETURNING project_id, id AS channel_id, name, is_active, true AS is_switched)sql"};

// Deliveries before their channel, and in the order of their ids: the engine's claim locks them so.
constexpr statement lock_waiting{"lock_waiting_of_channel", R"sql(
  SELECT id FROM deliveries WHERE channel_id = $1 AND state = 'waiting' ORDER BY id FOR UPDATE)sql"};

constexpr statement remove_one{"remove_channel", R"sql(
  UPDATE channels SET deleted_at = $2, updated_at = $2 WHERE id = $1 AND deleted_at IS NULL RETURNING id)sql"};

struct switched_channel {
  base::uuid project_id;
  base::uuid channel_id;
  std::string name;
  bool is_active = true;
  bool is_switched = false;
};
BOOST_DESCRIBE_STRUCT(switched_channel, (), (project_id, channel_id, name, is_active, is_switched))

constexpr statement select_targets{"lock_channel_targets", R"sql(
  SELECT id, type, is_active, name FROM channels WHERE project_id = $1 AND deleted_at IS NULL ORDER BY created_at, id FOR SHARE)sql"};

events::event to_event(const transaction& tx, const switched_channel& of, domain::event_facts facts,
                       const base::uuid& member_id, base::timestamp now) {
  return {.tenant_id = *tx.tenant_id(),
          .project_id = of.project_id,
          .channel_id = of.channel_id,
          .member_id = member_id,
          .facts = std::move(facts),
          .at = now};
}

}  // namespace

bound_query<channel> find(const base::uuid& id) { return {select_one, id}; }

bound_query<channel> list(const std::optional<base::uuid>& project_id, const page_bounds& page) {
  return {select_page, project_id, page.at, page.id, page.rows};
}

bool insert(transaction& tx, const draft& wanted, base::timestamp now) {
  return !tx.execute(insert_one, wanted.project_id, wanted.id, wanted.type, wanted.name, wanted.account_id, now)
              .empty();
}

std::optional<channel> find_same(transaction& tx, const draft& wanted) {
  return tx.execute(find_twin, wanted.project_id, wanted.type, wanted.account_id).first<channel>();
}

std::optional<channel> update(transaction& tx, const base::uuid& id, const changes& wanted, const base::uuid& member_id,
                              base::timestamp now) {
  lock_tenant(tx);
  const auto changed = tx.execute(update_one, id, wanted.name, wanted.is_active, now).first<switched_channel>();
  if (!changed) return std::nullopt;
  if (changed->is_switched && changed->is_active) {
    events::append(tx, to_event(tx, *changed, domain::channel_switched_on{{changed->name}}, member_id, now));
  } else if (changed->is_switched) {
    events::append(tx, to_event(tx, *changed, domain::channel_switched_off{{changed->name}}, member_id, now));
  }
  return find(id).first(tx);
}

void reactivate(transaction& tx, const base::uuid& account_id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  std::vector<events::event> made;
  for (const auto& each : tx.execute(reactivate_all, account_id, now).all<switched_channel>())
    made.push_back(to_event(tx, each, domain::channel_reconnected{{each.name}}, member_id, now));
  events::append(tx, made);
}

bool remove(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  tx.queue(lock_waiting, id);
  if (tx.execute(remove_one, id, now).empty()) return false;
  // A separate statement: it sees writes to the channel from before the removal had its turn.
  withdraw_of_channel(tx, id, {.cause = domain::withdrawal_cause::channel_removed, .member_id = member_id, .now = now});
  return true;
}

std::vector<target> lock_targets(transaction& tx, const base::uuid& project_id) {
  return tx.execute(select_targets, project_id).all<target>();
}

}  // namespace pulse::persistence::channels
