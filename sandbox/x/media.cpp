#include "sandbox/x/media.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "sandbox/core/multipart.hpp"
#include "sandbox/x/uploads.hpp"

namespace pulse::sandbox::x {

namespace {

constexpr std::size_t max_image_bytes = 5 * 1024 * 1024;
constexpr std::chrono::hours life{24};
constexpr std::uint64_t first_id = 1'990'000'000'000'000'000;

}  // namespace

std::string media_store::next_id() {
  last_id_ = std::max(first_id, last_id_ + 1);
  return std::to_string(last_id_);
}

const stored_media& media_store::create(const std::string& user_id, std::size_t size, base::timestamp now) {
  const auto id = next_id();
  restore({id, user_id, size, "", now + life});
  return media_.at(id);
}

void media_store::restore(stored_media media) {
  std::uint64_t number = 0;
  std::from_chars(media.id.data(), media.id.data() + media.id.size(), number);
  last_id_ = std::max(last_id_, number);
  media_[media.id] = std::move(media);
}

stored_media* media_store::find(const std::string& id, const std::string& user_id, base::timestamp now) {
  const auto found = media_.find(id);
  if (found == media_.end() || found->second.user_id != user_id || now >= found->second.expires_at) return nullptr;
  return &found->second;
}

std::optional<std::string_view> read_upload(const http::server::request& request) {
  const auto parts = read_multipart(request);
  if (!parts || parts->size() != 2 || !parts->contains("media") || !parts->contains("media_category"))
    return std::nullopt;
  if (parts->at("media_category") != "tweet_image") return std::nullopt;
  return parts->at("media");
}

bool is_image(std::string_view bytes) {
  const bool begins = bytes.starts_with("\xff\xd8\xff") || bytes.starts_with("\x89PNG\r\n\x1a\n") ||
                      bytes.starts_with("GIF8") || (bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP"));
  return begins && bytes.size() <= max_image_bytes && category_of(bytes) == "tweet_image";
}

}  // namespace pulse::sandbox::x
