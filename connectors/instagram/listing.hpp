// The account's media as Instagram lists them, and which of them is one that we sent.
#pragma once

#include <optional>
#include <string>

#include "connectors/shared/list_search.hpp"

namespace pulse::connectors::instagram {

/// Reads a page of `GET /{ig-user-id}/media`; the texts are the captions. Nothing when the body is no page, or a medium
/// has no id or time.
std::optional<list_page> read_media_page(const std::string& body);

/// The permalink in a reply about one medium: an https address at Instagram; nothing otherwise.
std::optional<std::string> read_permalink(const std::string& body);

}  // namespace pulse::connectors::instagram
