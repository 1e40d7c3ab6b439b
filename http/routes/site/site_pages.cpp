#include "http/routes/site/site_pages.hpp"

#include <algorithm>
#include <sstream>

#include <boost/json.hpp>
#include <fmt/core.h>
#include <pugixml.hpp>

#include "base/uuid.hpp"
#include "http/routes/site/markdown.hpp"

namespace pulse::http {

namespace {

using persistence::website_publications::publication;

constexpr std::size_t made_up_title_characters = 80;

std::string url_of(const site_content& of, const publication& what) {
  return fmt::format("{}/posts/{}", of.site_url(), base::to_string(what.id));
}

/// A name that stays the same when the service moves to another address.
std::string urn_of(const base::uuid& id) { return "urn:uuid:" + base::to_string(id); }

/// Escapes for HTML between tags, where quotes have no meaning.
std::string escape_text(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  return out;
}

/// Escapes for HTML, in text and in quoted attributes.
std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

/// "2026-11-22", for people.
std::string day_of(base::timestamp at) { return base::to_string(at).substr(0, 10); }

std::string plain_to_html(std::string_view clean) {
  std::string out = "<p>";
  std::string_view rest = clean;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out += escape_text(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (rest.empty()) break;
    const auto next_text = rest.find_first_not_of("\r\n");
    const bool paragraph = next_text != 0;
    if (next_text == std::string_view::npos) break;
    rest.remove_prefix(next_text);
    out += paragraph ? "</p>\n<p>" : "<br/>";
  }
  out += "</p>";
  return out;
}

/// Ids, addresses, dates and tags of an entry.
constexpr std::size_t entry_overhead_bytes = 1024;

/// The size of HTML in Atom, which needs most bytes because it escapes the HTML once more.
std::size_t bytes_as_written(std::string_view html) {
  std::size_t bytes = 0;
  for (const char c : html) {
    switch (c) {
      case '&': bytes += 5; break;
      case '<':
      case '>': bytes += 4; break;
      case '"': bytes += 2; break;
      default: ++bytes;
    }
  }
  return bytes;
}

boost::json::object to_item(const site_content& of, const publication& from) {
  boost::json::object item{{"id", urn_of(from.id)}, {"url", url_of(of, from)}};
  if (!from.title.empty()) item["title"] = from.title;
  item["content_text"] = from.text;
  item["content_html"] = content_of(from);
  if (from.image) item["image"] = from.image->url;
  item["date_published"] = base::to_string(from.published_at);
  if (from.updated_at) item["date_modified"] = base::to_string(*from.updated_at);
  return item;
}

pugi::xml_node add_text(pugi::xml_node to, const char* name, std::string_view text) {
  auto made = to.append_child(name);
  made.text().set(to_xml_text(text).c_str());
  return made;
}

void add_link(pugi::xml_node to, const char* relation, const char* type, const std::string& address) {
  auto link = to.append_child("link");
  link.append_attribute("rel") = relation;
  link.append_attribute("type") = type;
  link.append_attribute("href") = address.c_str();
}

void add_entry(pugi::xml_node feed, const site_content& of, const publication& from) {
  auto entry = feed.append_child("entry");
  add_text(entry, "id", urn_of(from.id));
  add_text(entry, "title", title_of(from));
  add_text(entry, "updated", base::to_string(from.updated_at.value_or(from.published_at)));
  add_text(entry, "published", base::to_string(from.published_at));
  add_link(entry, "alternate", "text/html", url_of(of, from));
  add_text(entry, "content", content_of(from)).append_attribute("type") = "html";
}

std::string page_head(const site_content& of, const std::string& title) {
  return fmt::format(
      "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<link "
      "rel=\"alternate\" type=\"application/feed+json\" href=\"{}/feed.json\">\n<link rel=\"alternate\" "
      "type=\"application/atom+xml\" href=\"{}/feed.xml\">\n</head>\n<body>\n",
      escape(to_xml_text(title)), escape(of.site_url()), escape(of.site_url()));
}

constexpr std::string_view page_end = "</body>\n</html>\n";

/// The length in bytes of the character that begins with `first`.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/// The start of a text's words: after blank lines and after Markdown's marks for a heading, a quotation or a list.
std::size_t begin_of_words(std::string_view text) {
  std::size_t at = 0;
  for (;;) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    const auto marks = std::min(text.find_first_not_of("#>*-+", at), text.size());
    if (marks == at || marks == text.size() || text[marks] != ' ') return at;
    at = marks;
  }
}

bool is_xml_character(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r';
  return character != "\xef\xbf\xbe" && character != "\xef\xbf\xbf";  // U+FFFE and U+FFFF
}

}  // namespace

base::timestamp site_content::changed_at() const {
  return newest_first.empty() ? site.changed_at : std::max(site.changed_at, newest_first.front().published_at);
}

std::string site_content::site_url() const {
  return fmt::format("{}/site/{}", public_url, base::to_string(site.project_id));
}

std::size_t entries_that_fit(std::span<const publication> newest_first) {
  std::size_t count = 0;
  std::size_t bytes = 0;
  for (const auto& each : newest_first) {
    bytes +=
        entry_overhead_bytes + bytes_as_written(each.title) + each.text.size() + bytes_as_written(content_of(each));
    if (count == feed_entries_max || (count > 0 && bytes > feed_bytes_max)) break;
    ++count;
  }
  return count;
}

std::string to_json_feed(const site_content& from) {
  boost::json::object feed{{"version", "https://jsonfeed.org/version/1.1"},
                           {"title", from.site.title},
                           {"home_page_url", from.site_url()},
                           {"feed_url", fmt::format("{}/feed.json{}", from.site_url(), from.page)}};
  if (!from.site.description.empty()) feed["description"] = from.site.description;
  if (!from.next_page.empty()) feed["next_url"] = fmt::format("{}/feed.json{}", from.site_url(), from.next_page);
  feed["authors"] = boost::json::array{boost::json::object{{"name", from.site.company}}};
  boost::json::array items;
  for (const auto& each : from.newest_first) items.push_back(to_item(from, each));
  feed["items"] = std::move(items);
  return boost::json::serialize(feed);
}

std::string to_atom_feed(const site_content& from) {
  pugi::xml_document document;
  auto feed = document.append_child("feed");
  feed.append_attribute("xmlns") = "http://www.w3.org/2005/Atom";
  add_text(feed, "id", urn_of(from.site.project_id));
  add_text(feed, "title", from.site.title);
  if (!from.site.description.empty()) add_text(feed, "subtitle", from.site.description);
  add_text(feed, "updated", base::to_string(from.changed_at()));
  add_link(feed, "self", "application/atom+xml", fmt::format("{}/feed.xml{}", from.site_url(), from.page));
  add_link(feed, "first", "application/atom+xml", from.site_url() + "/feed.xml");  // RFC 5005 §3
  if (!from.next_page.empty())
    add_link(feed, "next", "application/atom+xml", fmt::format("{}/feed.xml{}", from.site_url(), from.next_page));
  add_link(feed, "alternate", "text/html", from.site_url());
  add_text(feed.append_child("author"), "name", from.site.company);
  for (const auto& each : from.newest_first) add_entry(feed, from, each);
  std::ostringstream out;
  document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
  return out.str();
}

std::string to_site_page(const site_content& from) {
  auto page = fmt::format("{}<h1>{}</h1>\n", page_head(from, from.site.title), escape(to_xml_text(from.site.title)));
  if (!from.site.description.empty()) page += to_html(from.site.description);
  page += "<ul>\n";
  for (const auto& each : from.newest_first) {
    page += fmt::format("<li>{} <a href=\"{}\">{}</a></li>\n", day_of(each.published_at), escape(url_of(from, each)),
                        escape(to_xml_text(title_of(each))));
  }
  page += "</ul>\n";
  if (!from.next_page.empty()) {
    page += fmt::format("<p><a rel=\"next\" href=\"{}\">Older</a></p>\n", escape(from.site_url() + from.next_page));
  }
  page += page_end;
  return page;
}

std::string to_publication_page(const site_content& from, const publication& shown) {
  const auto title = title_of(shown);
  auto page = page_head(from, fmt::format("{} | {}", title, from.site.title)) + "<article>\n";
  if (!shown.title.empty()) page += fmt::format("<h1>{}</h1>\n", escape(to_xml_text(shown.title)));
  page += fmt::format("{}\n<p><time datetime=\"{}\">{}</time></p>\n</article>\n<p><a href=\"{}\">{}</a></p>\n",
                      content_of(shown), base::to_string(shown.published_at), day_of(shown.published_at),
                      escape(from.site_url()), escape(to_xml_text(from.site.title)));
  page += page_end;
  return page;
}

std::string to_gone_page(const site_content& from) {
  auto page =
      fmt::format("{}<p>This was withdrawn.</p>\n<p><a href=\"{}\">{}</a></p>\n", page_head(from, from.site.title),
                  escape(from.site_url()), escape(to_xml_text(from.site.title)));
  page += page_end;
  return page;
}

std::string to_gone_site_page() {
  return "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Gone</title></head>\n<body>\n"
         "<p>This site was taken down.</p>\n</body>\n</html>\n";
}

std::string to_html(std::string_view text) {
  const auto clean = to_xml_text(text);
  const auto html = routes::markdown_to_html(clean);
  return html ? to_xml_text(*html) : plain_to_html(clean);  // Markdown can spell out characters that XML cannot hold
}

std::string content_of(const publication& what) {
  auto html = to_html(what.text);
  if (!what.image) return html;
  const auto& image = *what.image;
  return fmt::format("{}\n{}",
                     routes::sanitized(fmt::format("<p><img src=\"{}\" alt=\"{}\"></p>", escape(to_xml_text(image.url)),
                                                   escape(to_xml_text(image.alt_text)))),
                     html);
}

std::string to_xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto character = text.substr(at, length_of(static_cast<unsigned char>(text[at])));
    if (is_xml_character(character)) out += character;
    at += character.size();
  }
  return out;
}

std::string title_of(const publication& what) {
  if (!what.title.empty()) return what.title;
  const auto begin = begin_of_words(what.text);
  const auto line = std::string_view{what.text}.substr(begin, what.text.find_first_of("\r\n", begin) - begin);
  std::size_t at = 0;
  for (std::size_t characters = 0; at < line.size() && characters < made_up_title_characters; ++characters) {
    at += length_of(static_cast<unsigned char>(line[at]));
  }
  if (at >= line.size()) return line.empty() ? "Untitled" : std::string{line};
  return std::string{line.substr(0, at)} + "…";
}

}  // namespace pulse::http
