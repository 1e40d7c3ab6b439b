#include "base/webhook_signature.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace pulse::base {

namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t fewest_secret_bytes = 24;

/// With padding and the signs of RFC 4648 §4, from the form for addresses.
std::string to_base64(std::string_view bytes) {
  auto made = to_base64url(bytes);
  std::replace(made.begin(), made.end(), '-', '+');
  std::replace(made.begin(), made.end(), '_', '/');
  while (made.size() % 4 != 0) made += '=';
  return made;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string made{text};
  while (made.ends_with('=')) made.pop_back();
  std::replace(made.begin(), made.end(), '+', '-');
  std::replace(made.begin(), made.end(), '/', '_');
  return from_base64url(made);
}

}  // namespace

secret new_webhook_secret() {
  std::array<std::uint8_t, secret_bytes> bytes{};
  random_bytes(bytes);
  return secret{std::string{prefix} + to_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()})};
}

std::string webhook_timestamp(timestamp at) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
}

std::optional<std::string> webhook_signature(const secret& signing_secret, std::string_view id, timestamp attempted_at,
                                             std::string_view body) {
  const std::string_view text{signing_secret.reveal()};
  if (!text.starts_with(prefix)) return std::nullopt;
  const auto key = from_base64(text.substr(prefix.size()));
  if (!key || key->size() < fewest_secret_bytes) return std::nullopt;
  std::string signed_words{id};
  signed_words += '.' + webhook_timestamp(attempted_at) + '.';
  signed_words += body;
  return "v1," + to_base64(as_text(hmac_sha256(*key, signed_words)));
}

}  // namespace pulse::base
