// PostgreSQL's binary form of values: big-endian numbers, times in microseconds since 2000.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace pulse::persistence::binary_form {

inline constexpr base::timestamp epoch{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
/// Before the text of a jsonb.
inline constexpr char jsonb_version = 1;

template <std::unsigned_integral T>
void write(std::string& out, T value) {
  char bytes[sizeof value];
  for (std::size_t at = sizeof value; at-- > 0; value = static_cast<T>(value >> 8))
    bytes[at] = static_cast<char>(value & 0xff);
  out.append(bytes, sizeof bytes);
}

/// The number in `bytes`, which are as many as `T` has.
template <std::unsigned_integral T>
T read(std::string_view bytes) {
  T value = 0;
  for (const char byte : bytes) value = static_cast<T>(value << 8 | static_cast<unsigned char>(byte));
  return value;
}

}  // namespace pulse::persistence::binary_form
