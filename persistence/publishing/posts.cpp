#include "persistence/publishing/posts.hpp"

#include <algorithm>
#include <ctime>

#include "base/planted.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::posts {

namespace {

constexpr statement insert_post{"insert_post", R"sql(
  WITH told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, type, message, metadata_json, created_at)
    VALUES (pulse_tenant(), $2, $1, 'PostCreated', $9, jsonb_build_object('member_id', $3::uuid), $8)
  )
  INSERT INTO posts (tenant_id, id, project_id, author_id, title, text, variants, scheduled_at, created_at, updated_at, image,
    lateness_policy, lateness_after_seconds)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $8, $10, $11::jsonb ->> 'policy', ($11::jsonb ->> 'after_seconds')::integer))sql"};

constexpr statement insert_deliveries{"insert_deliveries", R"sql(
  INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, due_at, not_before, created_at, updated_at)
  SELECT pulse_tenant(), i.id, $3, i.channel_id, $4, $5, $5, $6, $6
  FROM unnest($1::uuid[], $2::uuid[]) AS i (id, channel_id))sql"};

constexpr statement insert_scheduled_events{"insert_scheduled_events", R"sql(
  INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
  SELECT d.tenant_id, d.project_id, d.post_id, d.id, d.channel_id, 'PublishScheduled',
         format('Scheduled for %s on %s.', $2::text, c.name),
         jsonb_build_object('member_id', $3::uuid, 'scheduled_at', d.due_at), $4
  FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE d.post_id = $1)sql"};

constexpr statement lock_deliveries{"lock_deliveries_of_post", R"sql(
  SELECT id FROM deliveries WHERE post_id = $1 ORDER BY id FOR UPDATE)sql"};

constexpr statement lock_agendas{"lock_agendas_of_post", "SELECT pulse_lock_agendas($1)"};

constexpr statement lock_post{"lock_post", R"sql(
  SELECT id FROM posts WHERE id = $1 AND deleted_at IS NULL FOR UPDATE)sql"};

constexpr statement make_due{"make_post_due", R"sql(
  WITH changed AS (
    UPDATE deliveries d SET due_at = $2, not_before = $2, asked_at = NULL, reason = NULL, updated_at = $3
    FROM channels c
    WHERE d.post_id = $1 AND d.state = 'waiting' AND d.attempt = 0 AND c.tenant_id = d.tenant_id AND c.id = d.channel_id
    RETURNING d.tenant_id, d.project_id, d.post_id, d.id, d.channel_id, c.name
  ), moved AS (
    UPDATE posts SET scheduled_at = $2, updated_at = $3 WHERE id = $1 AND EXISTS (SELECT FROM changed)
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, post_id, id, channel_id, $4, format($5::text, name),
           jsonb_build_object('member_id', $6::uuid, 'scheduled_at', $2), $3
    FROM changed
  )
  SELECT id FROM changed)sql"};

// One that may be live since an earlier attempt is not sent again, but nobody may say that it never went out: a person looks.
constexpr statement cancel_waiting{"cancel_post", R"sql(
  WITH changed AS (
    UPDATE deliveries d
    SET state = CASE WHEN d.doubt_until IS NULL THEN 'cancelled' ELSE 'unconfirmed' END, updated_at = $2,
        finished_at = CASE WHEN d.doubt_until IS NULL THEN $2::timestamptz END,
        reason = CASE WHEN d.doubt_until IS NULL THEN $4::text
                 ELSE $4::text || ', but an earlier attempt may be live; please look there and say whether it is' END
    FROM channels c
    WHERE d.post_id = $1 AND d.state = 'waiting' AND c.tenant_id = d.tenant_id AND c.id = d.channel_id
    RETURNING d.tenant_id, d.project_id, d.post_id, d.id, d.channel_id, d.state, c.name
  ), moved AS (
    UPDATE posts SET updated_at = $2 WHERE id = $1 AND EXISTS (SELECT FROM changed)
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, post_id, id, channel_id,
           CASE state WHEN 'cancelled' THEN 'PublishCancelled' ELSE 'PublishUnconfirmed' END,
           CASE state WHEN 'cancelled' THEN format('Publishing on %s was cancelled.', name)
             ELSE format('Publishing on %s was cancelled, but it may be live there: a person must look.', name) END,
           jsonb_build_object('member_id', $3::uuid), $2
    FROM changed
  )
  SELECT id FROM changed)sql"};

constexpr statement update_text{"update_post", R"sql(
  WITH changed AS (
    UPDATE posts p SET title = coalesce($2, title), text = coalesce($3, text), variants = coalesce($4::jsonb, variants),
      image = CASE WHEN $7::boolean THEN $8::jsonb ELSE image END,
      lateness_policy = CASE WHEN $9::boolean THEN $10::jsonb ->> 'policy' ELSE lateness_policy END,
      lateness_after_seconds =
        CASE WHEN $9::boolean THEN ($10::jsonb ->> 'after_seconds')::integer ELSE lateness_after_seconds END,
      updated_at = $5
    WHERE p.id = $1 AND p.deleted_at IS NULL
      AND EXISTS (SELECT FROM deliveries d WHERE d.post_id = $1 AND d.state = 'waiting')
      AND NOT EXISTS (SELECT FROM deliveries d
                      WHERE d.post_id = $1 AND (d.attempt > 0 OR d.state NOT IN ('waiting', 'cancelled')))
    RETURNING p.tenant_id, p.project_id, p.id
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, id, 'PostEdited', 'The post was edited.', jsonb_build_object('member_id', $6::uuid), $5
    FROM changed
  )
  SELECT id FROM changed)sql"};

// What is going out, and what may be live: nobody could look after it once the post is out of sight.
constexpr statement list_open_ends{"list_open_ends_of_post", R"sql(
  SELECT d.id, c.name AS channel_name, d.state
  FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE d.post_id = $1
    AND (d.state IN ('sending', 'unknown', 'unconfirmed') OR (d.state = 'waiting' AND d.doubt_until IS NOT NULL))
  ORDER BY c.created_at, c.id)sql"};

constexpr statement remove_one{"remove_post", R"sql(
  WITH changed AS (
    UPDATE posts p SET deleted_at = $2, updated_at = $2
    WHERE p.id = $1 AND p.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM deliveries d
                      WHERE d.post_id = $1 AND (d.state IN ('sending', 'unknown', 'unconfirmed')
                        OR (d.state = 'waiting' AND d.doubt_until IS NOT NULL)))
    RETURNING p.tenant_id, p.project_id, p.id
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, post_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, id, 'PostDeleted', 'The post was deleted here; what is published stays where it is.',
           jsonb_build_object('member_id', $3::uuid), $2
    FROM changed
  )
  SELECT id FROM changed)sql"};

/// "2026-11-22 08:30 UTC", for people.
std::string for_people(base::timestamp at) {
  const auto text = base::to_string(at);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

std::string written_for(std::size_t channels) {
  return channels == 1 ? "The post was written, for one channel."
                       : "The post was written, for " + std::to_string(channels) + " channels.";
}

/// When a draft's deliveries are due.
std::optional<base::timestamp> due_of(const draft& made) {
  if (!made.scheduled_at || !base::planted(base::bug::local_time)) return made.scheduled_at;
  const std::time_t at = std::chrono::system_clock::to_time_t(*made.scheduled_at);
  std::tm local{};
  ::localtime_r(&at, &local);
  return *made.scheduled_at - std::chrono::seconds{local.tm_gmtoff};
}

}  // namespace

std::optional<post> get(transaction& tx, const base::uuid& id) { return tx.execute(find, id).first<post>(); }

void insert(transaction& tx, const draft& made, base::timestamp now) {
  tx.queue(insert_post, made.id, made.project_id, made.author_id, made.title, made.text, made.variants,
           made.scheduled_at, now, written_for(made.channel_ids.size()), made.image, made.lateness);
  tx.queue(insert_deliveries, made.delivery_ids, made.channel_ids, made.id, made.project_id, due_of(made), now);
  if (made.scheduled_at)
    tx.queue(insert_scheduled_events, made.id, for_people(*made.scheduled_at), made.author_id, now);
}

bool lock(transaction& tx, const base::uuid& id) {
  lock_tenant(tx);
  tx.queue(lock_deliveries, id);
  tx.queue(lock_agendas, id);
  return !tx.execute(lock_post, id).empty();
}

int schedule(transaction& tx, const change& by, base::timestamp at) {
  const auto message = "Scheduled for " + for_people(at) + " on %s.";
  return static_cast<int>(
      tx.execute(make_due, by.post_id, at, by.now, "PublishScheduled", message, by.member_id).size());
}

int publish_now(transaction& tx, const change& by) {
  return static_cast<int>(
      tx.execute(make_due, by.post_id, by.now, by.now, "PublishRequested", "Asked to go out on %s now.", by.member_id)
          .size());
}

int cancel(transaction& tx, const change& by) {
  return static_cast<int>(
      tx.execute(cancel_waiting, by.post_id, by.now, by.member_id, "it was cancelled before it went out").size());
}

bool may_edit(const post& of) {
  using domain::delivery_state;
  const auto is_waiting = [](const delivery& each) { return each.state == delivery_state::waiting; };
  const auto has_begun = [](const delivery& each) {
    return each.attempt > 0 || (each.state != delivery_state::waiting && each.state != delivery_state::cancelled);
  };
  return std::any_of(of.deliveries.begin(), of.deliveries.end(), is_waiting) &&
         std::none_of(of.deliveries.begin(), of.deliveries.end(), has_begun);
}

bool update(transaction& tx, const change& by, const edit& wanted) {
  return !tx.execute(update_text, by.post_id, wanted.title, wanted.text, wanted.variants, by.now, by.member_id,
                     wanted.image.is_given, wanted.image.value, wanted.lateness.is_given, wanted.lateness.value)
              .empty();
}

std::vector<open_end> find_open_ends(transaction& tx, const base::uuid& post_id) {
  return tx.execute(list_open_ends, post_id).all<open_end>();
}

bool remove(transaction& tx, const change& by) {
  if (tx.execute(remove_one, by.post_id, by.now, by.member_id).empty()) return false;
  tx.queue(cancel_waiting, by.post_id, by.now, by.member_id, "the post was deleted before it went out");
  return true;
}

}  // namespace pulse::persistence::posts
