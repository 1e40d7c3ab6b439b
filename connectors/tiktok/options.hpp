// What the connector for TikTok can be told, and the requests that it makes.
#pragma once

#include <chrono>
#include <string>

#include <boost/json.hpp>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/media_files.hpp"

namespace pulse::connectors::tiktok {

struct tiktok_options {
  std::string base_url = "https://open.tiktokapis.com";  // setting TIKTOK_API_BASE_URL
  std::chrono::seconds clock_skew{120};
  std::chrono::milliseconds lookup_timeout{10'000};
  std::chrono::milliseconds first_pause{500};  // between two looks at a post that is processed; doubled each time
  std::chrono::milliseconds longest_pause{4'000};
  std::chrono::seconds look_again_after{10};  // at a post that is still processed when the attempt is over
  media_files* films = nullptr;               // the library's, which are uploaded; others TikTok fetches
};

/// What TikTok says of the account, before each post.
struct creator_info {
  std::string username;
  std::vector<std::string> privacy_levels;
  bool comment_disabled = false;
  bool duet_disabled = false;
  bool stitch_disabled = false;
};

/// A POST of `body` as JSON to `path`, which begins with "/v2/".
egress_request post_request(const tiktok_options& options, const credentials& account, const std::string& path,
                            const boost::json::object& body);

/// The part of `init` that says what the post is: words, who may see it, what must be disclosed. What the account does
/// not allow is switched off whatever was chosen.
boost::json::object post_info(const publication& what, const creator_info& creator, bool is_film);

/// The body of `/v2/post/publish/content/init/`: pictures, which TikTok fetches.
boost::json::object photos_body(const publication& what, const creator_info& creator);

/// The body of `/v2/post/publish/video/init/`, of a film that TikTok fetches.
boost::json::object pulled_film_body(const publication& what, const creator_info& creator);

/// The same of a film of so many bytes that is uploaded.
boost::json::object uploaded_film_body(const publication& what, const creator_info& creator, std::int64_t bytes);

/// How a film is cut: TikTok takes pieces of 5 to 64 MB, in which the last holds the rest as well.
inline constexpr std::int64_t film_piece_bytes = 6 * 1024 * 1024;
std::int64_t pieces_of(std::int64_t bytes);
/// The bytes of piece `index`, from 0.
std::int64_t piece_size(std::int64_t bytes, std::int64_t index);

/// Stands for all that a post at TikTok is made of.
std::string mark_of(const publication& what);

}  // namespace pulse::connectors::tiktok
