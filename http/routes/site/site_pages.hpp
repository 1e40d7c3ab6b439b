// The public side of a website channel, as bytes: JSON Feed 1.1, Atom (RFC 4287), and plain pages. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "persistence/publishing/website_publications.hpp"

namespace pulse::http {

/// What is made public of a project.
struct site_content {
  std::string public_url;  // where this service is reached, without a slash at the end
  persistence::website_publications::site site;
  std::span<const persistence::website_publications::publication> newest_first;

  /// When anything of it last changed.
  base::timestamp changed_at() const;
};

std::string to_json_feed(const site_content& from);
std::string to_atom_feed(const site_content& from);
/// The project's own page, which links to everything else.
std::string to_site_page(const site_content& from);
/// The page of one publication.
std::string to_publication_page(const site_content& from, const persistence::website_publications::publication& shown);

/// The text as HTML: escaped, an empty line begins a paragraph, a line break stays one.
std::string to_html(std::string_view text);

/// Without the characters that XML 1.0 cannot carry (§2.2), in whatever form. UTF-8 in and out.
std::string to_xml_text(std::string_view text);

/// A title for what has none: its first line, cut after so many characters.
std::string title_of(const persistence::website_publications::publication& what);

}  // namespace pulse::http
