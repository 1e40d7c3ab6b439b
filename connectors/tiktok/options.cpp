#include "connectors/tiktok/options.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/secure.hpp"

namespace pulse::connectors::tiktok {

namespace {

constexpr const char* yes = "yes";

/// TikTok takes the words of pictures as title and description, and those of a film as the title.
void add_words(boost::json::object& info, const publication& what, bool is_film) {
  if (is_film) {
    info["title"] = what.text;
    return;
  }
  if (!what.title.empty()) info["title"] = what.title;
  info["description"] = what.text;
}

}  // namespace

egress_request post_request(const tiktok_options& options, const credentials& account, const std::string& path,
                            const boost::json::object& body) {
  egress_request request;
  request.method = "POST";
  request.url = options.base_url + path;
  request.headers = {{"authorization", "Bearer " + account.access_token.reveal()},
                     {"content-type", "application/json; charset=UTF-8"},
                     {"accept", "application/json"}};
  request.body = boost::json::serialize(body);
  request.timeout = options.lookup_timeout;
  request.address = trust::platform;
  return request;
}

boost::json::object post_info(const publication& what, const creator_info& creator, bool is_film) {
  const auto disclosure = what.option("disclosure");
  boost::json::object info;
  add_words(info, what, is_film);
  info["privacy_level"] = what.option("privacy_level");
  info["disable_comment"] = creator.comment_disabled || what.option("disable_comment") == yes;
  info["brand_organic_toggle"] = disclosure == "own_brand" || disclosure == "both";
  info["brand_content_toggle"] = disclosure == "paid_partnership" || disclosure == "both";
  if (is_film) {
    info["disable_duet"] = creator.duet_disabled || what.option("disable_duet") == yes;
    info["disable_stitch"] = creator.stitch_disabled || what.option("disable_stitch") == yes;
    info["is_aigc"] = what.option("is_aigc") == yes;
  } else {
    info["auto_add_music"] = what.option("auto_add_music") == yes;
  }
  return info;
}

boost::json::object photos_body(const publication& what, const creator_info& creator) {
  boost::json::array images;
  for (const auto& each : what.media) {
    if (each.kind == domain::media_kind::image) images.emplace_back(each.url);
  }
  return {
      {"media_type", "PHOTO"},
      {"post_mode", "DIRECT_POST"},
      {"post_info", post_info(what, creator, false)},
      {"source_info", {{"source", "PULL_FROM_URL"}, {"photo_images", std::move(images)}, {"photo_cover_index", 0}}}};
}

boost::json::object pulled_film_body(const publication& what, const creator_info& creator) {
  const auto* film = what.film();
  return {{"post_info", post_info(what, creator, true)},
          {"source_info", {{"source", "PULL_FROM_URL"}, {"video_url", film == nullptr ? "" : film->url}}}};
}

boost::json::object uploaded_film_body(const publication& what, const creator_info& creator, std::int64_t bytes) {
  return {{"post_info", post_info(what, creator, true)},
          {"source_info",
           {{"source", "FILE_UPLOAD"},
            {"video_size", bytes},
            {"chunk_size", std::min(bytes, film_piece_bytes)},
            {"total_chunk_count", pieces_of(bytes)}}}};
}

std::int64_t pieces_of(std::int64_t bytes) { return std::max<std::int64_t>(1, bytes / film_piece_bytes); }

std::int64_t piece_size(std::int64_t bytes, std::int64_t index) {
  return index + 1 < pieces_of(bytes) ? film_piece_bytes : bytes - index * film_piece_bytes;
}

std::string mark_of(const publication& what) {
  constexpr std::size_t digits = 32;
  auto text =
      fmt::format("{}\n{}\n{}\n{}", what.account.external_user_id, domain::mark_of(what.media), what.title, what.text);
  for (const auto& [name, value] : what.options) text += fmt::format("\n{}={}", name, value);
  return base::to_hex(base::sha256(text)).substr(0, digits);
}

}  // namespace pulse::connectors::tiktok
