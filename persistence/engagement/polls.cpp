#include "persistence/engagement/polls.hpp"

#include "domain/engagement/polling.hpp"
#include "persistence/engagement/page_logins.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::polls {

namespace {

constexpr statement select_due{"take_due_pages", R"sql(
  UPDATE tracked_pages p SET polling_until = $2::timestamptz
  FROM (
    SELECT q.tenant_id, q.id FROM tracked_pages q JOIN tenants t ON t.id = q.tenant_id AND t.suspended_at IS NULL
    WHERE q.next_poll_at <= $1::timestamptz AND q.deleted_at IS NULL AND (q.polling_until IS NULL OR q.polling_until <= $1::timestamptz)
      AND EXISTS (SELECT FROM tracked_page_subscriptions s WHERE s.tenant_id = q.tenant_id AND s.page_id = q.id AND s.polling)
      AND (q.kind = 'feed' OR NOT EXISTS (
        SELECT FROM tenant_owners o JOIN nodes n ON n.id = o.node_id AND n.lease_until > $1::timestamptz
        WHERE o.tenant_id = q.tenant_id AND o.node_id <> $4::uuid))
    ORDER BY q.next_poll_at LIMIT $3 FOR UPDATE OF q SKIP LOCKED) due
  WHERE p.tenant_id = due.tenant_id AND p.id = due.id
  RETURNING p.tenant_id, p.id, p.kind, p.name, p.url, p.feed_url, p.organization, p.etag, p.last_modified, p.poll_failures,
    p.is_shared AND EXISTS (SELECT FROM tracked_pages o WHERE o.feed_url = p.feed_url AND o.is_shared AND o.deleted_at IS NULL
                            AND (o.tenant_id, o.id) <> (p.tenant_id, p.id)) AS has_others,
    p.asked_at IS NOT NULL OR p.last_polled_at IS NULL AS is_urgent, p.created_at, p.feed_seen)sql"};

constexpr statement select_times{"select_times_of_posts", R"sql(
  SELECT published_at AS at FROM tracked_posts WHERE tenant_id = $1::uuid AND page_id = $2::uuid ORDER BY published_at DESC, id DESC LIMIT 10)sql"};

struct time_row {
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(time_row, (), (at))

constexpr statement note_poll{"note_poll", R"sql(
  UPDATE tracked_pages
  SET polling_until = NULL, last_polled_at = $3::timestamptz,
      last_success_at = CASE WHEN $4::text IS NULL THEN $3::timestamptz ELSE last_success_at END,
      poll_failures = $5::integer, poll_problem = $4::text, next_poll_at = $6::timestamptz,
      etag = CASE WHEN $4::text IS NULL THEN $7::text ELSE etag END,
      last_modified = CASE WHEN $4::text IS NULL THEN $8::text ELSE last_modified END,
      is_shared = $9::boolean, asked_at = NULL, poll_hold = NULL, feed_seen = coalesce($10::timestamptz, feed_seen)
  WHERE tenant_id = $1::uuid AND id = $2::uuid AND deleted_at IS NULL)sql"};

constexpr statement note_wait{"note_poll_wait", R"sql(
  UPDATE tracked_pages SET polling_until = NULL, next_poll_at = $3::timestamptz, poll_hold = $4::text
  WHERE tenant_id = $1::uuid AND id = $2::uuid AND deleted_at IS NULL)sql"};

/// Failures in a row of which people are told: the first, and when it goes on.
bool is_told(int failures) { return failures == 1 || failures == 5; }

void tell(transaction& tx, const due_page& page, domain::event_facts facts, base::timestamp now) {
  events::append(tx, {.tenant_id = page.tenant_id,
                      .about = events::subject{domain::subject_kind::tracked_page, page.id},
                      .facts = std::move(facts),
                      .at = now});
}

}  // namespace

std::vector<due_page> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit,
                               const base::uuid& node) {
  auto pages = tx.execute(select_due, now, until, limit, node).all<due_page>();
  std::vector<due_page*> feeds;
  std::vector<shared_feeds::feed_wish> wishes;
  for (auto& each : pages) {
    if (each.kind != domain::page_kind::feed || !each.feed_url) continue;
    feeds.push_back(&each);
    wishes.push_back(wish_of(each));
  }
  auto turns = shared_feeds::take_turns(tx, wishes, now, until);
  for (std::size_t i = 0; i < feeds.size(); ++i) feeds[i]->turn = std::move(turns[i]);
  return pages;
}

shared_feeds::feed_wish wish_of(const due_page& page) {
  return {page.feed_url.value_or(""), page.has_others, page.is_urgent};
}

int record(transaction& tx, const due_page& page, const page_answer& answer, base::timestamp now, double spread) {
  auto seen = answer.feed_seen;
  if (answer.turn) seen = shared_feeds::end_turn(tx, *answer.turn, answer.brought, now, spread);
  if (answer.waits_until) {
    tx.queue(note_wait, page.tenant_id, page.id, *answer.waits_until, answer.hold);
    return 0;
  }
  int fresh = 0;
  for (const auto& each : answer.posts) {
    const auto made = tracked_posts::add(tx, page.tenant_id, page.id, {each}, now);
    if (made.fresh == 0) continue;
    ++fresh;
    domain::tracked_post_found facts;
    facts.page_name = page.name;
    facts.post_url = each.url;
    facts.source = std::string{base::to_name(each.source)};
    facts.planned = made.planned;
    tell(tx, page, std::move(facts), now);
  }
  std::vector<base::timestamp> posted;
  for (const auto& each : tx.execute(select_times, page.tenant_id, page.id).all<time_row>()) posted.push_back(each.at);
  const int failures = answer.problem ? page.poll_failures + 1 : 0;
  std::optional<base::timestamp> next;
  if (answer.has_source)
    next = domain::next_poll(posted, {.failures = failures, .retry_at = answer.retry_at}, now, spread);
  tx.queue(note_poll, page.tenant_id, page.id, now, answer.problem, failures, next, answer.etag, answer.last_modified,
           page.feed_url && domain::may_share_feed(*page.feed_url), seen);
  if (answer.organization && answer.organization != page.organization)
    page_logins::note_organization(tx, page.tenant_id, page.id, *answer.organization);
  if (answer.problem && is_told(failures)) {
    domain::page_poll_failed facts;
    facts.page_name = page.name;
    facts.failures = failures;
    facts.until = next;
    facts.reason = *answer.problem;
    tell(tx, page, std::move(facts), now);
  }
  return fresh;
}

}  // namespace pulse::persistence::polls
