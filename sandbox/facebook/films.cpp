// Films of a page: uploaded in pieces whose ranges Facebook chooses, then finished, which publishes.
#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "sandbox/core/multipart.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/facebook/facebook.hpp"
#include "sandbox/instagram/errors.hpp"

namespace pulse::sandbox::facebook {

namespace {

using instagram::invalid_parameter;
using instagram::to_response;

constexpr std::int64_t piece_bytes = 1024 * 1024;
constexpr std::int64_t most_bytes = 10LL * 1024 * 1024 * 1024;

std::string value_of(const instagram::parameters& given, const std::string& name) {
  const auto found = given.find(name);
  return found == given.end() ? std::string{} : found->second;
}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

http::server::response wrong_offset() {
  return to_response(
      {.code = 6001, .subcode = 1363037, .message = "There was a problem uploading your video: wrong start_offset"});
}

verdict done(boost::json::object data, std::string id) {
  return {http::server::response::json(200, boost::json::serialize(data)), decision::done, std::move(id), {}};
}

}  // namespace

facebook_platform::film* facebook_platform::find_film(std::string_view session, const std::string& page_id) {
  for (auto& [id, one] : films_) {
    if (one.session == session && one.page_id == page_id && !one.is_finished) return &one;
  }
  return nullptr;
}

verdict facebook_platform::upload_film(const http::server::request& request, const std::string& page_id,
                                       base::timestamp now) {
  if (request.find("content-type").value_or("").starts_with("multipart/form-data")) return take_piece(request, page_id);
  auto read = instagram::read_parameters(request);
  if (auto* refusal = std::get_if<http::server::response>(&read)) return refuse(std::move(*refusal));
  const auto& given = std::get<parameters>(read);
  const auto phase = value_of(given, "upload_phase");
  if (phase == "start") return begin_film(given, page_id);
  if (phase == "finish") return finish_film(given, page_id, now);
  return refuse(invalid_parameter("upload_phase is not supported by this sandbox"));
}

verdict facebook_platform::begin_film(const parameters& given, const std::string& page_id) {
  const auto bytes = number_of(value_of(given, "file_size"));
  if (bytes < 1 || bytes > most_bytes) return refuse(invalid_parameter("file_size must be the size of the film"));
  const auto id = std::to_string(++last_id_);
  const auto session = std::to_string(++last_id_);
  film one;
  one.page_id = page_id;
  one.session = session;
  one.bytes = bytes;
  films_[id] = one;
  return done({{"upload_session_id", session},
               {"video_id", id},
               {"start_offset", "0"},
               {"end_offset", std::to_string(std::min(bytes, piece_bytes))}},
              id);
}

/// Accepts the requested piece or its beginning, and the last piece again, whose answer may be lost.
verdict facebook_platform::take_piece(const http::server::request& request, const std::string& page_id) {
  const auto parts = read_multipart(request);
  const bool is_complete = parts && parts->size() == 4 && parts->contains("upload_phase") &&
                           parts->contains("upload_session_id") && parts->contains("start_offset") &&
                           parts->contains("video_file_chunk") && parts->at("upload_phase") == "transfer";
  if (!is_complete) return refuse(invalid_parameter("a piece names upload_phase, upload_session_id and start_offset"));
  auto* const one = find_film(parts->at("upload_session_id"), page_id);
  if (one == nullptr) return refuse(invalid_parameter("The upload session is not known"));
  const auto start = number_of(parts->at("start_offset"));
  const auto& bytes = parts->at("video_file_chunk");
  const auto count = static_cast<std::int64_t>(bytes.size());
  const auto* const data = reinterpret_cast<const Bytef*>(bytes.data());
  const auto checksum = static_cast<std::uint32_t>(::crc32(0, data, static_cast<uInt>(bytes.size())));
  const bool is_again = start >= 0 && start == one->last_start && checksum == one->last_checksum;
  if (!is_again) {
    if (start != one->taken) return refuse(wrong_offset());
    if (count < 1 || count > piece_bytes || start + count > one->bytes)
      return refuse(invalid_parameter("video_file_chunk is not the piece that was asked for"));
    one->last_start = start;
    one->last_checksum = checksum;
    one->checksum = static_cast<std::uint32_t>(::crc32(one->checksum, data, static_cast<uInt>(bytes.size())));
    one->taken += count;
  }
  return done({{"start_offset", std::to_string(one->taken)},
               {"end_offset", std::to_string(std::min(one->bytes, one->taken + piece_bytes))}},
              one->session);
}

verdict facebook_platform::finish_film(const parameters& given, const std::string& page_id, base::timestamp now) {
  for (const auto& [name, ignored] : given) {
    if (name != "upload_phase" && name != "upload_session_id" && name != "description" && name != "title")
      return refuse(invalid_parameter("Unexpected parameter: " + name));
  }
  auto* const one = find_film(value_of(given, "upload_session_id"), page_id);
  if (one == nullptr) return refuse(invalid_parameter("The upload session is not known"));
  if (one->taken != one->bytes) return refuse(wrong_offset());
  one->is_finished = true;
  const auto found =
      std::find_if(films_.begin(), films_.end(), [one](const auto& each) { return &each.second == one; });
  posts_.push_back({found->first, page_id, value_of(given, "description"), {}, now});
  const auto& made = posts_.back();
  return {http::server::response::json(200, R"({"success":true})"),
          decision::accepted,
          made.id,
          {{"made",
            {{"id", made.id},
             {"page_id", page_id},
             {"message", made.message},
             {"photos", boost::json::array{}},
             {"created_at", base::to_string(now)}}}}};
}

}  // namespace pulse::sandbox::facebook
