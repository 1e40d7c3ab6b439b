#include "sandbox/x/uploads.hpp"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>
#include <zlib.h>

#include "base/json.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/multipart.hpp"
#include "sandbox/x/errors.hpp"

namespace pulse::sandbox::x {

namespace {

constexpr std::size_t max_image_bytes = 5 * 1024 * 1024;
constexpr std::size_t max_gif_bytes = 15 * 1024 * 1024;
constexpr std::size_t max_segment_bytes = 5 * 1024 * 1024;
constexpr std::int64_t max_segments = 1'000;
constexpr std::int64_t max_film_bytes = 512LL * 1024 * 1024;
/// The number of a film's first bytes that are checked.
constexpr std::size_t film_head_bytes = 16;

std::uint32_t checksum_of(std::uint32_t before, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(before, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// ISO base media, the format of MP4 and QuickTime.
bool is_film(std::string_view head) { return head.size() > 8 && head.substr(4, 4) == "ftyp"; }

/// Counts frame descriptors after graphic control extensions of four bytes, which is simpler than parsing the file.
int frames_of(std::string_view bytes) {
  constexpr std::string_view control{"\x21\xf9\x04", 3};
  int frames = 0;
  for (auto at = bytes.find(control); at != bytes.npos; at = bytes.find(control, at + control.size())) ++frames;
  return frames;
}

}  // namespace

std::string_view category_of(std::string_view bytes) {
  return bytes.starts_with("GIF8") && frames_of(bytes) > 1 ? "tweet_gif" : "tweet_image";
}

std::variant<open_upload, http::server::response> read_initialize(const http::server::request& request) {
  base::json::cursor ignored;
  const auto document = base::json::parse(request.body, ignored);
  if (!document || !document->is_object()) return invalid_request("", "", "Request body is not a JSON object");
  const auto& given = document->get_object();
  open_upload made;
  made.media_type = text_at(given, "media_type");
  made.category = text_at(given, "media_category");
  const auto* total = given.if_contains("total_bytes");
  if (total == nullptr || !total->is_int64() || total->get_int64() < 1)
    return invalid_request("total_bytes", "", "$.total_bytes: is missing but it is required");
  made.total_bytes = static_cast<std::size_t>(total->get_int64());
  const bool is_gif = made.category == "tweet_gif";
  const bool is_image = made.category == "tweet_image";
  if (made.category == "tweet_video") {
    if (made.media_type != "video/mp4" && made.media_type != "video/quicktime")
      return invalid_request("media_category", made.category, "The media category does not fit the media type");
    if (total->get_int64() > max_film_bytes)
      return invalid_request("total_bytes", std::to_string(made.total_bytes), "The file is too large");
    return made;
  }
  if (!is_gif && !is_image)
    return invalid_request("media_category", made.category, "$.media_category: is not supported by this sandbox");
  if (is_gif != (made.media_type == "image/gif"))
    return invalid_request("media_category", made.category, "The media category does not fit the media type");
  if (made.total_bytes > (is_gif ? max_gif_bytes : max_image_bytes))
    return invalid_request("total_bytes", std::to_string(made.total_bytes), "The file is too large");
  return made;
}

std::optional<http::server::response> append_piece(const http::server::request& request, open_upload& to) {
  const auto parts = read_multipart(request);
  if (!parts || !parts->contains("media") || !parts->contains("segment_index") || parts->size() != 2)
    return invalid_request("media", "", "The piece must be multipart/form-data with media and segment_index");
  const auto& index = parts->at("segment_index");
  std::int64_t segment = -1;
  std::from_chars(index.data(), index.data() + index.size(), segment);
  const auto& bytes = parts->at("media");
  const auto checksum = checksum_of(0, bytes);
  if (segment >= 0 && segment == to.next_segment - 1 && checksum == to.last_checksum) return std::nullopt;
  if (segment != to.next_segment || segment >= max_segments)
    return invalid_request("segment_index", std::string{index}, "Segments must come in order from 0 to 999");
  if (bytes.empty() || bytes.size() > max_segment_bytes || to.taken + bytes.size() > to.total_bytes)
    return invalid_request("media", "", "The piece is larger than it may be");
  const bool is_film_piece = to.category == "tweet_video";
  if (!is_film_piece || to.next_segment == 0) to.bytes += is_film_piece ? bytes.substr(0, film_head_bytes) : bytes;
  to.taken += bytes.size();
  to.checksum = checksum_of(to.checksum, bytes);
  to.last_checksum = checksum;
  ++to.next_segment;
  return std::nullopt;
}

std::optional<std::string> problem_of_whole(const open_upload& whole) {
  if (whole.taken != whole.total_bytes) return "The upload has not as many bytes as announced";
  if (whole.category == "tweet_video") {
    if (is_film(whole.bytes)) return std::nullopt;
    return "The file is no film";
  }
  if (category_of(whole.bytes) != whole.category) return "The media category does not fit what was uploaded";
  return std::nullopt;
}

}  // namespace pulse::sandbox::x
