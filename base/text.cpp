#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <fmt/core.h>

#include "base/blank.hpp"

namespace pulse::base {

namespace {

/// The length of the sequence that starts with `lead`, 0 when no sequence may.
std::size_t sequence_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/// The bounds of the second byte after `lead` (RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF).
bool second_byte_fits(std::uint8_t lead, std::uint8_t second) {
  const std::uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const std::uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

/// How many bytes at the front are plain ASCII without NUL, eight at a time.
std::size_t plain_prefix(std::string_view bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= bytes.size(); at += sizeof eight) {
    std::memcpy(&eight, bytes.data() + at, sizeof eight);
    // Taking one from each byte sets its top bit just when it was zero, if none has it already.
    if (((eight | (eight - ones)) & tops) != 0) break;
  }
  return at;
}

}  // namespace

std::size_t count_code_points(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool is_clean_utf8(std::string_view bytes) {
  for (std::size_t at = plain_prefix(bytes); at < bytes.size();) {
    const auto lead = static_cast<std::uint8_t>(bytes[at]);
    const auto length = sequence_length(lead);
    if (lead == 0 || length == 0 || at + length > bytes.size()) return false;
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<std::uint8_t>(bytes[at + i]);
      if ((next & 0xc0) != 0x80 || (i == 1 && !second_byte_fits(lead, next))) return false;
    }
    at += length;
  }
  return true;
}

std::optional<std::string> text_problem(std::string_view value, std::size_t min, std::size_t max) {
  if (!is_clean_utf8(value)) return "must be valid UTF-8 without NUL";
  const auto count = count_code_points(value);
  if (count < min && min == 1) return "must not be empty";
  // An invisible text counts as empty. Checked here, so that no caller forgets it.
  if (min > 0 && is_blank(value)) return "must not be blank";
  if (count < min) return fmt::format("must have at least {} characters", min);
  if (count > max) {
    return fmt::format("must have at most {} characters, has {}", max, count);
  }
  return std::nullopt;
}

}  // namespace pulse::base
