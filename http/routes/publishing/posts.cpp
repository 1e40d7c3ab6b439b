#include "http/routes/publishing/posts.hpp"

#include <algorithm>

#include "http/api/pagination.hpp"
#include "http/api/precondition.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/post_commands.hpp"
#include "http/routes/publishing/post_list.hpp"
#include "http/routes/publishing/post_writing.hpp"
#include "persistence/explaining/timeline.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace posts = persistence::posts;
namespace timeline = persistence::timeline;
using persistence::transaction;
using posts::post;

struct count_posts_query {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(count_posts_query, (), (project_id))

struct post_counts {
  std::int64_t draft = 0;
  std::int64_t scheduled = 0;
  std::int64_t publishing = 0;
  std::int64_t published = 0;
  std::int64_t published_partial = 0;
  std::int64_t failed = 0;
  std::int64_t needs_attention = 0;
  std::int64_t missed = 0;
  std::int64_t cancelled = 0;
  bool is_complete = true;  // false: only the newest are counted
};
BOOST_DESCRIBE_STRUCT(post_counts, (),
                      (draft, scheduled, publishing, published, published_partial, failed, needs_attention, missed,
                       cancelled, is_complete))

/// A timeline has longer pages than other lists, because clients mostly want all of it.
struct timeline_query {
  static constexpr std::int64_t size_default = 500;

  std::optional<base::bounded_int<1, 1000>> limit;
  std::optional<page_key> cursor;

  std::size_t size() const { return static_cast<std::size_t>(limit ? limit->value : size_default); }
};
BOOST_DESCRIBE_STRUCT(timeline_query, (), (limit, cursor))

asio::awaitable<reply<post_counts>> count_posts(request_context& context, in_query<count_posts_query> query) {
  auto rows = co_await read_all(context, posts::count_by_status(query->project_id));
  if (!rows) co_return rows.error();
  post_counts made;
  std::int64_t total = 0;
  for (const auto& each : *rows) {
    total += each.posts;
    base::for_each_member<post_counts>([&](std::string_view name, auto pointer) {
      if constexpr (std::is_same_v<decltype(pointer), std::int64_t post_counts::*>) {
        if (name == base::to_name(each.status)) made.*pointer = each.posts;
      }
    });
  }
  made.is_complete = total <= posts::most_counted;
  co_return made;
}

asio::awaitable<reply<post>> get_post(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, posts::find(path->id), "post");
  if (!found) co_return found.error();
  auto etag = etag_of(*found);
  co_return reply<post>{std::move(*found)}.with("etag", std::move(etag));
}

asio::awaitable<reply<page<timeline::timeline_entry>>> get_timeline(request_context& context, in_path<by_id> path,
                                                                    in_query<timeline_query> query) {
  const auto after = query->cursor.value_or(page_key{});
  auto wanted = timeline::list(path->id, {after.at, after.id, static_cast<std::int64_t>(query->size()) + 1});
  auto found = co_await read_all(context, std::move(wanted));
  if (!found) co_return found.error();
  // Every post has a first event, so an empty first page means that there is no such post.
  if (found->empty() && !query->cursor) co_return problems::not_found("post");
  page<timeline::timeline_entry> made;
  for (auto& each : *found) {
    if (made.items.size() == query->size()) {
      const auto& last = (*found)[query->size() - 1];
      made.next_cursor = to_cursor({.at = last.at, .id = last.place});
      break;
    }
    made.items.push_back(timeline::tell(std::move(each)));
  }
  co_return reply_page(context, std::move(made));
}

}  // namespace

void add_posts(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/posts", permission::write_posts, &create_post, "Write a post",
      {.success = 201,
       .idempotent = true,
       .problems = {404},
       .description =
           "A draft, or with `scheduled_at` a scheduled post. It goes to the channels named, or to all active ones of "
           "its project. `image` is an https address that the platforms can fetch; channels that take no image get the "
           "text alone. Or `media` of the project's library, made smaller where a platform needs it; in the answer "
           "`image` is the first picture of them. `lateness` says what happens when it cannot start in time; the "
           "project's when it is left out. What is scheduled is judged by the project's guardrails where they bind "
           "people, as by POST /posts/{id}/schedule."});
  routes.add(
      verb::get, "/posts", permission::read_posts, &list_posts, "List the posts",
      {.problems = {404, 429},
       .description =
           "`group` joins several states: `trouble` is failed, published in part, or missed; `scheduled` includes "
           "posts that are going out now. `q` is searched in title and text, ignoring case. `sort` is `newest_first`, "
           "by when they were written, or by `scheduled_at`: `soonest_first`, `latest_first`. Posts without a time "
           "come "
           "last then, the newest first. A cursor goes on in its own `sort` and is refused with another. `lateness_ms` "
           "is the time from due to the first byte at the platform, for what was published, of a thread its first "
           "part; "
           "of several channels the largest.",
       .costly = true});
  routes.add(verb::get, "/posts/counts", permission::read_posts, &count_posts, "Count the posts by state",
             {.problems = {429},
              .description = "Of the newest 10,000 posts; `is_complete` says whether those are all.",
              .costly = true});
  routes.add(verb::get, "/posts/{id}", permission::read_posts, &get_post, "Read a post with its deliveries",
             {.problems = {404}});
  routes.add(
      verb::patch, "/posts/{id}", permission::write_posts, &update_post, "Edit a post",
      {.conditional = true,
       .problems = {404, 409},
       .description = "Only until a part of it has begun to go out. Omitted fields keep their values; null removes the "
                      "image or returns to the project's lateness. New words of a scheduled post are judged by the "
                      "project's guardrails where they bind people: 409, which `override_reason` overrides."});
  routes.add(verb::get, "/posts/{id}/timeline", permission::read_posts, &get_timeline, "Read the timeline of a post",
             {.problems = {404}});
  add_post_commands(routes);
}

}  // namespace pulse::http::routes
