#include "connectors/instagram/listing.hpp"

#include <utility>

#include <boost/json.hpp>

#include "connectors/instagram/options.hpp"
#include "connectors/shared/list_search.hpp"
#include "connectors/shared/reply_words.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::instagram {

namespace {

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
  auto after = next_graph_page(*document);
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

}  // namespace pulse::connectors::instagram
