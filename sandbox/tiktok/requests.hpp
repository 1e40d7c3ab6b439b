// Reads TikTok's requests strictly, and refuses them as TikTok does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/json.hpp>

#include "http/server/message.hpp"

namespace pulse::sandbox::tiktok {

/// `{"data":{},"error":{"code":"…","message":"…","log_id":"…"}}`
http::server::response error(int status, std::string_view code, std::string_view message = "");
/// A success with this `data`.
http::server::response success(boost::json::object data);

/// The content of a post.
struct post_content {
  bool is_film = false;
  std::string text;  // a film's title, or the description of pictures
  std::string privacy_level;
  std::string url;              // to be fetched; empty for an upload
  std::int64_t video_size = 0;  // of an upload
  std::int64_t chunk_size = 0;
  std::int64_t chunks = 0;
};

/// The body of `video/init/` or `content/init/`; or the refusal.
std::variant<post_content, http::server::response> read_begin(const http::server::request& request, bool is_film);

/// `Content-Range: bytes 0-9/10`
struct byte_span {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t total = 0;
};
std::optional<byte_span> read_range(const http::server::request& request);

}  // namespace pulse::sandbox::tiktok
