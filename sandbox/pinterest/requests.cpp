#include "sandbox/pinterest/requests.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/text.hpp"
#include "http/server/query.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::pinterest {

namespace {

constexpr std::size_t largest_page = 250;

struct bounded {
  std::string_view name;
  std::size_t most;
};
constexpr std::array<bounded, 4> texts{{{"title", 100}, {"description", 800}, {"link", 2'048}, {"alt_text", 500}}};

http::server::response invalid(std::string_view what) { return error(400, 1, "Invalid request: " + std::string{what}); }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_reachable(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
}

std::optional<http::server::response> film_problem(const boost::json::object& source) {
  int covers = 0;
  for (const auto& field : source) {
    const std::string_view key = field.key();
    if (key == "source_type" || key == "media_id") continue;
    if (key != "cover_image_url" && key != "cover_image_key_frame_time")
      return invalid(std::string{key} + " is no field of video_id here");
    ++covers;
    if (key == "cover_image_key_frame_time" ? !field.value().is_number() : !field.value().is_string())
      return invalid(std::string{key} + " has a wrong type");
  }
  if (covers != 1) return invalid("a video needs one cover image");
  if (source.contains("cover_image_url") && !is_reachable(text_at(source, "cover_image_url")))
    return error(400, 235, "Sorry! We could not fetch the image: Unable to reach the URL.");
  return std::nullopt;
}

std::optional<http::server::response> media_problem(const boost::json::object& source) {
  if (text_at(source, "source_type") == "video_id") return film_problem(source);
  if (text_at(source, "source_type") != "image_url")
    return invalid("this sandbox takes the source_types image_url and video_id");
  for (const auto& field : source) {
    if (field.key() != "source_type" && field.key() != "url")
      return invalid(std::string{field.key()} + " is no field of image_url");
  }
  if (!is_reachable(text_at(source, "url")))
    return error(400, 235, "Sorry! We could not fetch the image: Unable to reach the URL.");
  return std::nullopt;
}

}  // namespace

http::server::response error(int status, int code, std::string_view message) {
  return json_reply(status, {{"code", code}, {"message", message}});
}

std::optional<http::server::response> pin_problem(const boost::json::object& body) {
  for (const auto& field : body) {
    const std::string_view key = field.key();
    const bool is_known =
        key == "board_id" || key == "board_section_id" || key == "media_source" ||
        std::any_of(texts.begin(), texts.end(), [key](const bounded& each) { return each.name == key; });
    if (!is_known) return invalid("unexpected field " + std::string{key});
    if (key != "media_source" && !field.value().is_string()) return invalid(std::string{key} + " must be a string");
  }
  if (!is_digits(text_at(body, "board_id"))) return invalid("board_id must be digits");
  for (const auto& each : texts) {
    if (base::count_code_points(text_at(body, each.name)) > each.most)
      return invalid(std::string{each.name} + " is too long");
  }
  const auto link = text_at(body, "link");
  if (!link.empty() && !link.starts_with("https://") && !link.starts_with("http://"))
    return invalid("link is no web address");
  const auto* source = body.if_contains("media_source");
  if (source == nullptr || !source->is_object()) return invalid("media_source is required");
  return media_problem(source->get_object());
}

std::optional<page> read_page(std::string_view query, std::size_t total) {
  page made;
  const auto read = http::server::parse_query(query);
  if (!read) return std::nullopt;
  for (const auto& [name, value] : *read) {
    auto* into = name == "page_size" ? &made.size : name == "bookmark" ? &made.start : nullptr;
    if (into == nullptr) continue;
    const auto text = name == "bookmark" && value.starts_with("b") ? value.substr(1) : value;
    if (std::from_chars(text.data(), text.data() + text.size(), *into).ec != std::errc{}) return std::nullopt;
  }
  if (made.size < 1 || made.size > largest_page || made.start > total) return std::nullopt;
  return made;
}

boost::json::value bookmark_of(std::size_t next, std::size_t total) {
  if (next >= total) return nullptr;
  return boost::json::string{"b" + std::to_string(next)};
}

}  // namespace pulse::sandbox::pinterest
