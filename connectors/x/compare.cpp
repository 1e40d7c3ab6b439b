#include "connectors/x/compare.hpp"

#include <charconv>
#include <utility>

#include <boost/json.hpp>

#include "base/json.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::x {

namespace {

constexpr std::string_view placeholder =
    "\xef\xbf\xbc";  // U+FFFC, object replacement: stands in no text that a person wrote

std::string trimmed(const std::string& text) {
  constexpr std::string_view blank = " \t\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// A link without what X adds to or drops from it: protocol, a closing slash, the case.
std::string bare_link(std::string link) {
  for (char& c : link) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  for (const std::string_view protocol : {"http://", "https://"}) {
    if (link.starts_with(protocol)) link.erase(0, protocol.size());
  }
  if (link.ends_with('/')) link.pop_back();
  return link;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      plain += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      plain += '\n';
    }
  }
  return plain;
}

std::string text_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string{} : std::string{text->c_str(), text->size()};
}

/// `entities.urls[].expanded_url`; nothing when one of them is missing.
std::optional<std::vector<std::string>> read_links(const boost::json::object& post) {
  const auto* entities = post.if_contains("entities");
  const auto* urls =
      entities != nullptr && entities->is_object() ? entities->get_object().if_contains("urls") : nullptr;
  if (urls == nullptr || !urls->is_array()) return std::nullopt;
  std::vector<std::string> links;
  for (const auto& url : urls->get_array()) {
    auto expanded = url.is_object() ? text_at(url.get_object(), "expanded_url") : std::string{};
    if (expanded.empty()) return std::nullopt;
    links.push_back(std::move(expanded));
  }
  return links;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  constexpr std::pair<std::string_view, char> entities[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    std::size_t used = 1;
    char c = text[0];
    for (const auto& [entity, meaning] : entities) {
      if (c != '&' || !text.starts_with(entity)) continue;
      c = meaning;
      used = entity.size();
      break;
    }
    decoded += c;
    text.remove_prefix(used);
  }
  return decoded;
}

comparable_text comparable(std::string_view text) {
  const auto points = domain::to_nfc(with_plain_line_ends(text));
  const std::u32string_view view{points};
  comparable_text result;
  std::size_t done = 0;
  for (const auto& link : domain::find_links(view)) {
    result.text += domain::to_utf8(view.substr(done, link.begin - done));
    result.text += placeholder;
    result.links.push_back(bare_link(domain::to_utf8(view.substr(link.begin, link.end - link.begin))));
    done = link.end;
  }
  result.text += domain::to_utf8(view.substr(done));
  result.text = trimmed(result.text);
  return result;
}

bool is_same_text(const comparable_text& sent, const listed_post& listed, bool with_image) {
  auto other = comparable(decode_entities(listed.text));
  if (with_image && other.links.size() == sent.links.size() + 1 && other.text.ends_with(placeholder)) {
    other.text = trimmed(other.text.substr(0, other.text.size() - placeholder.size()));
    other.links.pop_back();
  }
  if (sent.text != other.text || sent.links.size() != other.links.size()) return false;
  // With the image's link among them the last one is not compared: it is none of the text's.
  const auto told = listed.links ? listed.links->size() : 0;
  if (!listed.links || (told != sent.links.size() && !(with_image && told == sent.links.size() + 1))) return true;
  for (std::size_t i = 0; i < sent.links.size(); ++i) {
    if (bare_link((*listed.links)[i]) != sent.links[i]) return false;
  }
  return true;
}

std::optional<base::timestamp> time_of_id(std::string_view id) {
  constexpr std::uint64_t first_ms = 1'288'834'974'657;
  constexpr int bits_below = 22;
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (failed != std::errc{} || end != id.data() + id.size()) return std::nullopt;
  return base::timestamp{std::chrono::milliseconds{static_cast<std::int64_t>((number >> bits_below) + first_ms)}};
}

std::optional<post_page> read_page(const std::string& body) {
  base::json::cursor ignored;
  const auto document = base::json::parse(body, ignored);
  const auto* object = document ? document->if_object() : nullptr;
  if (object == nullptr) return std::nullopt;
  const auto* data = object->if_contains("data");
  const auto* meta = object->if_contains("meta");
  // An empty page has `meta` alone; without it the reply is an error in a 200, and tells nothing of absence.
  if (meta == nullptr || !meta->is_object() || (data != nullptr && !data->is_array())) return std::nullopt;
  post_page page;
  page.next_token = text_at(meta->get_object(), "next_token");
  if (data == nullptr) return page;
  for (const auto& entry : data->get_array()) {
    if (!entry.is_object()) return std::nullopt;
    const auto& post = entry.get_object();
    listed_post listed;
    listed.id = text_at(post, "id");
    listed.text = text_at(post, "text");
    if (listed.id.empty()) return std::nullopt;
    listed.created_at = base::parse_timestamp(text_at(post, "created_at"));
    if (!listed.created_at) listed.created_at = time_of_id(listed.id);
    listed.links = read_links(post);
    page.posts.push_back(std::move(listed));
  }
  return page;
}

}  // namespace pulse::connectors::x
