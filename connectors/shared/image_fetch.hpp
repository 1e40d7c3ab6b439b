// Fetches the image of a post from the address that a user gave, for platforms that are given the bytes.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors {

struct fetched_image {
  std::string bytes;
  std::string media_type;  // by its first bytes: "image/jpeg", "image/png", "image/gif"
};

/// The image, or what its absence makes of the attempt: `invalid` when the address will not give one (not public, no
/// image, too large, not there), `transient` when it may later.
using image_result = base::result<fetched_image, domain::outcome>;

/// Redirects that are followed, each one judged like the first address.
inline constexpr int max_image_redirects = 3;

/// Fetches `url` as an address that a user gave (trust::user_given). `done` is called once, on the client's thread.
void fetch_image(egress& client, const std::string& url, std::size_t max_bytes, std::chrono::milliseconds timeout,
                 std::function<void(image_result)> done);

/// What the first bytes say an image is; empty when it is none of the three kinds.
std::string_view media_type_of(std::string_view bytes);

}  // namespace pulse::connectors
