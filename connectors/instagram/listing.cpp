#include "connectors/instagram/listing.hpp"

#include <utility>

#include <boost/json.hpp>

#include "connectors/instagram/options.hpp"
#include "connectors/shared/reply_words.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::instagram {

namespace {

/// The cursor behind the page, where `paging.next` says that there is more; empty on the last page, and nothing where there is
/// more without a cursor, because then absence cannot be told. The address in `next` is not followed: it carries the token.
std::optional<std::string> cursor_of(const boost::json::object& document) {
  const auto* paging = document.if_contains("paging");
  const auto* next = paging == nullptr || !paging->is_object() ? nullptr : paging->get_object().if_contains("next");
  if (next == nullptr || next->is_null() || (next->is_string() && next->get_string().empty())) return std::string{};
  const auto* cursors = paging->get_object().if_contains("cursors");
  auto after = cursors == nullptr || !cursors->is_object() ? std::string{} : text_at(cursors->get_object(), "after");
  return after.empty() ? std::nullopt : std::optional{std::move(after)};
}

/// Only what can be an address at Instagram, for people to click on.
bool is_permalink(std::string_view url) {
  constexpr std::size_t most_bytes = 500;
  return url.starts_with("https://www.instagram.com/") && url.size() <= most_bytes &&
         url.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
}

}  // namespace

std::optional<media_page> read_media_page(const std::string& body) {
  const auto document = object_of(body);
  const auto* data = document ? document->if_contains("data") : nullptr;
  if (data == nullptr || !data->is_array()) return std::nullopt;
  media_page page;
  for (const auto& entry : data->get_array()) {
    if (!entry.is_object()) return std::nullopt;
    const auto& object = entry.get_object();
    listed_medium one{text_at(object, "id"), text_at(object, "caption"), text_at(object, "permalink"), {}};
    const auto at = read_graph_time(text_at(object, "timestamp"));
    if (!is_id(one.id) || !at) return std::nullopt;
    one.published_at = *at;
    if (!is_permalink(one.permalink)) one.permalink.clear();
    page.media.push_back(std::move(one));
  }
  auto after = cursor_of(*document);
  if (!after) return std::nullopt;
  page.after = std::move(*after);
  return page;
}

std::optional<std::string> read_permalink(const std::string& body) {
  const auto document = object_of(body);
  auto url = document ? text_at(*document, "permalink") : std::string{};
  if (!is_permalink(url)) return std::nullopt;
  return url;
}

std::string comparable(std::string_view caption) {
  std::string plain;
  plain.reserve(caption.size());
  for (std::size_t i = 0; i < caption.size(); ++i) {
    if (caption[i] != '\r') {
      plain += caption[i];
    } else if (i + 1 == caption.size() || caption[i + 1] != '\n') {
      plain += '\n';
    }
  }
  plain = domain::to_utf8(domain::to_nfc(plain));
  constexpr std::string_view blank = " \t\n";
  const auto first = plain.find_first_not_of(blank);
  if (first == std::string::npos) return {};
  return plain.substr(first, plain.find_last_not_of(blank) - first + 1);
}

std::optional<base::timestamp> read_graph_time(std::string text) {
  constexpr std::size_t zone_size = 5;  // "+0000"
  if (text.size() > zone_size) {
    const auto sign = text[text.size() - zone_size];
    if (sign == '+' || sign == '-') text.insert(text.end() - 2, ':');
  }
  return base::parse_timestamp(text);
}

}  // namespace pulse::connectors::instagram
