// X's media upload: what is sent, and what comes back.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/shared/image_fetch.hpp"

namespace pulse::connectors::x {

/// Bytes of one piece of an upload in pieces; X advises at most 5 MB.
inline constexpr std::size_t segment_bytes = 4 * 1024 * 1024;

struct multipart {
  std::string content_type;  // with its boundary
  std::string body;
};

/// The body of `POST /2/media/upload` for an image. The boundary is made of the image's hash, so it is not in the
/// image.
multipart upload_body(const fetched_image& image);

/// The body of `POST /2/media/upload/initialize`; `category`: "tweet_gif", "tweet_video".
std::string initialize_body(const std::string& media_type, std::int64_t bytes, const std::string& category);

/// The body of `POST /2/media/upload/{id}/append` for one piece, counted from 0.
multipart append_body(std::string_view piece, std::size_t segment);

/// How far X is with what was uploaded.
struct processing {
  enum class kind { done, running, failed };
  kind how = kind::done;
  std::chrono::milliseconds check_after{0};  // running: when to ask again
  std::string problem;                       // failed: X's words
};

/// What X says of it after an upload, or when it is asked; nothing when the reply is none.
std::optional<processing> processing_of(const std::string& body);

/// The body of `POST /2/media/metadata`.
std::string alt_text_body(const std::string& media_id, const std::string& alt_text);

struct uploaded_media {
  std::string id;
  std::chrono::seconds expires_after{0};
};

/// What X says of an upload; nothing when the reply is none.
std::optional<uploaded_media> read_upload(const std::string& body);

}  // namespace pulse::connectors::x
