// Fetches the image of a post from the address that a user gave, for platforms that are given the bytes.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/picture_problem.hpp"
#include "domain/platforms/platform.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors {

struct fetched_image {
  std::string bytes;
  std::string media_type;    // by its first bytes: "image/jpeg", "image/png", "image/gif", "image/webp"
  bool is_animated = false;  // a GIF of several pictures
};

/// The image, or the outcome of the attempt without it: `invalid` when the address will not give one (not public, no
/// image, too large, not there), `transient` when it may later.
using image_result = base::result<fetched_image, domain::outcome>;

/// Redirects that are followed, each one judged like the first address.
inline constexpr int max_image_redirects = 3;

/// Fetches `url` as an address that a user gave (trust::user_given), with redirects as RFC 3986 §5 resolves them and
/// the guard at each hop. Its bytes say what it is, not the server; `rules` are the platform's, which the sentences
/// name. `done` is called once, on the client's thread.
void fetch_image(egress& client, const std::string& url, const domain::platform& takes,
                 std::chrono::milliseconds timeout, std::function<void(image_result)> done);

/// As `fetch_image`, but a picture of the library is read from its file: its address may be one that the guard refuses,
/// because this service is reached inside. `done` is called once, on any thread. Without `files` as `fetch_image`.
void read_or_fetch_image(media_files* files, egress& client, const std::string& url, const domain::platform& takes,
                         std::chrono::milliseconds timeout, std::function<void(image_result)> done);

/// The same for a platform that fetches the picture itself: what is wrong with it, nothing when nothing is. What cannot
/// be had from here is left to the platform, which its server may treat otherwise.
void judge_image(egress& client, const std::string& url, const domain::platform& takes,
                 std::chrono::milliseconds timeout, std::function<void(std::optional<domain::outcome>)> done);

}  // namespace pulse::connectors
