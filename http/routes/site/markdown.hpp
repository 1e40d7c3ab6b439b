// Turns a person's Markdown into HTML that is safe on a public page, through an allow-list. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/platforms/markdown.hpp"

namespace pulse::http::routes {

/// The deepest nesting of elements in a text.
inline constexpr std::size_t html_depth_max = domain::markdown_depth_max;

/// Turns Markdown (CommonMark with tables, strikethrough and bare links) into inert HTML: only elements and attributes
/// of an allow-list, links only to http, https and mailto, images only from https. HTML in the text is shown as text. A
/// line break stays one. The result is also well-formed XML. UTF-8 in and out. Nothing when elements are nested deeper
/// than `html_depth_max`, which no text for people is.
std::optional<std::string> markdown_to_html(std::string_view text);

/// Applies the same allow-list to any HTML; deeper content is shown without its element.
std::string sanitized(std::string_view html);

}  // namespace pulse::http::routes
