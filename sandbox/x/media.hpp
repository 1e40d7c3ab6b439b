// Images uploaded to X, and the reading of an upload.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/server/message.hpp"

namespace pulse::sandbox::x {

struct stored_media {
  std::string id;
  std::string user_id;
  std::size_t size = 0;
  std::string alt_text;
  base::timestamp expires_at;
  bool is_film = false;
  std::uint32_t checksum = 0;  // for a film: CRC-32 of its bytes
};

/// Uploads by their id.
class media_store {
 public:
  /// A new id.
  std::string next_id();
  const stored_media& create(const std::string& user_id, std::size_t size, base::timestamp now);
  void restore(stored_media media);
  /// The user's own upload that has not expired; null if there is none.
  stored_media* find(const std::string& id, const std::string& user_id, base::timestamp now);
  const std::map<std::string, stored_media>& all() const { return media_; }

 private:
  std::map<std::string, stored_media> media_;
  std::uint64_t last_id_ = 0;
};

/// The bytes of the part `media` in a one-shot upload (multipart/form-data, with `media_category` tweet_image); nothing
/// if the body is malformed or has another part.
std::optional<std::string_view> read_upload(const http::server::request& request);

/// Whether the bytes begin like a JPEG, PNG, GIF or WEBP, are within X's limit for one request, and are no animation,
/// which is a `tweet_gif` and must come in pieces.
bool is_image(std::string_view bytes);

}  // namespace pulse::sandbox::x
