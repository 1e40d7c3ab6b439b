#include "connectors/pinterest/options.hpp"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors::pinterest {

namespace {

constexpr std::size_t most_link_bytes = 2'048;

}  // namespace

egress_request request_to(const pinterest_options& options, std::string method, const std::string& path,
                          const credentials& account) {
  egress_request request;
  request.method = std::move(method);
  request.url = fmt::format("{}/{}", options.base_url, path);
  request.headers = {{"authorization", "Bearer " + account.access_token.reveal()}, {"accept", "application/json"}};
  request.timeout = options.lookup_timeout;
  request.address = trust::platform;
  return request;
}

std::string link_of(const publication& what) {
  if (auto chosen = what.option("link"); !chosen.empty()) return chosen;
  const auto text = domain::to_code_points(what.text);
  for (const auto& each : domain::find_links(text)) {
    auto link = domain::to_utf8(std::u32string_view{text}.substr(each.begin, each.end - each.begin));
    const bool is_whole = link.starts_with("https://") || link.starts_with("http://");
    if (is_whole && link.size() <= most_link_bytes) return link;
  }
  return {};
}

std::string pin_body(const publication& what, const std::string& film_id) {
  boost::json::object body{{"board_id", what.account.external_user_id}};
  if (const auto section = what.option("board_section_id"); !section.empty()) body["board_section_id"] = section;
  if (!what.title.empty()) body["title"] = what.title;
  if (!what.text.empty()) body["description"] = what.text;
  if (const auto link = link_of(what); !link.empty()) body["link"] = link;
  const auto* image = what.image();
  if (!film_id.empty()) {
    if (!what.film()->alt_text.empty()) body["alt_text"] = what.film()->alt_text;
    boost::json::object source{{"source_type", "video_id"}, {"media_id", film_id}};
    if (image != nullptr) {
      source["cover_image_url"] = image->url;
    } else {
      source["cover_image_key_frame_time"] = 0;
    }
    body["media_source"] = std::move(source);
  } else if (image != nullptr) {
    if (!image->alt_text.empty()) body["alt_text"] = image->alt_text;
    body["media_source"] = boost::json::object{{"source_type", "image_url"}, {"url", image->url}};
  }
  return boost::json::serialize(body);
}

}  // namespace pulse::connectors::pinterest
