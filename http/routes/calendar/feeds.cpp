#include "http/routes/calendar/feeds.hpp"

#include <fmt/core.h>

#include "base/secure.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/calendar/icalendar.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/server/conditional.hpp"
#include "persistence/calendar/entries.hpp"
#include "persistence/calendar/feeds.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace calendar = persistence::calendar;
using calendar::calendar_feed;
using persistence::transaction;

constexpr std::size_t secret_bytes = 32;
/// No secret of ours is longer, so a longer one is not looked up.
constexpr std::size_t most_secret_characters = 64;
constexpr std::string_view file_ending = ".ics";

/// The window of time that a feed shows.
constexpr std::chrono::days shown_back{90};
constexpr std::chrono::days shown_ahead{366};
constexpr int most_posts_of_feed = 2'000;

using feed_name = base::text<1, 120>;

struct create_feed_request {
  base::uuid project_id;
  std::optional<feed_name> name;  // default: the project's
};
BOOST_DESCRIBE_STRUCT(create_feed_request, (), (project_id, name))

struct created_calendar_feed : calendar_feed {
  std::string url;  // shown only once
};
BOOST_DESCRIBE_STRUCT(created_calendar_feed, (calendar_feed), (url))

struct list_feeds_query : page_request {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(list_feeds_query, (page_request), (project_id))

struct by_file {
  base::text<1, 120> file;
};
BOOST_DESCRIBE_STRUCT(by_file, (), (file))

asio::awaitable<reply<created_calendar_feed>> create_feed(request_context& context, in_body<create_feed_request> body) {
  if (body->name && is_blank(body->name->value)) co_return problems::invalid_field("/name", "must not be blank");
  const auto now = context.services.clock.now();
  const auto secret = base::random_token(secret_bytes);
  calendar_feed wanted{.id = base::new_uuid(now),
                       .project_id = body->project_id,
                       .member_id = context.principal.member_id,
                       .name = text_or(body->name, ""),
                       .created_at = now,
                       .last_read_at = {}};
  auto job = [wanted, hash = calendar::hash_secret(secret)](transaction& tx) -> result<calendar_feed> {
    auto made = wanted;
    const auto project = persistence::projects::find(made.project_id).first(tx);
    if (!project) return no_such_project(at_field("/project_id", "is no project here"));
    if (made.name.empty()) made.name = project->name;
    if (!calendar::insert(tx, made, hash)) {
      return problems::conflict("too_many_feeds",
                                fmt::format("The project has {} calendar feeds. Revoke one that nobody reads.",
                                            calendar::most_feeds_of_project));
    }
    return made;
  };
  auto made = co_await in_transaction(context, job);
  if (!made) co_return made.error();
  auto url = fmt::format("{}/calendar/ics/{}{}", context.services.addresses.api_url(), secret, file_ending);
  created_calendar_feed answer{{std::move(*made)}, std::move(url)};
  co_return reply<created_calendar_feed>{std::move(answer)}.with("cache-control", "no-store");
}

asio::awaitable<reply<page<calendar_feed>>> list_feeds(request_context& context, in_query<list_feeds_query> query) {
  auto found = co_await read_all(context, calendar::list_feeds(query->project_id, bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<calendar_feed>));
}

asio::awaitable<reply<nothing>> revoke_feed(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) {
    return calendar::revoke(tx, id, now);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("calendar feed");
  co_return nothing{};
}

/// The secret is the credential. A wrong one gets the same 404 as a revoked one.
asio::awaitable<reply<document>> show_feed(request_context& context, in_path<by_file> path) {
  std::string secret = path->file.value;
  if (!secret.ends_with(file_ending) || secret.size() > most_secret_characters) {
    co_return problems::not_found("calendar feed");
  }
  secret.resize(secret.size() - file_ending.size());
  auto owner = co_await read_first_of(context, std::nullopt, calendar::find_owner(calendar::hash_secret(secret)));
  if (!owner) co_return owner.error();
  if (!*owner) co_return problems::not_found("calendar feed");
  const auto now = context.services.clock.now();
  auto job = [id = (*owner)->feed_id, now,
              url = context.services.addresses.app_url()](transaction& tx) -> result<icalendar_content> {
    const auto feed = calendar::open(tx, id, now);
    if (!feed) return problems::not_found("calendar feed");
    return icalendar_content{
        .name = feed->name,
        .time_zone = feed->time_zone,
        .app_url = url,
        .posts =
            calendar::list_posts(feed->project_id, now - shown_back, now + shown_ahead, most_posts_of_feed).all(tx)};
  };
  auto content = co_await in_transaction(context, (*owner)->tenant_id, job);
  if (!content) co_return content.error();
  auto body = to_icalendar(*content);
  auto etag = server::make_etag(body);
  document made{.body = std::move(body), .shared_body = nullptr, .media_type = {}, .compressible = true};
  co_return reply<document>{std::move(made)}
      .with("etag", std::move(etag))
      .with("cache-control", "private, no-cache")
      .with("content-disposition", "inline; filename=\"pulse.ics\"");
}

}  // namespace

void add_calendar_feeds(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::post, "/calendar/feeds", permission::publish_posts, &create_feed, "Make a calendar feed",
             {.success = 201,
              .problems = {404, 409},
              .description = "A secret address at which calendar programs read the project's calendar without signing "
                             "in. It is shown only once, and works until it is revoked or its maker is no longer "
                             "active."});
  routes.add(verb::get, "/calendar/feeds", permission::read_posts, &list_feeds,
             "List the calendar feeds that are not revoked, newest first");
  routes.add(verb::delete_, "/calendar/feeds/{id}", permission::publish_posts, &revoke_feed, "Revoke a calendar feed",
             {.success = 204, .problems = {404}, .description = "Its address answers 404 from then on."});
  routes.add(verb::get, "/calendar/ics/{file}", permission::public_, &show_feed, "Read a calendar feed",
             {.any_query = true,
              .media_type = "text/calendar; charset=utf-8",
              .problems = {404},
              .description = "iCalendar (RFC 5545): what is planned from 90 days ago to a year ahead. `file` is the "
                             "secret, then .ics."});
}

}  // namespace pulse::http::routes
