// From what a person wrote to what a public page may show: Markdown, then an allow-list. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/platforms/markdown.hpp"

namespace pulse::http::routes {

/// Elements inside each other that a text may have.
inline constexpr std::size_t html_depth_max = domain::markdown_depth_max;

/// Markdown (CommonMark with tables, strikethrough and bare addresses as links) as HTML that does nothing: only elements and
/// attributes of an allow-list, links to http, https and mailto alone, images of https alone. HTML in the text is shown as text. A line
/// break stays one. Well-formed as XML, too. UTF-8 in and out. Nothing when elements lie deeper in each other than
/// `html_depth_max`: that is no text for people.
std::optional<std::string> markdown_to_html(std::string_view text);

/// The same allow-list over any HTML; what lies deeper is shown without its element.
std::string sanitized(std::string_view html);

}  // namespace pulse::http::routes
