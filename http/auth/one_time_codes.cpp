#include "http/auth/one_time_codes.hpp"

#include <array>

#include <fmt/core.h>

#include "base/percent.hpp"
#include "base/secure.hpp"

namespace pulse::http {

namespace {

constexpr std::int64_t step_seconds = 30;
constexpr std::uint32_t codes = 1'000'000;
constexpr std::size_t digits = 6;

}  // namespace

std::int64_t one_time_step(base::timestamp now) {
  return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() / step_seconds;
}

std::string one_time_code(std::string_view secret, std::int64_t step) {
  std::string counter;
  for (int shift = 56; shift >= 0; shift -= 8)
    counter += static_cast<char>(static_cast<std::uint64_t>(step) >> shift & 0xff);
  const auto mac = base::hmac_sha1(secret, counter);
  const std::size_t at = mac.back() & 15;  // RFC 4226 §5.3
  std::uint32_t number = mac[at] & 0x7f;
  for (std::size_t i = 1; i < 4; ++i) number = number << 8 | mac[at + i];
  auto code = std::to_string(number % codes);
  return std::string(digits - code.size(), '0') + code;
}

std::optional<std::int64_t> match_one_time_code(std::string_view secret, std::string_view code, base::timestamp now,
                                                std::int64_t last_step) {
  const auto middle = one_time_step(now);
  for (auto step = middle - 1; step <= middle + 1; ++step) {
    if (step > last_step && base::equal_in_constant_time(one_time_code(secret, step), code)) return step;
  }
  return std::nullopt;
}

std::string to_base32(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string made;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8 | static_cast<unsigned char>(c)) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) made += alphabet[held >> (bits - 5) & 31];
  }
  if (bits > 0) made += alphabet[held << (5 - bits) & 31];
  return made;
}

std::string one_time_address(std::string_view secret, std::string_view account) {
  return fmt::format("otpauth://totp/Pulse:{}?secret={}&issuer=Pulse", base::percent_encoded(account),
                     to_base32(secret));
}

std::string make_recovery_code() {
  constexpr std::string_view alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
  std::string made;
  while (made.size() < 14) {
    std::array<std::uint8_t, 1> byte;
    base::random_bytes(byte);
    if (byte[0] >= 8 * alphabet.size()) continue;  // keeps all characters equally likely
    if (made.size() == 4 || made.size() == 9) made += '-';
    made += alphabet[byte[0] % alphabet.size()];
  }
  return made;
}

std::string hash_recovery_code(std::string_view code) {
  std::string plain;
  for (char c : code) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != '-' && c != ' ') plain += c;
  }
  return std::string{base::as_text(base::sha256("recovery " + plain))};
}

}  // namespace pulse::http
