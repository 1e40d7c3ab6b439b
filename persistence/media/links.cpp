#include "persistence/media/links.hpp"

#include <algorithm>
#include <cstdint>

namespace pulse::persistence::media {

namespace {

constexpr std::string_view derivation = "pulse media links 1";
constexpr std::size_t uuid_bytes = 16;
constexpr std::size_t time_bytes = 8;
constexpr std::size_t fixed_bytes = 2 * uuid_bytes + time_bytes;
constexpr std::size_t part_bytes_max = 32;
constexpr std::size_t mac_bytes = 16;

void append(std::string& to, const base::uuid& id) { to += base::as_text(id.bytes); }

base::uuid uuid_at(std::string_view bytes, std::size_t at) {
  base::uuid made;
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), uuid_bytes, made.bytes.begin());
  return made;
}

std::int64_t seconds_of(base::timestamp at) {
  return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

std::string mac(const std::string& key, std::string_view content) {
  return std::string{base::as_text(base::hmac_sha256(key, content)).substr(0, mac_bytes)};
}

}  // namespace

link_signer::link_signer(const base::secret& key, const std::vector<base::secret>& earlier) {
  const auto derived = [](const base::secret& from) {
    return std::string{base::as_text(base::hmac_sha256(from.reveal(), derivation))};
  };
  keys_.push_back(derived(key));
  for (const auto& old : earlier) keys_.push_back(derived(old));
}

std::string link_signer::path(const link& to, std::string_view extension) const {
  std::string content;
  append(content, to.tenant_id);
  append(content, to.media_id);
  auto until = static_cast<std::uint64_t>(seconds_of(to.good_until));
  for (std::size_t i = 0; i < time_bytes; ++i, until >>= 8U) content += static_cast<char>(until & 0xffU);
  content += to.part.substr(0, part_bytes_max);
  content += mac(keys_.front(), content);
  return "/media/files/" + base::to_base64url(content) + "/" +
         (extension == "mp4" || extension == "mov" || extension == "webm" ? "film." : "picture.") +
         std::string{extension};
}

std::optional<link> link_signer::open(std::string_view token, base::timestamp now) const {
  const auto bytes = base::from_base64url(token);
  if (!bytes || bytes->size() < fixed_bytes + 1 + mac_bytes || bytes->size() > fixed_bytes + part_bytes_max + mac_bytes)
    return std::nullopt;
  const auto content = std::string_view{*bytes}.substr(0, bytes->size() - mac_bytes);
  const auto given = std::string_view{*bytes}.substr(content.size());
  if (std::none_of(keys_.begin(), keys_.end(),
                   [&](const auto& key) { return base::equal_in_constant_time(mac(key, content), given); }))
    return std::nullopt;
  std::uint64_t until = 0;
  for (std::size_t i = time_bytes; i > 0; --i)
    until = until << 8U | static_cast<std::uint8_t>(content[2 * uuid_bytes + i - 1]);
  const base::timestamp good_until{std::chrono::seconds{static_cast<std::int64_t>(until)}};
  if (good_until < now) return std::nullopt;
  return link{uuid_at(content, 0), uuid_at(content, uuid_bytes), std::string{content.substr(fixed_bytes)}, good_until};
}

base::timestamp end_of_link(base::timestamp now, std::chrono::hours lifetime) {
  return std::chrono::ceil<std::chrono::hours>(now) + lifetime;
}

}  // namespace pulse::persistence::media
