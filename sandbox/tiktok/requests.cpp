#include "sandbox/tiktok/requests.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include "base/text.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::tiktok {

namespace {

using http::server::response;

constexpr std::int64_t mebibyte = 1024 * 1024;
constexpr std::int64_t smallest_chunk = 5 * mebibyte;
constexpr std::int64_t largest_chunk = 64 * mebibyte;
constexpr std::int64_t most_chunks = 1'000;
constexpr std::int64_t largest_film = 4'096 * mebibyte;

response invalid(std::string_view what) { return error(400, "invalid_params", what); }

/// UTF-16 code units of a UTF-8 text: characters beyond the basic plane count twice.
std::size_t units_of(std::string_view text) {
  const auto wide =
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xf0; });
  return base::count_code_points(text) + static_cast<std::size_t>(wide);
}

bool is_reachable(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
}

std::int64_t number_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

const boost::json::object* part_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

std::optional<response> unknown_field(const boost::json::object& given, std::initializer_list<std::string_view> known) {
  for (const auto& field : given) {
    const std::string_view key = field.key();
    if (std::find(known.begin(), known.end(), key) == known.end())
      return invalid("unexpected field " + std::string{key});
  }
  return std::nullopt;
}

std::optional<response> read_info(const boost::json::object& info, post_content& into) {
  auto wrong =
      into.is_film
          ? unknown_field(info, {"title", "privacy_level", "disable_duet", "disable_comment", "disable_stitch",
                                 "video_cover_timestamp_ms", "brand_content_toggle", "brand_organic_toggle", "is_aigc"})
          : unknown_field(info, {"title", "description", "privacy_level", "disable_comment", "auto_add_music",
                                 "brand_content_toggle", "brand_organic_toggle"});
  if (wrong) return wrong;
  into.privacy_level = text_at(info, "privacy_level");
  const auto title = text_at(info, "title");
  into.text = into.is_film ? title : text_at(info, "description");
  if (units_of(title) > (into.is_film ? 2'200U : 90U)) return invalid("title is too long");
  if (!into.is_film && units_of(into.text) > 4'000) return invalid("description is too long");
  if (into.privacy_level.empty()) return invalid("privacy_level is required");
  return std::nullopt;
}

/// Pieces have 5 to 64 MB, the last one includes the rest; a film below 5 MB is one piece.
bool is_cut_rightly(const post_content& film) {
  if (film.video_size < 1 || film.video_size > largest_film || film.chunk_size < 1) return false;
  if (film.video_size < smallest_chunk) return film.chunk_size == film.video_size && film.chunks == 1;
  if (film.chunk_size < smallest_chunk || film.chunk_size > largest_chunk) return false;
  return film.chunks == std::max<std::int64_t>(1, film.video_size / film.chunk_size) && film.chunks <= most_chunks;
}

std::optional<response> read_film(const boost::json::object& source, post_content& into) {
  const auto kind = text_at(source, "source");
  if (kind == "FILE_UPLOAD") {
    if (auto wrong = unknown_field(source, {"source", "video_size", "chunk_size", "total_chunk_count"})) return wrong;
    into.video_size = number_at(source, "video_size");
    into.chunk_size = number_at(source, "chunk_size");
    into.chunks = number_at(source, "total_chunk_count");
    if (!is_cut_rightly(into)) return invalid("The total chunk count is invalid");
    return std::nullopt;
  }
  if (kind != "PULL_FROM_URL") return invalid("source is none");
  if (auto wrong = unknown_field(source, {"source", "video_url"})) return wrong;
  into.url = text_at(source, "video_url");
  if (!is_reachable(into.url)) return error(403, "url_ownership_unverified", "The domain is not verified");
  return std::nullopt;
}

std::optional<response> read_photos(const boost::json::object& source, post_content& into) {
  if (auto wrong = unknown_field(source, {"source", "photo_images", "photo_cover_index"})) return wrong;
  const auto* images = source.if_contains("photo_images");
  if (text_at(source, "source") != "PULL_FROM_URL" || images == nullptr || !images->is_array())
    return invalid("photos are fetched from photo_images");
  const auto& all = images->get_array();
  if (all.empty() || all.size() > 35) return invalid("there are 1 to 35 photos");
  const auto cover = number_at(source, "photo_cover_index");
  if (cover < 0 || cover >= static_cast<std::int64_t>(all.size())) return invalid("photo_cover_index is none");
  for (const auto& each : all) {
    const auto url = each.is_string() ? std::string{each.get_string().c_str()} : std::string{};
    if (!is_reachable(url)) return error(403, "url_ownership_unverified", "The domain is not verified");
    into.url = url;
  }
  return std::nullopt;
}

}  // namespace

response error(int status, std::string_view code, std::string_view message) {
  return json_reply(
      status,
      {{"data", boost::json::object{}},
       {"error", {{"code", code}, {"message", message.empty() ? code : message}, {"log_id", "20261129080000"}}}});
}

response success(boost::json::object data) {
  return json_reply(
      200, {{"data", std::move(data)}, {"error", {{"code", "ok"}, {"message", ""}, {"log_id", "20261129080000"}}}});
}

std::variant<post_content, response> read_begin(const http::server::request& request, bool is_film) {
  const auto body = read_object(request.body);
  if (!body) return invalid("The body is no JSON object");
  auto wrong = is_film ? unknown_field(*body, {"post_info", "source_info"})
                       : unknown_field(*body, {"media_type", "post_mode", "post_info", "source_info"});
  if (wrong) return std::move(*wrong);
  if (!is_film && (text_at(*body, "media_type") != "PHOTO" || text_at(*body, "post_mode") != "DIRECT_POST"))
    return invalid("media_type must be PHOTO and post_mode DIRECT_POST in this sandbox");
  const auto* info = part_of(*body, "post_info");
  const auto* source = part_of(*body, "source_info");
  if (info == nullptr || source == nullptr) return invalid("post_info and source_info are required");
  post_content made;
  made.is_film = is_film;
  wrong = read_info(*info, made);
  if (!wrong) wrong = is_film ? read_film(*source, made) : read_photos(*source, made);
  if (wrong) return std::move(*wrong);
  return made;
}

std::optional<byte_span> read_range(const http::server::request& request) {
  constexpr std::string_view unit = "bytes ";
  auto text = request.find("content-range").value_or("");
  if (!text.starts_with(unit)) return std::nullopt;
  text.remove_prefix(unit.size());
  byte_span made;
  const auto read = [&text](std::int64_t& into, std::string_view after) {
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), into);
    if (wrong != std::errc{} || into < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with(after)) return false;
    text.remove_prefix(after.size());
    return true;
  };
  if (!read(made.first, "-") || !read(made.last, "/") || !read(made.total, "") || !text.empty()) return std::nullopt;
  if (made.last < made.first || made.last >= made.total) return std::nullopt;
  return made;
}

}  // namespace pulse::sandbox::tiktok
