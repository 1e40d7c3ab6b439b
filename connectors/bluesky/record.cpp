#include "connectors/bluesky/record.hpp"

#include <algorithm>

#include "connectors/bluesky/identity.hpp"
#include "connectors/shared/html_text.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/tags.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::bluesky {

namespace {

constexpr int longest_tag = 64;  // graphemes
constexpr std::size_t longest_tag_bytes = 640;

std::size_t bytes_of(char32_t sign) { return sign < 0x80 ? 1 : sign < 0x800 ? 2 : sign < 0x10000 ? 3 : 4; }

/// Where each code point begins, and where the text ends.
std::vector<std::size_t> offsets_of(std::u32string_view text) {
  std::vector<std::size_t> offsets;
  offsets.reserve(text.size() + 1);
  std::size_t at = 0;
  for (const char32_t sign : text) {
    offsets.push_back(at);
    at += bytes_of(sign);
  }
  offsets.push_back(at);
  return offsets;
}

bool is_handle_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// @ and a handle, at the beginning or behind white space or a bracket.
std::vector<facet> find_mentions(std::string_view text) {
  std::vector<facet> found;
  for (auto at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    constexpr std::string_view before = " \n\t\r([{\"'";
    if (at > 0 && before.find(text[at - 1]) == before.npos) continue;
    auto end = at + 1;
    while (end < text.size() && is_handle_sign(text[end])) ++end;
    while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    const auto handle = text.substr(at + 1, end - at - 1);
    if (is_handle(handle)) found.push_back({facet_kind::mention, at, end, plain_identifier(handle)});
  }
  return found;
}

/// Where a web address ends that begins with its scheme: before white space and quotes, and without the punctuation
/// behind it.
std::size_t end_of_address(std::string_view text, std::size_t at) {
  constexpr std::string_view stops = " \t\r\n<>\"";
  auto end = std::min(text.find_first_of(stops, at), text.size());
  const auto has_opened = text.substr(at, end - at).find('(') != text.npos;
  constexpr std::string_view behind = ".,;:!?'*_~";
  while (end > at && (behind.find(text[end - 1]) != behind.npos || (text[end - 1] == ')' && !has_opened))) --end;
  return end;
}

bool overlaps(const std::vector<facet>& all, std::size_t begin, std::size_t end) {
  return std::any_of(all.begin(), all.end(), [&](const facet& each) { return begin < each.end && each.begin < end; });
}

std::string lower(std::string_view text) {
  std::string made{text};
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return made;
}

/// The value of an attribute in a tag; empty when there is none.
std::string attribute_in(std::string_view tag, std::string_view name) {
  const auto low = lower(tag);
  for (auto at = low.find(name); at != low.npos; at = low.find(name, at + 1)) {
    auto end = at + name.size();
    if (at == 0 || low[at - 1] > ' ' || end + 1 >= low.size() || low[end] != '=') continue;
    const char quote = low[end + 1];
    if (quote != '"' && quote != '\'') continue;
    const auto begin = end + 2;
    const auto close = low.find(quote, begin);
    return close == low.npos ? std::string{} : std::string{tag.substr(begin, close - begin)};
  }
  return {};
}

/// One clean line of at most `most` code points.
std::string line_of(std::string_view html, std::size_t most) {
  auto text = plain_text(html);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  auto signs = domain::to_code_points(text);
  if (signs.size() > most) signs.resize(most);
  text = domain::to_utf8(signs);
  const auto first = text.find_first_not_of(' ');
  return first == text.npos ? std::string{} : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string host_in(std::string_view url) {
  const auto scheme = url.find("://");
  auto rest = scheme == url.npos ? url : url.substr(scheme + 3);
  return std::string{rest.substr(0, rest.find_first_of("/?#"))};
}

boost::json::object feature_of(const facet& one, const std::string& did) {
  switch (one.kind) {
    case facet_kind::link: return {{"$type", "app.bsky.richtext.facet#link"}, {"uri", one.value}};
    case facet_kind::mention: return {{"$type", "app.bsky.richtext.facet#mention"}, {"did", did}};
    case facet_kind::tag: return {{"$type", "app.bsky.richtext.facet#tag"}, {"tag", one.value}};
  }
  return {};
}

/// The blob under the name that it has in this kind of embed, with its description and its shape.
boost::json::object shown(const picture_blob& one, std::string_view name) {
  boost::json::error_code failed;
  boost::json::object made{{"alt", one.alt_text}, {name, boost::json::parse(one.blob, failed)}};
  if (one.width > 0 && one.height > 0) made["aspectRatio"] = {{"width", one.width}, {"height", one.height}};
  return made;
}

boost::json::value embed_of(const post_parts& parts) {
  if (parts.film) {
    auto embed = shown(*parts.film, "video");
    auto alt = domain::to_code_points(parts.film->alt_text);
    if (alt.size() > longest_film_description) alt.resize(longest_film_description);
    embed["alt"] = domain::to_utf8(alt);
    embed["$type"] = "app.bsky.embed.video";
    return embed;
  }
  if (!parts.pictures.empty()) {
    boost::json::array images;
    for (const auto& each : parts.pictures) images.push_back(shown(each, "image"));
    return boost::json::object{{"$type", "app.bsky.embed.images"}, {"images", std::move(images)}};
  }
  return boost::json::object{{"$type", "app.bsky.embed.external"},
                             {"external", boost::json::object{{"uri", parts.card->url},
                                                              {"title", parts.card->title},
                                                              {"description", parts.card->description}}}};
}

/// "2026-11-22T08:30:00.123Z"
std::string time_text(base::timestamp at) {
  auto text = base::to_string(std::chrono::floor<std::chrono::milliseconds>(at));
  constexpr std::size_t until_milliseconds = 23;
  if (text.size() > until_milliseconds) text.resize(until_milliseconds);
  return text + "Z";
}

}  // namespace

std::vector<facet> find_facets(std::string_view text) {
  auto found = find_mentions(text);
  const auto signs = domain::to_code_points(text);
  const auto offsets = offsets_of(signs);
  if (offsets.back() != text.size()) return {};  // no valid UTF-8: nothing in it can be pointed at
  for (const auto& each : domain::find_links(signs)) {
    const auto begin = offsets[each.begin];
    const auto end = offsets[each.end];
    if (overlaps(found, begin, end)) continue;
    std::string url{text.substr(begin, end - begin)};
    if (!lower(url).starts_with("http://") && !lower(url).starts_with("https://")) url.insert(0, "https://");
    found.push_back({facet_kind::link, begin, end, std::move(url)});
  }
  // An address with its scheme is one under any domain, also a new or private one.
  for (const std::string_view scheme : {"https://", "http://"}) {
    for (auto begin = text.find(scheme); begin != text.npos; begin = text.find(scheme, begin + 1)) {
      const auto end = end_of_address(text, begin);
      if (end <= begin + scheme.size() || overlaps(found, begin, end)) continue;
      found.push_back({facet_kind::link, begin, end, std::string{text.substr(begin, end - begin)}});
    }
  }
  for (const auto& each : domain::find_hashtags(signs)) {
    const auto begin = offsets[each.begin];
    const auto end = offsets[each.end];
    const auto tag = std::u32string_view{signs}.substr(each.begin + 1, each.end - each.begin - 1);
    const bool fits = end - offsets[each.begin + 1] <= longest_tag_bytes && domain::grapheme_length(tag) <= longest_tag;
    if (fits && !overlaps(found, begin, end)) found.push_back({facet_kind::tag, begin, end, domain::to_utf8(tag)});
  }
  std::sort(found.begin(), found.end(), [](const facet& a, const facet& b) { return a.begin < b.begin; });
  return found;
}

link_card card_of(const std::string& url, std::string_view html) {
  constexpr std::size_t most_read = 512 * 1024;
  constexpr std::size_t longest_title = 300;
  constexpr std::size_t longest_description = 1'000;
  html = html.substr(0, most_read);
  const auto low = lower(html);
  link_card made{url, {}, {}};
  std::string plain_description;
  constexpr int most_tags = 500;
  int tags = 0;
  for (auto at = low.find("<meta"); at != low.npos && tags < most_tags; at = low.find("<meta", at + 1), ++tags) {
    const auto end = low.find('>', at);
    if (end == low.npos) break;
    const auto tag = html.substr(at, end - at);
    auto name = lower(attribute_in(tag, "property"));
    if (name.empty()) name = lower(attribute_in(tag, "name"));
    const auto content = attribute_in(tag, "content");
    if (name == "og:title") made.title = line_of(content, longest_title);
    if (name == "og:description") made.description = line_of(content, longest_description);
    if (name == "description") plain_description = line_of(content, longest_description);
  }
  if (made.description.empty()) made.description = std::move(plain_description);
  if (const auto at = low.find("<title"); made.title.empty() && at != low.npos) {
    const auto begin = low.find('>', at);
    const auto end = low.find("</title", at);
    if (begin != low.npos && end != low.npos && begin < end)
      made.title = line_of(html.substr(begin + 1, end - begin - 1), longest_title);
  }
  if (made.title.empty()) made.title = host_in(url);
  return made;
}

std::string record_of(const post_parts& parts) {
  boost::json::object record{
      {"$type", "app.bsky.feed.post"}, {"text", parts.text}, {"createdAt", time_text(parts.created_at)}};
  boost::json::array facets;
  for (const auto& each : parts.facets) {
    const auto did = parts.dids.find(each.value);
    if (each.kind == facet_kind::mention && did == parts.dids.end()) continue;
    boost::json::array features;
    features.push_back(feature_of(each, did == parts.dids.end() ? std::string{} : did->second));
    facets.push_back(
        boost::json::object{{"index", boost::json::object{{"byteStart", each.begin}, {"byteEnd", each.end}}},
                            {"features", std::move(features)}});
  }
  if (!facets.empty()) record["facets"] = std::move(facets);
  if (parts.reply) {
    const auto shown = [](const post_reference& of) { return boost::json::object{{"uri", of.uri}, {"cid", of.cid}}; };
    record["reply"] = boost::json::object{{"root", shown(parts.reply->root)}, {"parent", shown(parts.reply->parent)}};
  }
  if (!parts.language.empty()) record["langs"] = boost::json::array{parts.language};
  if (!parts.pictures.empty() || parts.film || parts.card) record["embed"] = embed_of(parts);
  return boost::json::serialize(record);
}

}  // namespace pulse::connectors::bluesky
