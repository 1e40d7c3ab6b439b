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

}  // namespace pulse::connectors::instagram
