// The secret of a second factor as an authenticator app reads it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pulse::tests {

/// The bytes that base32 without padding stands for (RFC 4648 section 6). Whoever gives other letters gets other bytes.
inline std::string from_base32(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string made;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    held = held << 5 | static_cast<std::uint32_t>(alphabet.find(c));
    if ((bits += 5) < 8) continue;
    bits -= 8;
    made += static_cast<char>(held >> bits & 0xff);
  }
  return made;
}

}  // namespace pulse::tests
