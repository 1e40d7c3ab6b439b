#include "persistence/publishing/channels.hpp"

#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::channels {

namespace {

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
    RETURNING c.tenant_id, c.project_id, c.id, c.name, c.is_active,
              c.is_active <> b.is_active OR c.disabled_reason IS DISTINCT FROM b.disabled_reason AS is_switched
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, id, CASE WHEN is_active THEN 'ChannelSwitchedOn' ELSE 'ChannelSwitchedOff' END,
           format(CASE WHEN is_active THEN 'The channel %s was switched on again.' ELSE 'The channel %s was switched off.' END, name),
           jsonb_build_object('member_id', $5::uuid), $4
    FROM changed WHERE is_switched
  )
  SELECT id FROM changed)sql"};

constexpr statement reactivate_all{"reactivate_channels", R"sql(
  WITH changed AS (
    UPDATE channels SET is_active = true, disabled_reason = NULL, updated_at = $2, resumed_at = $2
    WHERE account_id = $1 AND disabled_reason IS NOT NULL AND deleted_at IS NULL
    RETURNING tenant_id, project_id, id, name
  )
  INSERT INTO publish_events (tenant_id, project_id, channel_id, type, message, metadata_json, created_at)
  SELECT tenant_id, project_id, id, 'ChannelReconnected',
         format('The account of the channel %s was connected again: what waits for it goes out.', name),
         jsonb_build_object('member_id', $3::uuid), $2
  FROM changed)sql"};

// Deliveries before their channel, and in the order of their ids: the engine's claim locks them so.
constexpr statement lock_waiting{"lock_waiting_of_channel", R"sql(
  SELECT id FROM deliveries WHERE channel_id = $1 AND state = 'waiting' ORDER BY id FOR UPDATE)sql"};

constexpr statement remove_one{"remove_channel", R"sql(
  UPDATE channels SET deleted_at = $2, updated_at = $2 WHERE id = $1 AND deleted_at IS NULL RETURNING id)sql"};

// One that may be live since an earlier attempt is a person's to look up, as when its post is cancelled (persistence/publishing/posts).
constexpr statement cancel_waiting{"cancel_waiting_of_channel", R"sql(
  WITH changed AS (
    UPDATE deliveries d
    SET state = CASE WHEN d.doubt_until IS NULL THEN 'cancelled' ELSE 'unconfirmed' END, updated_at = $2,
        finished_at = CASE WHEN d.doubt_until IS NULL THEN $2::timestamptz END,
        reason = CASE WHEN d.doubt_until IS NULL THEN 'the channel was removed before the post went out'
                 ELSE 'the channel was removed, but an earlier attempt may be live; please look there and say whether it is' END
    FROM channels c
    WHERE d.channel_id = $1 AND d.state = 'waiting' AND c.tenant_id = d.tenant_id AND c.id = d.channel_id
    RETURNING d.tenant_id, d.project_id, d.post_id, d.id, d.channel_id, d.state, c.name
  )
  INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
  SELECT tenant_id, project_id, post_id, id, channel_id,
         CASE state WHEN 'cancelled' THEN 'PublishCancelled' ELSE 'PublishUnconfirmed' END,
         format(CASE state WHEN 'cancelled' THEN 'Publishing on %s was cancelled: the channel was removed.'
                ELSE 'The channel %s was removed, but the post may be live there: a person must look.' END, name),
         jsonb_build_object('member_id', $3::uuid), $2
  FROM changed)sql"};

constexpr statement select_targets{"lock_channel_targets", R"sql(
  SELECT id, type, is_active FROM channels WHERE project_id = $1 AND deleted_at IS NULL ORDER BY created_at, id FOR SHARE)sql"};

}  // namespace

std::optional<channel> get(transaction& tx, const base::uuid& id) { return tx.execute(find, id).first<channel>(); }

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
  if (tx.execute(update_one, id, wanted.name, wanted.is_active, now, member_id).empty()) return std::nullopt;
  return get(tx, id);
}

void reactivate(transaction& tx, const base::uuid& account_id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  tx.queue(reactivate_all, account_id, now, member_id);
}

bool remove(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  lock_tenant(tx);
  tx.queue(lock_waiting, id);
  if (tx.execute(remove_one, id, now).empty()) return false;
  // A statement of its own: it sees what was written to the channel until the removal had its turn.
  tx.queue(cancel_waiting, id, now, member_id);
  return true;
}

std::vector<target> lock_targets(transaction& tx, const base::uuid& project_id) {
  return tx.execute(select_targets, project_id).all<target>();
}

}  // namespace pulse::persistence::channels
