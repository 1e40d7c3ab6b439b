#include "connectors/x/media.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::x {

namespace {

constexpr std::size_t max_id_digits = 20;
constexpr std::chrono::hours default_life{24};  // what X gives; also when it does not say so

/// A form of one field and the bytes. The boundary is made of the bytes' hash, so it is not in them.
multipart form_of(std::string_view bytes, const std::string& type, const std::string& field, const std::string& value) {
  const auto boundary = "pulse-" + base::to_hex(base::sha256(bytes));
  multipart made;
  made.content_type = "multipart/form-data; boundary=" + boundary;
  made.body = fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", boundary, field, value);
  made.body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"image\"\r\n", boundary);
  made.body += fmt::format("Content-Type: {}\r\n\r\n", type);
  made.body += bytes;
  made.body += fmt::format("\r\n--{}--\r\n", boundary);
  return made;
}

}  // namespace

multipart upload_body(const fetched_image& image) {
  return form_of(image.bytes, image.media_type, "media_category", "tweet_image");
}

std::string initialize_body(const std::string& media_type, std::int64_t bytes, const std::string& category) {
  return boost::json::serialize(
      boost::json::object{{"media_type", media_type}, {"total_bytes", bytes}, {"media_category", category}});
}

multipart append_body(std::string_view piece, std::size_t segment) {
  return form_of(piece, "application/octet-stream", "segment_index", std::to_string(segment));
}

std::optional<processing> processing_of(const std::string& body) {
  const auto object = object_of(body);
  const auto* data = object ? object->if_contains("data") : nullptr;
  if (data == nullptr || !data->is_object()) return std::nullopt;
  const auto* info = data->get_object().if_contains("processing_info");
  if (info == nullptr) return processing{};
  if (!info->is_object()) return std::nullopt;
  const auto state = text_at(info->get_object(), "state");
  if (state == "succeeded") return processing{};
  if (state == "failed") {
    const auto* error = info->get_object().if_contains("error");
    return processing{processing::kind::failed,
                      {},
                      error != nullptr && error->is_object() ? text_at(error->get_object(), "message") : ""};
  }
  if (state != "pending" && state != "in_progress") return std::nullopt;
  constexpr std::int64_t longest_s = 30;
  const auto* after = info->get_object().if_contains("check_after_secs");
  const auto seconds =
      after != nullptr && after->is_int64() ? std::clamp<std::int64_t>(after->get_int64(), 1, longest_s) : 1;
  return processing{processing::kind::running, std::chrono::seconds{seconds}, ""};
}

std::string alt_text_body(const std::string& media_id, const std::string& alt_text) {
  return boost::json::serialize(
      boost::json::object{{"id", media_id}, {"metadata", {{"alt_text", {{"text", alt_text}}}}}});
}

std::optional<uploaded_media> read_upload(const std::string& body) {
  const auto object = object_of(body);
  const auto* data = object ? object->if_contains("data") : nullptr;
  if (data == nullptr || !data->is_object()) return std::nullopt;
  const auto& values = data->get_object();
  uploaded_media made{text_at(values, "id"), default_life};
  const bool is_number = std::all_of(made.id.begin(), made.id.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (made.id.empty() || made.id.size() > max_id_digits || !is_number) return std::nullopt;
  const auto* life = values.if_contains("expires_after_secs");
  if (life != nullptr && life->is_int64() && life->get_int64() >= 0)
    made.expires_after = std::min<std::chrono::seconds>(default_life, std::chrono::seconds{life->get_int64()});
  return made;
}

}  // namespace pulse::connectors::x
