// Texts as Markdown, for the website.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::domain {

/// Elements inside each other that a text may have.
inline constexpr std::size_t markdown_depth_max = 32;

/// Markdown (CommonMark with tables, strikethrough and bare addresses as links) as HTML, in which HTML of the text is
/// escaped and nothing is filtered: callers filter it with an allow-list (http/routes/site/markdown). UTF-8 in and out.
/// Nothing when elements lie deeper in each other than `markdown_depth_max`: that is no text for people, and is shown
/// as it was written.
std::optional<std::string> markdown_to_markup(std::string_view text);

/// Whether nobody would see anything of `text` where it is read as Markdown: neither words nor a picture (of https). So
/// of "[a]: https://example.org", "&nbsp;", "#", a list of nothing, and of whatever is_blank
/// (domain/platforms/unicode).
bool is_blank_markdown(std::string_view text);

}  // namespace pulse::domain
