// Parses RSS and Atom feeds with expat. Entities are refused, because a feed is untrusted input.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::feeds {

/// Bytes of a feed's document, its items, and how deep its elements may be nested.
inline constexpr std::size_t most_feed_bytes = 2 * 1024 * 1024;
inline constexpr std::size_t most_feed_items = 1'000;
inline constexpr int most_feed_depth = 32;
/// Bytes of a title, an address and a summary; what is longer is cut.
inline constexpr std::size_t most_title_bytes = 500;
inline constexpr std::size_t most_summary_bytes = 4'000;

struct feed_item {
  std::string id;     // by which the feed tells its items apart: never empty
  std::string title;  // without markup
  std::string url;
  std::string summary;  // without markup
};

/// The items in the document's order. The error is the end of a sentence about the feed ("is no RSS or Atom feed").
base::result<std::vector<feed_item>, std::string> parse_feed(std::string_view document);

/// The result of fetching an address.
struct feed_answer {
  bool is_same = false;  // nothing has changed since the answer with this tag
  std::vector<feed_item> items = {};
  std::string etag = {};
  std::string modified = {};
  std::optional<std::string> problem = std::nullopt;  // the end of a sentence about the feed
};

/// Asks for a feed, and calls back once, on the client's thread. Redirects are not followed.
void fetch_feed(egress& with, const std::string& url, const std::string& etag, const std::string& modified,
                std::function<void(feed_answer)> done);

}  // namespace pulse::connectors::feeds
