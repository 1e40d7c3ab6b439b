#include "persistence/publishing/posts.hpp"

#include <utility>

#include "persistence/events/events.hpp"
#include "persistence/publishing/movable.hpp"
#include "persistence/publishing/post_columns.hpp"
#include "persistence/publishing/tenant_lock.hpp"
#include "persistence/publishing/withdrawal.hpp"

namespace pulse::persistence::posts {

namespace {

#define PULSE_SELECT_POSTS "SELECT " PULSE_POST_COLUMNS("") " FROM post_details"

constexpr statement select_one{"find_post", PULSE_SELECT_POSTS R"sql( WHERE id = $1)sql"};

constexpr statement select_found{"search_posts", PULSE_SELECT_POSTS R"sql( p
  WHERE (created_at, id) < ($1::timestamptz, $2::uuid) AND ($3::text[] IS NULL OR status = ANY ($3::text[]))
    AND ($5::uuid IS NULL OR project_id = $5::uuid)
    AND ($6::uuid IS NULL OR EXISTS (SELECT FROM deliveries d WHERE d.post_id = p.id AND d.channel_id = $6::uuid))
    AND ($7::text IS NULL OR position(lower($7) IN lower(title)) > 0 OR position(lower($7) IN lower(text)) > 0)
  ORDER BY created_at DESC, id DESC LIMIT $4)sql"};

constexpr statement select_counts{"count_posts_by_status", R"sql(
  SELECT status, count(*) AS posts
  FROM (SELECT status FROM post_details WHERE ($1::uuid IS NULL OR project_id = $1::uuid)
        ORDER BY created_at DESC, id DESC LIMIT $2) newest
  GROUP BY status)sql"};

constexpr statement insert_post{"insert_post", R"sql(
  INSERT INTO posts (tenant_id, id, project_id, author_id, title, text, variants, scheduled_at, created_at, updated_at, image,
    lateness_policy, lateness_after_seconds, media, options)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10::jsonb ->> 'policy', ($10::jsonb ->> 'after_seconds')::integer, $11::jsonb, $12::jsonb))sql"};

constexpr statement show_media{"show_media_of_post", R"sql(
  INSERT INTO post_media (tenant_id, post_id, position, media_id, alt_text)
  SELECT pulse_tenant(), $1, i.place - 1, i.media_id, i.alt_text
  FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS i (media_id, alt_text, place))sql"};

constexpr statement hide_media{"hide_media_of_post", R"sql(
  DELETE FROM post_media WHERE tenant_id = pulse_tenant() AND post_id = $1)sql"};

constexpr statement insert_deliveries{"insert_deliveries", R"sql(
  INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, due_at, not_before, created_at, updated_at)
  SELECT pulse_tenant(), i.id, $3, i.channel_id, $4, $5, $5, $6, $6
  FROM unnest($1::uuid[], $2::uuid[]) AS i (id, channel_id))sql"};

constexpr statement lock_deliveries{"lock_deliveries_of_post", R"sql(
  SELECT id FROM deliveries WHERE post_id = $1 ORDER BY id FOR UPDATE)sql"};

constexpr statement lock_agendas{"lock_agendas_of_post", "SELECT pulse_lock_agendas($1)"};

constexpr statement lock_post{"lock_post", R"sql(
  SELECT id FROM posts WHERE id = $1 AND deleted_at IS NULL FOR UPDATE)sql"};

constexpr statement make_due{"make_post_due", R"sql(
  WITH changed AS (
    UPDATE deliveries d SET due_at = $2, not_before = $2, asked_at = NULL, reason = NULL, updated_at = $3
    FROM channels c
    WHERE d.post_id = $1 AND )sql" PULSE_IS_MOVABLE R"sql(
      AND c.tenant_id = d.tenant_id AND c.id = d.channel_id
    RETURNING d.project_id, d.id AS delivery_id, d.channel_id, c.name AS channel_name
  ), moved AS (
    UPDATE posts SET scheduled_at = $2, updated_at = $3 WHERE id = $1 AND EXISTS (SELECT FROM changed)
  )
  SELECT * FROM changed)sql"};

struct made_due {
  base::uuid project_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string channel_name;
};
BOOST_DESCRIBE_STRUCT(made_due, (), (project_id, delivery_id, channel_id, channel_name))

constexpr statement update_text{"update_post", R"sql(
    UPDATE posts p SET title = coalesce($2, title), text = coalesce($3, text), variants = coalesce($4::jsonb, variants),
      image = CASE WHEN $6::boolean THEN $7::jsonb ELSE image END,
      media = coalesce($10::jsonb, media), options = coalesce($11::jsonb, options),
      lateness_policy = CASE WHEN $8::boolean THEN $9::jsonb ->> 'policy' ELSE lateness_policy END,
      lateness_after_seconds =
        CASE WHEN $8::boolean THEN ($9::jsonb ->> 'after_seconds')::integer ELSE lateness_after_seconds END,
      updated_at = $5
    WHERE p.id = $1 AND p.deleted_at IS NULL
      AND EXISTS (SELECT FROM deliveries d WHERE d.post_id = $1 AND d.state = 'waiting')
      AND NOT EXISTS (SELECT FROM deliveries d
                      WHERE d.post_id = $1 AND (d.attempt > 0 OR d.state NOT IN ('waiting', 'cancelled')))
    RETURNING p.project_id)sql"};

constexpr statement find_approval{"find_approval_of_post", R"sql(
  SELECT EXISTS (SELECT FROM content_items WHERE tenant_id = pulse_tenant() AND post_id = $1 AND needs_approval))sql"};

// What is going out, and what may be live: nobody could look after it once the post is out of sight.
constexpr statement list_unresolved{"list_unresolved_of_post", R"sql(
  SELECT d.id, c.name AS channel_name, d.state
  FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE d.post_id = $1
    AND (d.state IN ('sending', 'unknown', 'unconfirmed') OR (d.state = 'waiting' AND d.doubt_until IS NOT NULL))
  ORDER BY c.created_at, c.id)sql"};

constexpr statement remove_one{"remove_post", R"sql(
    UPDATE posts p SET deleted_at = $2, updated_at = $2
    WHERE p.id = $1 AND p.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM deliveries d
                      WHERE d.post_id = $1 AND (d.state IN ('sending', 'unknown', 'unconfirmed')
                        OR (d.state = 'waiting' AND d.doubt_until IS NOT NULL)))
    RETURNING p.project_id)sql"};

/// For the library: what a post shows.
void show(transaction& tx, const base::uuid& post_id, const std::vector<post_medium>& media) {
  if (media.empty()) return;
  std::vector<base::uuid> ids;
  std::vector<std::string> words;
  for (const auto& each : media) {
    ids.push_back(each.media_id);
    words.push_back(each.alt_text);
  }
  tx.queue(show_media, post_id, ids, words);
}

/// An event of the post itself.
events::event of_post(const transaction& tx, const base::uuid& post_id, const base::uuid& project_id,
                      const base::uuid& member_id, base::timestamp now, domain::event_facts facts) {
  return {.tenant_id = *tx.tenant_id(),
          .project_id = project_id,
          .post_id = post_id,
          .member_id = member_id,
          .facts = std::move(facts),
          .at = now};
}

template <class Facts>
int make_due_as(transaction& tx, const command& by, base::timestamp at) {
  std::vector<events::event> told;
  for (const auto& each : tx.execute(make_due, by.post_id, at, by.now).all<made_due>()) {
    Facts facts;
    facts.channel_name = each.channel_name;
    facts.scheduled_at = at;
    auto& added = told.emplace_back(of_post(tx, by.post_id, each.project_id, by.member_id, by.now, std::move(facts)));
    added.delivery_id = each.delivery_id;
    added.channel_id = each.channel_id;
  }
  events::append(tx, told);
  return static_cast<int>(told.size());
}

}  // namespace

bound_query<post> find(const base::uuid& id) { return {select_one, id}; }

bound_query<post> search(const sought& by, const page_bounds& page) {
  const auto states = by.states.empty() ? std::nullopt : std::optional{by.states};
  return {select_found, page.at, page.id, states, page.rows, by.project_id, by.channel_id, by.words};
}

bound_query<status_count> count_by_status(const std::optional<base::uuid>& project_id) {
  return {select_counts, project_id, most_counted + 1};
}

void insert(transaction& tx, const draft& made, base::timestamp now) {
  tx.queue(insert_post, made.id, made.project_id, made.author_id, made.title, made.text, made.variants,
           made.scheduled_at, now, made.image, made.lateness, made.media, made.options);
  show(tx, made.id, made.media);
  tx.queue(insert_deliveries, made.delivery_ids, made.channel_ids, made.id, made.project_id, made.scheduled_at, now);
  std::vector<events::event> told;
  told.push_back(of_post(tx, made.id, made.project_id, made.author_id, now,
                         domain::post_created{static_cast<int>(made.channel_ids.size())}));
  for (std::size_t i = 0; made.scheduled_at && i < made.channel_ids.size(); ++i) {
    domain::publish_scheduled facts{{}, made.scheduled_at};
    if (i < made.channel_names.size()) facts.channel_name = made.channel_names[i];
    auto& each = told.emplace_back(of_post(tx, made.id, made.project_id, made.author_id, now, std::move(facts)));
    each.delivery_id = made.delivery_ids[i];
    each.channel_id = made.channel_ids[i];
  }
  events::append(tx, told);
}

bool lock(transaction& tx, const base::uuid& id) {
  lock_tenant(tx);
  tx.queue(lock_deliveries, id);
  tx.queue(lock_agendas, id);
  return !tx.execute(lock_post, id).empty();
}

int schedule(transaction& tx, const command& by, base::timestamp at) {
  return make_due_as<domain::publish_scheduled>(tx, by, at);
}

int publish_now(transaction& tx, const command& by) { return make_due_as<domain::publish_requested>(tx, by, by.now); }

int cancel(transaction& tx, const command& by) {
  return withdraw_of_post(tx, by.post_id,
                          {.cause = domain::withdrawal_cause::cancelled, .member_id = by.member_id, .now = by.now});
}

bool is_approved_content(transaction& tx, const base::uuid& id) {
  return tx.execute(find_approval, id).get<bool>(0, 0);
}

bool update(transaction& tx, const command& by, const edit& wanted) {
  const auto changed =
      tx.execute(update_text, by.post_id, wanted.title, wanted.text, wanted.variants, by.now, wanted.image.is_given,
                 wanted.image.value, wanted.lateness.is_given, wanted.lateness.value, wanted.media, wanted.options);
  if (changed.empty()) return false;
  if (wanted.media) {
    tx.queue(hide_media, by.post_id);
    show(tx, by.post_id, *wanted.media);
  }
  events::append(tx,
                 of_post(tx, by.post_id, changed.get<base::uuid>(0, 0), by.member_id, by.now, domain::post_edited{}));
  return true;
}

std::vector<unresolved_delivery> find_unresolved(transaction& tx, const base::uuid& post_id) {
  return tx.execute(list_unresolved, post_id).all<unresolved_delivery>();
}

bool remove(transaction& tx, const command& by) {
  const auto changed = tx.execute(remove_one, by.post_id, by.now);
  if (changed.empty()) return false;
  events::append(tx,
                 of_post(tx, by.post_id, changed.get<base::uuid>(0, 0), by.member_id, by.now, domain::post_deleted{}));
  withdraw_of_post(tx, by.post_id,
                   {.cause = domain::withdrawal_cause::post_deleted, .member_id = by.member_id, .now = by.now});
  return true;
}

}  // namespace pulse::persistence::posts
