#include "persistence/engagement/pages.hpp"

#include <chrono>

#include "domain/engagement/shared_feeds.hpp"

namespace pulse::persistence::tracked_pages {

namespace {

#define PULSE_PAGE_COLUMNS                                                                                     \
  "p.id, p.kind, p.url, p.name, p.feed_url, p.first_delay_seconds, p.gap_seconds, p.spread_seconds, "          \
  "p.expires_after_seconds, p.acts_a_day, "                                                                    \
  "(SELECT count(*) FROM tracked_page_subscriptions s JOIN members m ON m.tenant_id = s.tenant_id AND m.id = " \
  "s.member_id "                                                                                               \
  " WHERE s.tenant_id = p.tenant_id AND s.page_id = p.id AND m.is_active) AS subscribers, "                    \
  "EXISTS (SELECT FROM tracked_page_subscriptions s WHERE s.tenant_id = p.tenant_id AND s.page_id = p.id "     \
  " AND s.member_id = $1::uuid) AS is_subscribed, "                                                            \
  "(SELECT count(*) FROM tracked_posts o WHERE o.tenant_id = p.tenant_id AND o.page_id = p.id) AS posts, "     \
  "(SELECT max(o.published_at) FROM tracked_posts o WHERE o.tenant_id = p.tenant_id AND o.page_id = p.id) AS " \
  "last_post_at, "                                                                                             \
  "p.next_poll_at, p.last_polled_at, p.poll_problem, p.poll_hold, p.created_at"

constexpr statement select_page{"list_tracked_pages", "SELECT " PULSE_PAGE_COLUMNS R"sql(
  FROM tracked_pages p
  WHERE p.tenant_id = pulse_tenant() AND p.deleted_at IS NULL AND (p.created_at, p.id) < ($2::timestamptz, $3::uuid)
  ORDER BY p.created_at DESC, p.id DESC LIMIT $4)sql"};

constexpr statement select_one{"find_tracked_page", "SELECT " PULSE_PAGE_COLUMNS R"sql(
  FROM tracked_pages p WHERE p.tenant_id = pulse_tenant() AND p.id = $2::uuid AND p.deleted_at IS NULL)sql"};

constexpr statement select_poll_status{"find_poll_status", R"sql(
  SELECT p.id AS page_id,
         CASE WHEN p.next_poll_at IS NULL THEN 'links_only' WHEN p.polling_until > $2::timestamptz THEN 'polling'
              WHEN p.poll_hold IS NOT NULL THEN 'held' WHEN p.poll_failures > 0 THEN 'failing' ELSE 'waiting' END AS state,
         p.last_polled_at, p.last_success_at, p.next_poll_at, p.poll_failures AS failures, p.poll_problem AS problem,
         p.poll_hold AS hold, p.is_shared,
         (SELECT count(*) FROM tracked_posts o WHERE o.tenant_id = p.tenant_id AND o.page_id = p.id) AS posts
  FROM tracked_pages p WHERE p.tenant_id = pulse_tenant() AND p.id = $1::uuid AND p.deleted_at IS NULL)sql"};

constexpr statement select_subscription{"find_subscription", R"sql(
  SELECT page_id, member_id, likes, comments, like_mode, comment_mode, reaction, polling, created_at, updated_at
  FROM tracked_page_subscriptions WHERE tenant_id = pulse_tenant() AND page_id = $1::uuid AND member_id = $2::uuid)sql"};

constexpr statement insert_one{"insert_tracked_page", R"sql(
  INSERT INTO tracked_pages (tenant_id, id, kind, url, name, feed_url, organization, added_by, next_poll_at, created_at, updated_at,
    is_shared)
  SELECT pulse_tenant(), $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::uuid, $8::timestamptz, $8::timestamptz,
         $8::timestamptz, $10::boolean
  WHERE (SELECT count(*) FROM tracked_pages WHERE tenant_id = pulse_tenant() AND deleted_at IS NULL) < $9::bigint)sql"};

constexpr statement insert_many{"insert_tracked_pages", R"sql(
  INSERT INTO tracked_pages (tenant_id, id, kind, url, name, feed_url, organization, added_by, next_poll_at, created_at, updated_at,
    is_shared)
  SELECT pulse_tenant(), i.id, i.kind, i.url, i.name, i.feed_url, i.organization, $7::uuid, $8::timestamptz, $8::timestamptz, $8::timestamptz,
         i.is_shared
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $10::boolean[])
    AS i (id, kind, url, name, feed_url, organization, is_shared)
  LIMIT greatest(0, $9::bigint - (SELECT count(*) FROM tracked_pages WHERE tenant_id = pulse_tenant() AND deleted_at IS NULL))
  ON CONFLICT (tenant_id, url) WHERE deleted_at IS NULL DO NOTHING)sql"};

constexpr statement change_one{"change_tracked_page", R"sql(
  UPDATE tracked_pages
  SET name = coalesce($2::text, name), first_delay_seconds = coalesce($3::integer, first_delay_seconds),
      gap_seconds = coalesce($4::integer, gap_seconds), spread_seconds = coalesce($5::integer, spread_seconds),
      expires_after_seconds = coalesce($6::integer, expires_after_seconds), acts_a_day = coalesce($7::integer, acts_a_day),
      updated_at = $8::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid AND deleted_at IS NULL)sql"};

constexpr statement remove_one{"remove_tracked_page", R"sql(
  UPDATE tracked_pages SET deleted_at = $2::timestamptz, updated_at = $2::timestamptz, next_poll_at = NULL
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid AND deleted_at IS NULL)sql"};

constexpr statement skip_of_page{"skip_engagements_of_page", R"sql(
  UPDATE engagements SET state = 'skipped', reason = $3::text, finished_at = $2::timestamptz, updated_at = $2::timestamptz
  WHERE tenant_id = pulse_tenant() AND page_id = $1::uuid AND state IN ('queued', 'waiting_confirmation')
    AND ($4::uuid IS NULL OR member_id = $4::uuid))sql"};

constexpr statement make_due{"poll_page_now", R"sql(
  UPDATE tracked_pages SET next_poll_at = $2::timestamptz, asked_at = $2::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid AND deleted_at IS NULL AND next_poll_at IS NOT NULL
    AND (last_polled_at IS NULL OR last_polled_at <= $3::timestamptz) AND (asked_at IS NULL OR asked_at <= $3::timestamptz))sql"};

constexpr statement store_one{"store_subscription", R"sql(
  INSERT INTO tracked_page_subscriptions (tenant_id, page_id, member_id, likes, comments, like_mode, comment_mode, reaction, polling,
    created_at, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (tenant_id, page_id, member_id) DO UPDATE
  SET likes = excluded.likes, comments = excluded.comments, like_mode = excluded.like_mode, comment_mode = excluded.comment_mode,
      reaction = excluded.reaction, polling = excluded.polling, updated_at = excluded.updated_at)sql"};

constexpr statement remove_subscription{"remove_subscription", R"sql(
  DELETE FROM tracked_page_subscriptions WHERE tenant_id = pulse_tenant() AND page_id = $1::uuid AND member_id = $2::uuid)sql"};

bool is_shared(const new_page& of) { return of.feed_url && domain::may_share_feed(*of.feed_url); }

}  // namespace

bound_query<tracked_page> list(const base::uuid& viewer_id, const page_bounds& page) {
  return {select_page, viewer_id, page.at, page.id, page.rows};
}

bound_query<tracked_page> find(const base::uuid& viewer_id, const base::uuid& id) {
  return {select_one, viewer_id, id};
}

bound_query<poll_status> find_poll_status(const base::uuid& page_id, base::timestamp now) {
  return {select_poll_status, page_id, now};
}

bound_query<page_subscription> find_subscription(const base::uuid& page_id, const base::uuid& member_id) {
  return {select_subscription, page_id, member_id};
}

bool insert(transaction& tx, const new_page& made, base::timestamp now) {
  return tx.execute(insert_one, made.id, made.kind, made.url, made.name, made.feed_url, made.organization,
                    made.added_by, now, most_pages, is_shared(made))
             .affected() == 1;
}

std::int64_t insert_all(transaction& tx, const std::vector<new_page>& made, base::timestamp now) {
  if (made.empty()) return 0;
  std::vector<base::uuid> ids;
  std::vector<std::string> kinds, urls, names;
  std::vector<std::optional<std::string>> feeds, organizations;
  std::vector<std::optional<bool>> shared;
  for (const auto& each : made) {
    ids.push_back(each.id);
    kinds.emplace_back(base::to_name(each.kind));
    urls.push_back(each.url);
    names.push_back(each.name);
    feeds.push_back(each.feed_url);
    organizations.push_back(each.organization);
    shared.emplace_back(is_shared(each));
  }
  return tx
      .execute(insert_many, ids, kinds, urls, names, feeds, organizations, made.front().added_by, now, most_pages,
               shared)
      .affected();
}

bool change(transaction& tx, const base::uuid& id, const page_changes& to, base::timestamp now) {
  return tx.execute(change_one, id, to.name, to.first_delay_seconds, to.gap_seconds, to.spread_seconds,
                    to.expires_after_seconds, to.acts_a_day, now)
             .affected() == 1;
}

bool remove(transaction& tx, const base::uuid& id, base::timestamp now) {
  if (tx.execute(remove_one, id, now).affected() != 1) return false;
  tx.queue(skip_of_page, id, now, "the page is tracked no more", std::optional<base::uuid>{});
  return true;
}

bool poll_now(transaction& tx, const base::uuid& id, base::timestamp now, std::chrono::seconds least) {
  return tx.execute(make_due, id, now, now - least).affected() == 1;
}

void store(transaction& tx, const page_subscription& wanted) {
  tx.execute(store_one, wanted.page_id, wanted.member_id, wanted.likes, wanted.comments, wanted.like_mode,
             wanted.comment_mode, wanted.reaction, wanted.polling, wanted.created_at, wanted.updated_at);
}

bool unsubscribe(transaction& tx, const base::uuid& page_id, const base::uuid& member_id, base::timestamp now) {
  if (tx.execute(remove_subscription, page_id, member_id).affected() != 1) return false;
  tx.queue(skip_of_page, page_id, now, "the member no longer follows the page", std::optional{member_id});
  return true;
}

}  // namespace pulse::persistence::tracked_pages
