#include "connectors/x/media.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "base/secure.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::x {

namespace {

constexpr std::size_t max_id_digits = 20;
constexpr std::chrono::hours default_life{24};  // what X gives; also when it does not say so

}  // namespace

multipart upload_body(const fetched_image& image) {
  const auto boundary = "pulse-" + base::to_hex(base::sha256(image.bytes));
  multipart made;
  made.content_type = "multipart/form-data; boundary=" + boundary;
  made.body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"media_category\"\r\n\r\ntweet_image\r\n";
  made.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"image\"\r\n";
  made.body += "Content-Type: " + image.media_type + "\r\n\r\n";
  made.body += image.bytes;
  made.body += "\r\n--" + boundary + "--\r\n";
  return made;
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
