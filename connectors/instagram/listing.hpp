// The account's media as Instagram lists them, and which of them is one that we sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace pulse::connectors::instagram {

/// A medium as `GET /{ig-user-id}/media` lists it.
struct listed_medium {
  std::string id;
  std::string caption;
  std::string permalink;
  base::timestamp published_at;
};

/// One page, newest first.
struct media_page {
  std::vector<listed_medium> media;
  std::string after;  // the cursor of the next page; empty: this is the last one
};

/// Reads a page; nothing when the body is not one. Media without an id or a time make it none, and so does a
/// next page without its cursor: absence could not be told.
std::optional<media_page> read_media_page(const std::string& body);

/// The permalink in a reply about one medium: an https address at Instagram; nothing otherwise.
std::optional<std::string> read_permalink(const std::string& body);

/// A caption in the form in which both sides are equal: NFC, line ends as \n, without white space around it.
std::string comparable(std::string_view caption);

/// Reads "2026-11-22T08:30:00+0000", as the Graph API writes times, and RFC 3339.
std::optional<base::timestamp> read_graph_time(std::string text);

}  // namespace pulse::connectors::instagram
