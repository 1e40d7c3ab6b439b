#include "http/routes/engagement/found_posts.hpp"

#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/engagement/feed.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace posts = persistence::tracked_posts;
using domain::permission;
using posts::feed_post;
using server::verb;

struct feed_query : page_request {
  std::optional<base::uuid> page_id;
};
BOOST_DESCRIBE_STRUCT(feed_query, (page_request), (page_id))

net::awaitable<reply<page<feed_post>>> list_feed(request_context& context, in_query<feed_query> query) {
  auto found = co_await read_all(context, posts::list_all(query->page_id, bounds_of(query.value)));
  if (!found) co_return found.error();
  const auto key = [](const feed_post& row) { return page_key{row.published_at, row.id}; };
  co_return reply_page(context, make_page(std::move(*found), query.value, key));
}

net::awaitable<reply<feed_post>> show_post(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, posts::find_one(path->id), "post");
  co_return std::move(found);
}

}  // namespace

void add_found_posts(route_table& table) {
  table.add(verb::get, "/tracked-posts", permission::read_engagement, &list_feed,
            "List the posts found on all tracked pages, newest first");
  table.add(verb::get, "/tracked-posts/{id}", permission::read_engagement, &show_post, "Show a post that was found",
            {.problems = {404}});
}

}  // namespace pulse::http::routes
