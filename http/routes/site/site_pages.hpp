// The public side of a website channel, as bytes: JSON Feed 1.1, Atom (RFC 4287), and plain pages. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "persistence/publishing/website_publications.hpp"

namespace pulse::http {

/// Publications that one page of a site or a feed shows.
inline constexpr std::size_t feed_entries_max = 50;
/// Bytes of those publications, as the longest of the representations writes them.
inline constexpr std::size_t feed_bytes_max = 512 * 1024;

/// What is made public of a project: one page of it.
struct site_content {
  std::string public_url;  // where this service is reached, without a slash at the end
  persistence::website_publications::site site;
  std::span<const persistence::website_publications::publication> newest_first;
  std::string page = {};       // the query of this page: "?before=…", or "" for the first
  std::string next_page = {};  // the query of the page with older ones, or "" on the last

  /// Where the site is.
  std::string site_url() const;

  /// When anything of it last changed.
  base::timestamp changed_at() const;
};

/// How many of the newest fit one page: at least one, where there is one.
std::size_t entries_that_fit(std::span<const persistence::website_publications::publication> newest_first);

std::string to_json_feed(const site_content& from);
std::string to_atom_feed(const site_content& from);
/// The project's own page, which links to everything else.
std::string to_site_page(const site_content& from);
/// The page of one publication.
std::string to_publication_page(const site_content& from, const persistence::website_publications::publication& shown);

/// What stands where a publication was.
std::string to_gone_page(const site_content& from);
/// What stands at the addresses of a site whose website channel was removed.
std::string to_gone_site_page();

/// The text, which is Markdown, as HTML that does nothing (markdown.hpp); what lies too deep in itself to be Markdown of people is shown
/// as plain text: escaped, an empty line begins a paragraph, a line break stays one.
std::string to_html(std::string_view text);

/// What a publication shows: its picture, then its text.
std::string content_of(const persistence::website_publications::publication& what);

/// Without the characters that XML 1.0 cannot carry (§2.2), in whatever form. UTF-8 in and out.
std::string to_xml_text(std::string_view text);

/// A title for what has none: its first line, cut after so many characters.
std::string title_of(const persistence::website_publications::publication& what);

}  // namespace pulse::http
