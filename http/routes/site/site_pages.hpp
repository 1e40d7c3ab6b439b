// Renders the public side of a website channel: JSON Feed 1.1, Atom (RFC 4287), and plain pages. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "persistence/publishing/website_publications.hpp"

namespace pulse::http {

/// Publications on one page of a site or a feed at most.
inline constexpr std::size_t feed_entries_max = 50;
/// Bytes of those publications in the largest representation.
inline constexpr std::size_t feed_bytes_max = 512 * 1024;

/// The public content of a project: one page of it.
struct site_content {
  std::string public_url;  // the public address of this service, without a slash at the end
  persistence::website_publications::site site;
  std::span<const persistence::website_publications::publication> newest_first;
  std::string page = {};       // the query of this page: "?before=…", or "" for the first
  std::string next_page = {};  // the query of the page with older ones, or "" on the last

  /// The address of the site.
  std::string site_url() const;

  /// The time of the last change to any part of it.
  base::timestamp changed_at() const;
};

/// How many of the newest fit on one page: at least one, if there is one.
std::size_t entries_that_fit(std::span<const persistence::website_publications::publication> newest_first);

std::string to_json_feed(const site_content& from);
std::string to_atom_feed(const site_content& from);
/// The project's own page, which links to all others.
std::string to_site_page(const site_content& from);
/// The page of one publication.
std::string to_publication_page(const site_content& from, const persistence::website_publications::publication& shown);

/// The page that replaces a withdrawn publication.
std::string to_gone_page(const site_content& from);
/// The page at the addresses of a site whose website channel was removed.
std::string to_gone_site_page();

/// Renders a Markdown text as inert HTML (markdown.hpp). A text nested too deep is shown as plain text: escaped, with a
/// paragraph for each empty line and with its line breaks.
std::string to_html(std::string_view text);

/// The content of a publication: its picture, then its text.
std::string content_of(const persistence::website_publications::publication& what);

/// Removes the characters that XML 1.0 cannot hold (§2.2), in whatever form. UTF-8 in and out.
std::string to_xml_text(std::string_view text);

/// A title for a publication without one: its first line, shortened.
std::string title_of(const persistence::website_publications::publication& what);

}  // namespace pulse::http
