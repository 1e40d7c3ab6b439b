// Lists in pages: an opaque cursor names the last row of the previous page.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bounded_int.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "http/api/reply.hpp"
#include "http/api/request_context.hpp"

namespace pulse::http {

inline constexpr std::int64_t page_size_default = 50;
using page_limit = base::bounded_int<1, 100>;

/// The start of a page: after the row with this time and id, in the list's order. Lists are ordered by a time, then by
/// the id. `WHERE (created_at, id) < ($2, $3)` continues without gaps, whatever rows were added meanwhile.
struct page_key {
  base::timestamp at;
  base::uuid id;

  friend auto operator<=>(const page_key&, const page_key&) = default;
};

/// The public form of a key: 24 bytes as base64url.
std::string to_cursor(const page_key& key);
std::optional<page_key> parse_cursor(std::string_view text);

/// Parameters of every list; query structs derive from it: BOOST_DESCRIBE_STRUCT(list_posts, (page_request), (…)).
struct page_request {
  std::optional<page_limit> limit;
  std::optional<page_key> cursor;

  std::size_t size() const { return static_cast<std::size_t>(limit ? limit->value : page_size_default); }
  /// The key before the page, for lists that begin with the newest.
  page_key start() const;
  /// How many rows to read: one more than the page, which tells whether another page follows.
  std::int64_t rows() const { return static_cast<std::int64_t>(size()) + 1; }
};
BOOST_DESCRIBE_STRUCT(page_request, (), (limit, cursor))

/// One page. `next_cursor` is null on the last one.
template <class T>
struct page {
  using item_type = T;

  std::vector<T> items;
  std::optional<std::string> next_cursor;

  BOOST_DESCRIBE_CLASS(page, (), (items, next_cursor), (), ())
};

/// `rows` are those read for `asked.rows()`; `key_of(row)` gives a row's page_key.
template <class T, class KeyOf>
page<T> make_page(std::vector<T> rows, const page_request& request, KeyOf key_of) {
  page<T> made;
  if (rows.size() > request.size()) {
    rows.resize(request.size());
    made.next_cursor = to_cursor(key_of(rows.back()));
  }
  made.items = std::move(rows);
  return made;
}

/// `<…>; rel="next"` (RFC 8288): the request's own address with the cursor.
std::string next_link(const server::request& request, std::string_view cursor);

/// The page as a reply, with its Link header.
template <class T>
reply<page<T>> reply_page(const request_context& context, page<T> from) {
  if (!from.next_cursor) return reply<page<T>>{std::move(from)};
  auto link = next_link(context.request, *from.next_cursor);
  return reply<page<T>>{std::move(from)}.with("link", std::move(link));
}

}  // namespace pulse::http

template <>
struct pulse::base::json::string_form<pulse::http::page_key> {
  static constexpr std::string_view expected = "the next_cursor of an earlier page";
  static constexpr std::string_view format = "";
  static std::optional<http::page_key> parse(std::string_view text) { return http::parse_cursor(text); }
  static std::string write(const http::page_key& value) { return http::to_cursor(value); }
};
