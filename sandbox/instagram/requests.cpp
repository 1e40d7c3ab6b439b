#include "sandbox/instagram/requests.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "http/server/query.hpp"
#include "sandbox/instagram/errors.hpp"

namespace pulse::sandbox::instagram {

namespace {

constexpr std::size_t max_caption = 2'200;
constexpr std::size_t max_alt_text = 1'000;
constexpr std::ptrdiff_t max_hashtags = 30;
constexpr std::ptrdiff_t max_mentions = 20;

std::string lower(std::string_view text) {
  std::string made{text};
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return made;
}

/// Adds the fields of a query or a form; the refusal if it is malformed or has a duplicate.
std::optional<response> add_form(std::string_view raw, parameters& into) {
  const auto read = http::server::parse_query(raw);
  if (!read) return invalid_parameter(http::server::to_sentence(read.error()));
  for (const auto& [name, value] : *read) {
    if (!into.emplace(name, value).second)
      return invalid_parameter(fmt::format("The parameter {} is given twice", name));
  }
  return std::nullopt;
}

std::optional<response> add_json(const std::string& body, parameters& into) {
  base::json::cursor ignored;
  const auto document = base::json::parse(body, ignored);
  if (!document || !document->is_object()) return invalid_parameter("The body is not a JSON object");
  for (const auto& field : document->get_object()) {
    const auto* text = field.value().if_string();
    if (text == nullptr) return invalid_parameter(std::string{field.key()} + " must be a string");
    if (!into.emplace(std::string{field.key()}, std::string{text->data(), text->size()}).second)
      return invalid_parameter(fmt::format("The parameter {} is given twice", field.key()));
  }
  return std::nullopt;
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    parts.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

/// Counts words that begin with `sign`: "#news", "@name". The @ in an e-mail address does not count.
std::ptrdiff_t count_begun(std::string_view text, char sign) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
  };
  std::ptrdiff_t count = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != sign || !is_word(text[at + 1])) continue;
    if (sign == '@' && at > 0 && is_word(text[at - 1])) continue;
    ++count;
  }
  return count;
}

/// Real parameters that this stand-in does not implement.
bool is_known_elsewhere(std::string_view name) {
  static const std::set<std::string_view> names = {"share_to_feed", "cover_url",    "thumb_offset", "audio_name",
                                                   "collaborators", "trial_params", "upload_type",  "location_id",
                                                   "user_tags",     "product_tags"};
  return names.contains(name);
}

/// The first part of Instagram's error for an address that it would not fetch. Nothing is fetched here; in a sandbox
/// this machine counts as the public web.
int problem_of_address(std::string_view url, bool is_film) {
  constexpr int not_fetched = 2207052;
  constexpr int not_jpeg = 2207005;
  constexpr int no_film = 2207026;
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return not_fetched;
  const auto authority = url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3);
  const auto host = authority.substr(0, authority.rfind(':'));
  const bool here = host == "127.0.0.1" || host == "localhost";
  const bool is_web = lower(url.substr(0, scheme)) == "https" || (here && lower(url.substr(0, scheme)) == "http");
  const bool looks_public = here || host.find('.') != std::string_view::npos;
  if (!is_web || !looks_public || url.find_first_of(" \t\r\n") != std::string_view::npos) return not_fetched;
  const auto path = url.substr(0, url.find_first_of("?#"));
  const auto name = lower(path.substr(path.rfind('/') + 1));
  if (is_film) return name.ends_with(".mp4") || name.ends_with(".mov") ? 0 : no_film;
  for (const std::string_view other : {".png", ".gif", ".webp", ".heic", ".svg", ".bmp", ".tif", ".tiff", ".mp4"}) {
    if (name.ends_with(other)) return not_jpeg;
  }
  return 0;
}

}  // namespace

std::variant<parameters, response> read_parameters(const http::server::request& request) {
  parameters given;
  if (auto refusal = add_form(request.query, given)) return std::move(*refusal);
  if (request.body.empty()) return given;
  const auto type = lower(request.find("content-type").value_or(""));
  std::optional<response> refusal;
  if (type.starts_with("application/json")) {
    refusal = add_json(request.body, given);
  } else if (type.starts_with("application/x-www-form-urlencoded")) {
    refusal = add_form(request.body, given);
  } else {
    refusal = invalid_parameter("The content type must be application/x-www-form-urlencoded or application/json");
  }
  if (refusal) return std::move(*refusal);
  return given;
}

std::variant<container, response> read_container(const parameters& given) {
  const auto value = [&given](const std::string& name) {
    const auto found = given.find(name);
    return found == given.end() ? std::string{} : found->second;
  };
  container made;
  if (given.contains("media_type")) made.type = value("media_type");
  made.is_child = value("is_carousel_item") == "true";
  // A single film is a reel; in a carousel it is a video.
  const bool is_film = made.is_child ? made.type == "VIDEO" : made.type == "REELS";
  const bool is_carousel = made.type == "CAROUSEL";
  if (!is_film && !is_carousel && made.type != "IMAGE") return publishing_error(2207023);
  static const std::set<std::string_view> ours = {"image_url",  "video_url",        "caption", "alt_text",
                                                  "media_type", "is_carousel_item", "children"};
  for (const auto& [name, ignored] : given) {
    if (ours.contains(name)) continue;
    if (is_known_elsewhere(name)) return invalid_parameter(name + " is not supported by this sandbox");
    return invalid_parameter("Unexpected parameter: " + name);
  }
  const std::string source = is_film ? "video_url" : "image_url";
  for (const auto* name : {"image_url", "video_url", "children"}) {
    const bool is_wanted = is_carousel ? name == std::string_view{"children"} : name == source;
    if (is_wanted && value(name).empty()) return invalid_parameter(fmt::format("The parameter {} is required.", name));
    if (!is_wanted && given.contains(name))
      return invalid_parameter(std::string{name} + " does not fit the media_type");
  }
  made.image_url = value(source);
  made.caption = value("caption");
  made.alt_text = value("alt_text");
  if (made.is_child && (is_carousel || !made.caption.empty()))
    return invalid_parameter("An item of a carousel is an image or a film without a caption");
  if (!is_carousel) {
    if (const auto subcode = problem_of_address(made.image_url, is_film); subcode != 0)
      return publishing_error(subcode);
  }
  made.children = split(value("children"));
  constexpr std::size_t fewest_children = 2;
  constexpr std::size_t most_children = 10;
  if (is_carousel && (made.children.size() < fewest_children || made.children.size() > most_children))
    return publishing_error(2207028);
  if (base::count_code_points(made.caption) > max_caption) return publishing_error(2207010);
  if (count_begun(made.caption, '#') > max_hashtags || count_begun(made.caption, '@') > max_mentions) {
    return publishing_error(2207040);
  }
  if (base::count_code_points(made.alt_text) > max_alt_text) return invalid_parameter("alt_text is too long");
  return made;
}

std::variant<std::set<std::string>, response> read_fields(const parameters& given,
                                                          const std::set<std::string_view>& known) {
  std::set<std::string> fields{"id"};
  const auto named = given.find("fields");
  auto list = named == given.end() ? std::string_view{} : std::string_view{named->second};
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    const auto name = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (!known.contains(name)) {
      return invalid_parameter(fmt::format("Tried accessing nonexisting field ({})", name));
    }
    fields.emplace(name);
  }
  return fields;
}

std::optional<response> unknown_parameter(const parameters& given, const std::set<std::string_view>& known) {
  for (const auto& [name, ignored] : given) {
    if (!known.contains(name)) return invalid_parameter("Unexpected parameter: " + name);
  }
  return std::nullopt;
}

}  // namespace pulse::sandbox::instagram
