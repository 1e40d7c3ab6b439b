#include "sandbox/x/media.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pulse::sandbox::x {

namespace {

constexpr std::size_t max_image_bytes = 5 * 1024 * 1024;
constexpr std::chrono::hours life{24};
constexpr std::uint64_t first_id = 1'990'000'000'000'000'000;

/// The name in a part's Content-Disposition.
std::string_view name_of(std::string_view head) {
  constexpr std::string_view before = "name=\"";
  const auto at = head.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = head.substr(at + before.size());
  return rest.substr(0, rest.find('"'));
}

}  // namespace

const stored_media& media_store::create(const std::string& user_id, std::size_t size, base::timestamp now) {
  const auto id = std::to_string(std::max(first_id, last_id_ + 1));
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

std::optional<std::string_view> read_upload(const http::server::request& asked) {
  constexpr std::string_view type = "multipart/form-data; boundary=";
  constexpr std::string_view blank_line = "\r\n\r\n";
  const auto header = asked.find("content-type");
  if (!header || !header->starts_with(type)) return std::nullopt;
  const auto mark = "--" + std::string{header->substr(type.size())};
  std::string_view rest{asked.body};
  if (!rest.starts_with(mark)) return std::nullopt;
  rest.remove_prefix(mark.size());
  std::optional<std::string_view> media;
  std::string_view category;
  while (rest.starts_with("\r\n")) {
    const auto head_end = rest.find(blank_line);
    const auto end = rest.find("\r\n" + mark, head_end);
    if (head_end == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
    const auto name = name_of(rest.substr(0, head_end));
    const auto content = rest.substr(head_end + blank_line.size(), end - head_end - blank_line.size());
    if (name == "media") {
      media = content;
    } else if (name == "media_category") {
      category = content;
    } else {
      return std::nullopt;
    }
    rest.remove_prefix(end + 2 + mark.size());
  }
  return rest == "--\r\n" && category == "tweet_image" ? media : std::nullopt;
}

bool is_image(std::string_view bytes) {
  const bool begins = bytes.starts_with("\xff\xd8\xff") || bytes.starts_with("\x89PNG\r\n\x1a\n") ||
                      bytes.starts_with("GIF8") || (bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP"));
  return begins && bytes.size() <= max_image_bytes;
}

}  // namespace pulse::sandbox::x
