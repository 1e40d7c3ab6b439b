// Finds a post in a platform's list of an account's own posts, newest first.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors {

struct list_item {
  std::string id;
  std::string text;
  std::string url;  // may be empty
  base::timestamp published_at;
};

struct list_page {
  std::vector<list_item> items;  // newest first
  std::string next;              // what asks for the next page; empty: this is the last one
};

/// How a platform's list is read, and what is searched.
struct list_search {
  std::string platform;  // for people: "Facebook"
  std::function<egress_request(const std::string& next)> ask;
  /// Nothing when the body is no page: then absence cannot be proven.
  std::function<std::optional<list_page>(const std::string& body)> read;
  /// The outcome of a page that could not be read, as of a harmless step.
  std::function<domain::outcome(const egress_reply&)> problem;
  std::function<bool(const list_item&)> is_ours;
  base::timestamp earliest;     // nothing older is looked at
  base::timestamp absent_from;  // before it `absent` is not said: a request may still be on its way, and lists lag
  int max_pages = 10;
  std::string noun = "post";  // for people: what is listed
};

/// Reads page after page until something older than `earliest` comes. `live` with the one that fits, `cannot_know` with
/// several or too many pages, `absent` after a whole list that is not too fresh, `try_again` for the rest. Read-only;
/// calls back once on the client's thread.
void search_list(egress& client, const base::clock& clock, list_search how,
                 std::function<void(domain::reconciliation)> done);

/// A text in the form in which both sides are equal: NFC, line ends as \n, without white space around it.
std::string comparable_text(std::string_view text);

/// Reads "2026-11-22T08:30:00+0000", as the Graph API writes times, and RFC 3339.
std::optional<base::timestamp> read_graph_time(std::string text);

/// Reads a page of a list of the Graph API: `add` puts what it makes of each entry on the page, and says false where
/// the entry is none. Nothing when the body is no page, an entry is none, or a next page has no cursor: then absence
/// cannot be told.
std::optional<list_page> read_graph_page(const std::string& body,
                                         const std::function<bool(const boost::json::object& entry, list_page&)>& add);

}  // namespace pulse::connectors
