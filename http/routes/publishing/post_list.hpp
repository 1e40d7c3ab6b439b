// GET /posts: which posts, and in which order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "http/api/pagination.hpp"
#include "http/api/parameters.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/posts_by_time.hpp"

namespace pulse::http::routes {

/// Groups of states for filters: `trouble` and `scheduled` each join several.
enum class post_group { draft, scheduled, needs_attention, trouble, published, cancelled };
BOOST_DESCRIBE_ENUM(post_group, draft, scheduled, needs_attention, trouble, published, cancelled)

/// By when they were written, or by the time for which they are scheduled.
enum class post_order { newest_first, soonest_first, latest_first };
BOOST_DESCRIBE_ENUM(post_order, newest_first, soonest_first, latest_first)

/// The last row of a page, in the order in which it was listed.
struct post_place {
  post_order order = post_order::newest_first;
  bool is_timed = false;  // it has a time; where the order is by creation, no matter
  page_key after;

  friend bool operator==(const post_place&, const post_place&) = default;
};

/// The public form of a place: a page_key's, with a letter before it where the order is not by creation.
std::string to_post_cursor(const post_place& place);
std::optional<post_place> parse_post_cursor(std::string_view text);

struct list_posts_query {
  std::optional<page_limit> limit;
  std::optional<post_place> cursor;
  std::optional<base::uuid> project_id;
  std::optional<domain::post_state> status;
  std::optional<post_group> group;       // of states; `trouble`: failed, published_partial, missed
  std::optional<base::uuid> channel_id;  // posts that go to it
  std::optional<base::text<1, 100>> q;   // words in the title or the text
  std::optional<post_order> sort;        // default: newest_first
};
BOOST_DESCRIBE_STRUCT(list_posts_query, (), (limit, cursor, project_id, status, group, channel_id, q, sort))

boost::asio::awaitable<reply<page<persistence::posts::post>>> list_posts(request_context& context,
                                                                         in_query<list_posts_query> query);

}  // namespace pulse::http::routes

template <>
struct pulse::base::json::string_form<pulse::http::routes::post_place> {
  static constexpr std::string_view expected = "the next_cursor of an earlier page";
  static constexpr std::string_view format = "";
  static std::optional<http::routes::post_place> parse(std::string_view text) {
    return http::routes::parse_post_cursor(text);
  }
  static std::string write(const http::routes::post_place& value) { return http::routes::to_post_cursor(value); }
};
