#include "http/routes/publishing/post_list.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "persistence/publishing/post_lists.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace posts = persistence::posts;
using posts::post;

/// How a cursor of each order begins: with a time, and without.
struct cursor_letter {
  char letter;
  post_order order;
  bool is_timed;
};
constexpr std::array<cursor_letter, 4> cursor_letters{{{'s', post_order::soonest_first, true},
                                                       {'S', post_order::soonest_first, false},
                                                       {'l', post_order::latest_first, true},
                                                       {'L', post_order::latest_first, false}}};

/// The requested states; an empty list means all.
std::vector<domain::post_state> states_of(const list_posts_query& request) {
  using domain::post_state;
  if (request.status) return {*request.status};
  if (!request.group) return {};
  switch (*request.group) {
    case post_group::draft: return {post_state::draft};
    case post_group::scheduled: return {post_state::scheduled, post_state::publishing};
    case post_group::needs_attention: return {post_state::needs_attention};
    case post_group::trouble: return {post_state::failed, post_state::published_partial, post_state::missed};
    case post_group::published: return {post_state::published};
    case post_group::cancelled: return {post_state::cancelled};
  }
  return {};
}

/// The page as every list has it.
page_request page_of(const list_posts_query& request) {
  page_request made;
  made.limit = request.limit;
  if (request.cursor) made.cursor = request.cursor->after;
  return made;
}

posts::sought sought_of(const list_posts_query& request) {
  return {states_of(request), request.project_id, request.channel_id, plain(request.q)};
}

persistence::bound_query<post> query_of(const list_posts_query& request) {
  const auto page = bounds_of(page_of(request));
  if (request.group || request.channel_id || request.q) return posts::search(sought_of(request), page);
  return posts::list_posts({.project_id = request.project_id,
                            .status = request.status,
                            .before = page.at,
                            .before_id = page.id,
                            .limit = page.rows});
}

/// The order by time, or nothing: by creation.
std::optional<posts::time_order> time_order_of(post_order order) {
  switch (order) {
    case post_order::newest_first: return std::nullopt;
    case post_order::soonest_first: return posts::time_order::soonest_first;
    case post_order::latest_first: return posts::time_order::latest_first;
  }
  return std::nullopt;
}

posts::place_by_time start_of(const list_posts_query& request, posts::time_order order) {
  if (!request.cursor) return posts::start_of(order);
  return {request.cursor->is_timed, request.cursor->after.at, request.cursor->after.id};
}

asio::awaitable<result<std::vector<post>>> read_by_time(request_context& context, const list_posts_query& request,
                                                        posts::time_order order) {
  auto job = [by = sought_of(request), order, after = start_of(request, order),
              rows = page_of(request).rows()](persistence::transaction& tx) -> result<std::vector<post>> {
    auto found = posts::list_by_time(tx, by, order, after, rows);
    if (found.empty() && by.project_id && !persistence::projects::exists(tx, *by.project_id)) {
      return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
    }
    return found;
  };
  auto found = co_await in_transaction(context, std::move(job));
  co_return found;
}

/// The page of rows that were read for it: one more than its size where another follows.
page<post> page_by_time(std::vector<post> rows, const list_posts_query& request, post_order order) {
  page<post> made;
  const auto size = page_of(request).size();
  if (rows.size() > size) {
    rows.resize(size);
    const auto last = posts::place_of(rows.back());
    made.next_cursor = to_post_cursor(post_place{order, last.is_timed, {.at = last.at, .id = last.id}});
  }
  made.items = std::move(rows);
  return made;
}

}  // namespace

std::string to_post_cursor(const post_place& place) {
  const auto key = to_cursor(place.after);
  for (const auto& each : cursor_letters) {
    if (each.order == place.order && each.is_timed == place.is_timed) return each.letter + key;
  }
  return key;
}

std::optional<post_place> parse_post_cursor(std::string_view text) {
  if (const auto key = parse_cursor(text)) return post_place{post_order::newest_first, false, *key};
  const auto* const of = std::find_if(cursor_letters.begin(), cursor_letters.end(),
                                      [&](const auto& each) { return text.starts_with(each.letter); });
  if (of == cursor_letters.end()) return std::nullopt;
  const auto key = parse_cursor(text.substr(1));
  if (!key) return std::nullopt;
  return post_place{of->order, of->is_timed, *key};
}

asio::awaitable<reply<page<post>>> list_posts(request_context& context, in_query<list_posts_query> query) {
  const auto order = query->sort.value_or(post_order::newest_first);
  if (query->cursor && query->cursor->order != order) {
    co_return problems::invalid_fields(
        {{.pointer = {},
          .parameter = "cursor",
          .detail = "is of a list with `sort=" + std::string{base::to_name(query->cursor->order)} +
                    "`; leave it out to begin with the first page of this one"}});
  }
  if (const auto by_time = time_order_of(order)) {
    auto found = co_await read_by_time(context, query.value, *by_time);
    if (!found) co_return found.error();
    co_return reply_page(context, page_by_time(std::move(*found), query.value, order));
  }
  auto found = co_await read_all_in(context, query->project_id, query_of(query.value));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), page_of(query.value), key_of_created<post>));
}

}  // namespace pulse::http::routes
