// X's media upload: what is sent, and what comes back (platforms/x.md §Media).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/shared/image_fetch.hpp"

namespace pulse::connectors::x {

/// The largest image that X takes.
inline constexpr std::size_t max_image_bytes = 5 * 1024 * 1024;

struct multipart {
  std::string content_type;  // with its boundary
  std::string body;
};

/// The body of `POST /2/media/upload` for an image. The boundary is made of the image's hash, so it is not in the image.
multipart upload_body(const fetched_image& image);

/// The body of `POST /2/media/metadata`.
std::string alt_text_body(const std::string& media_id, const std::string& alt_text);

struct uploaded_media {
  std::string id;
  std::chrono::seconds expires_after{0};
};

/// What X says of an upload; nothing when the reply is none.
std::optional<uploaded_media> read_upload(const std::string& body);

}  // namespace pulse::connectors::x
