#include "http/routes/engagement/tracked_pages.hpp"

#include "domain/engagement/addresses.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/shown.hpp"
#include "persistence/engagement/found_posts.hpp"
#include "persistence/engagement/pages.hpp"
#include "persistence/events/events.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace pages = persistence::tracked_pages;
namespace posts = persistence::tracked_posts;
using domain::permission;
using pages::poll_status;
using persistence::transaction;
using server::verb;

/// The shortest interval between two polls of a page, however often somebody asks.
constexpr std::chrono::seconds least_between_polls{60};

using page_name = base::text<1, 200>;
using web_address = base::text<1, 2000>;

struct track_page_request {
  web_address url;
  std::optional<page_name> name;
  std::optional<web_address> feed_url;  // of the company's own site, with entries that link to the posts
};
BOOST_DESCRIBE_STRUCT(track_page_request, (), (url, name, feed_url))

struct change_page_request {
  std::optional<page_name> name;
  std::optional<base::bounded_int<0, 86'400>> first_delay_seconds;
  std::optional<base::bounded_int<1, 86'400>> gap_seconds;
  std::optional<base::bounded_int<0, 604'800>> spread_seconds;
  std::optional<base::bounded_int<60, 2'592'000>> expires_after_seconds;
  std::optional<base::bounded_int<0, 10'000>> acts_a_day;
};
BOOST_DESCRIBE_STRUCT(change_page_request, (),
                      (name, first_delay_seconds, gap_seconds, spread_seconds, expires_after_seconds, acts_a_day))

struct bring_post_request {
  web_address url;
  std::optional<base::text<0, 300>> title;
  std::optional<base::text<0, 5000>> text;
  std::optional<base::timestamp> published_at;  // default: now
};
BOOST_DESCRIBE_STRUCT(bring_post_request, (), (url, title, text, published_at))

template <std::int64_t Min, std::int64_t Max>
std::optional<int> number(const std::optional<base::bounded_int<Min, Max>>& given) {
  if (!given) return std::nullopt;
  return static_cast<int>(given->value);
}

result<pages::new_page> to_page(const request_context& context, const track_page_request& request) {
  auto read = domain::read_page_address(request.url.value, context.services.is_loopback_allowed);
  if (!read.page) return problems::invalid_field("/url", read.problem);
  pages::new_page made{.id = base::new_uuid(context.services.clock.now()),
                       .kind = read.page->kind,
                       .url = read.page->url,
                       .name = text_or(request.name, read.page->name),
                       .feed_url = std::nullopt,
                       .organization = std::nullopt,
                       .added_by = context.principal.member_id};
  if (is_blank(made.name)) return problems::invalid_field("/name", "must not be blank");
  if (made.kind == domain::page_kind::feed) made.feed_url = made.url;
  if (read.page->is_number && made.kind == domain::page_kind::linkedin)
    made.organization = "urn:li:organization:" + read.page->name;
  if (request.feed_url) {
    const auto feed = domain::read_page_address(request.feed_url->value, context.services.is_loopback_allowed);
    if (!feed.page || feed.page->kind != domain::page_kind::feed)
      return problems::invalid_field("/feed_url", feed.page ? "is not the address of a feed" : feed.problem);
    made.feed_url = feed.page->url;
  }
  return made;
}

void wake(const request_context& context) {
  if (context.services.engagement_waits) context.services.engagement_waits();
}

net::awaitable<reply<pages::tracked_page>> track_page(request_context& context, in_body<track_page_request> body) {
  auto wanted = to_page(context, body.value);
  if (!wanted) co_return wanted.error();
  auto job = [made = *wanted, now = context.services.clock.now()](transaction& tx) -> reply<pages::tracked_page> {
    if (!pages::insert(tx, made, now))
      return problems::conflict("too_many_pages", "A company tracks at most 10,000 pages. Remove one first.");
    return *pages::find(made.added_by, made.id).first(tx);
  };
  auto answer = co_await create_once(context, std::move(job));
  if (const auto* why = answer.why()) {
    if (why->constraint == pages::page_once)
      co_return problems::conflict("page_tracked", "That page is tracked already, however its address is spelled.");
    co_return answer;
  }
  wake(context);
  co_return answer;
}

net::awaitable<reply<page<pages::tracked_page>>> list_pages(request_context& context, in_query<page_request> query) {
  auto found = co_await read_all(context, pages::list(context.principal.member_id, bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<pages::tracked_page>));
}

net::awaitable<reply<pages::tracked_page>> show_page(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, pages::find(context.principal.member_id, path->id), "tracked page");
  co_return std::move(found);
}

net::awaitable<reply<pages::tracked_page>> change_page(request_context& context, in_path<by_id> path,
                                                       in_body<change_page_request> body) {
  if (body->name && is_blank(body->name->value)) co_return problems::invalid_field("/name", "must not be blank");
  const pages::page_changes to{.name = plain(body->name),
                               .first_delay_seconds = number(body->first_delay_seconds),
                               .gap_seconds = number(body->gap_seconds),
                               .spread_seconds = number(body->spread_seconds),
                               .expires_after_seconds = number(body->expires_after_seconds),
                               .acts_a_day = number(body->acts_a_day)};
  auto job = [to, id = path->id, who = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<pages::tracked_page> {
    if (!pages::change(tx, id, to, now)) return problems::not_found("tracked page");
    return *pages::find(who, id).first(tx);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

net::awaitable<reply<nothing>> remove_page(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) {
    return pages::remove(tx, id, now);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("tracked page");
  co_return nothing{};
}

// --- posts -----------------------------------------------------------------------------------------------------------

net::awaitable<reply<page<posts::tracked_post>>> list_posts(request_context& context, in_path<by_id> path,
                                                            in_query<page_request> query) {
  auto job = [id = path->id, who = context.principal.member_id,
              page = bounds_of(query.value)](transaction& tx) -> result<std::vector<posts::tracked_post>> {
    if (!pages::find(who, id).first(tx)) return problems::not_found("tracked page");
    return posts::list(id, page).all(tx);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  const auto key = [](const posts::tracked_post& row) { return page_key{row.published_at, row.id}; };
  co_return reply_page(context, make_page(std::move(*found), query.value, key));
}

net::awaitable<reply<posts::tracked_post>> add_post(request_context& context, in_path<by_id> path,
                                                    in_body<bring_post_request> body) {
  const auto address = domain::read_post_address(body->url.value);
  if (!address) co_return problems::invalid_field("/url", "is not the address of a post at LinkedIn");
  std::vector<field_error> errors;
  check_shown(body->title, "/title", errors);
  check_shown(body->text, "/text", errors);
  if (!errors.empty()) co_return problems::invalid_fields(std::move(errors));
  const auto now = context.services.clock.now();
  const posts::found_post seen{.external_id = address->urn,
                               .urn = address->urn,
                               .url = address->url,
                               .title = text_or(body->title, ""),
                               .text = text_or(body->text, ""),
                               .source = posts::post_source::link,
                               .brought_by = context.principal.member_id,
                               .published_at = body->published_at.value_or(now)};
  auto job = [seen, now, tenant_id = context.principal.tenant_id, page_id = path->id,
              who = context.principal.member_id](transaction& tx) -> reply<posts::tracked_post> {
    const auto its = pages::find(who, page_id).first(tx);
    if (!its) return problems::not_found("tracked page");
    const auto made = posts::add(tx, tenant_id, page_id, {seen}, now);
    if (made.fresh > 0) {
      domain::tracked_post_found facts;
      facts.page_name = its->name;
      facts.post_url = seen.url;
      facts.source = "link";
      facts.planned = made.planned;
      persistence::events::append(tx,
                                  {.tenant_id = tenant_id,
                                   .about = persistence::events::subject{domain::subject_kind::tracked_page, page_id},
                                   .member_id = who,
                                   .facts = std::move(facts),
                                   .at = now});
    }
    reply<posts::tracked_post> answer{*posts::find(page_id, seen.external_id).first(tx)};
    return made.fresh > 0 ? std::move(answer) : std::move(answer).status(200);
  };
  auto answer = co_await create_once(context, std::move(job));
  if (answer.why() == nullptr) wake(context);
  co_return answer;
}

// --- polling ---------------------------------------------------------------------------------------------------------

net::awaitable<reply<poll_status>> show_poll_status(request_context& context, in_path<by_id> path) {
  auto found =
      co_await read_one(context, pages::find_poll_status(path->id, context.services.clock.now()), "tracked page");
  co_return std::move(found);
}

net::awaitable<reply<poll_status>> poll_page(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) -> result<poll_status> {
    const bool is_due = pages::poll_now(tx, id, now, least_between_polls);
    auto status = pages::find_poll_status(id, now).first(tx);
    if (!status) return problems::not_found("tracked page");
    if (status->state == pages::poll_state::links_only)
      return problems::conflict(
          "not_polled",
          "Nothing of this page can be polled: connect an account that administers it, name the feed of the "
          "company's site, or bring its posts by their addresses.");
    if (!is_due) return problems::too_many_requests("one poll of a page a minute", least_between_polls);
    return std::move(*status);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  wake(context);
  co_return std::move(*done);
}

}  // namespace

void add_tracked_pages(route_table& table) {
  table.add(
      verb::post, "/tracked-pages", permission::track_pages, &track_page, "Track a company's page",
      {.success = 201,
       .idempotent = true,
       .problems = {409},
       .description =
           "A company's page at LinkedIn in any spelling, or the feed of its own site (RSS, Atom, JSON Feed). LinkedIn "
           "shows a page's posts only to its administrators, and Pulse never scrapes. Posts of other pages come from "
           "`feed_url`, by POST /tracked-pages/{id}/posts or from the WhatsApp sidecar."});
  table.add(verb::get, "/tracked-pages", permission::read_engagement, &list_pages,
            "List the pages that are tracked, newest first");
  table.add(verb::get, "/tracked-pages/{id}", permission::read_engagement, &show_page, "Show a tracked page",
            {.problems = {404}});
  table.add(verb::patch, "/tracked-pages/{id}", permission::track_pages, &change_page,
            "Change a tracked page: its name, and how its posts are spread",
            {.problems = {404}, .description = "Existing plans stay."});
  table.add(verb::delete_, "/tracked-pages/{id}", permission::track_pages, &remove_page,
            "Stop tracking a page; acts that wait under its posts are skipped", {.success = 204, .problems = {404}});
  table.add(verb::get, "/tracked-pages/{id}/posts", permission::read_engagement, &list_posts,
            "List the posts found on a page, newest first", {.problems = {404}});
  table.add(verb::post, "/tracked-pages/{id}/posts", permission::track_pages, &add_post,
            "Add a post of a page by its address",
            {.success = 201,
             .also = 200,
             .idempotent = true,
             .problems = {404},
             .description = "A post that is known already answers 200."});
  table.add(verb::post, "/tracked-pages/{id}/poll", permission::track_pages, &poll_page,
            "Look for new posts of a page now", {.success = 202, .problems = {404, 409, 429}});
  table.add(verb::get, "/tracked-pages/{id}/poll-status", permission::read_engagement, &show_poll_status,
            "Show the state of polling a page", {.problems = {404}});
}

}  // namespace pulse::http::routes
