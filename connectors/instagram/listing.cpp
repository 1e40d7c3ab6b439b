#include "connectors/instagram/listing.hpp"

#include <utility>

#include <boost/json.hpp>

#include "connectors/instagram/options.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::instagram {

namespace {

/// Only what can be an address at Instagram, for people to click on.
bool is_permalink(std::string_view url) {
  constexpr std::size_t most_bytes = 500;
  return url.starts_with("https://www.instagram.com/") && url.size() <= most_bytes &&
         url.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
}

}  // namespace

std::optional<list_page> read_media_page(const std::string& body) {
  return read_graph_page(body, [](const boost::json::object& entry, list_page& page) {
    const auto at = read_graph_time(text_at(entry, "timestamp"));
    auto id = text_at(entry, "id");
    if (!is_id(id) || !at) return false;
    auto url = text_at(entry, "permalink");
    if (!is_permalink(url)) url.clear();
    page.items.push_back({std::move(id), text_at(entry, "caption"), std::move(url), *at});
    return true;
  });
}

std::optional<std::string> read_permalink(const std::string& body) {
  const auto document = object_of(body);
  auto url = document ? text_at(*document, "permalink") : std::string{};
  if (!is_permalink(url)) return std::nullopt;
  return url;
}

}  // namespace pulse::connectors::instagram
