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
    ORDER BY q.next_poll_at LIMIT $3 FOR UPDATE OF q SKIP LOCKED) due
  WHERE p.tenant_id = due.tenant_id AND p.id = due.id
  RETURNING p.tenant_id, p.id, p.kind, p.name, p.url, p.feed_url, p.organization, p.etag, p.last_modified, p.poll_failures)sql"};

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
      last_modified = CASE WHEN $4::text IS NULL THEN $8::text ELSE last_modified END
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

std::vector<due_page> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit) {
  return tx.execute(select_due, now, until, limit).all<due_page>();
}

int record(transaction& tx, const due_page& page, const page_answer& answer, base::timestamp now, double spread) {
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
  tx.queue(note_poll, page.tenant_id, page.id, now, answer.problem, failures, next, answer.etag, answer.last_modified);
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
