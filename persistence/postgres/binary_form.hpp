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
/// The SQL types that statements give and take, by their numbers, which never change (PostgreSQL's pg_type.dat).
enum class sql_type : std::uint32_t {
  boolean = 16,
  bytea = 17,
  name = 19,
  bigint = 20,
  smallint = 21,
  integer = 23,
  text = 25,
  json = 114,
  real = 700,
  double_precision = 701,
  character = 1042,
  varchar = 1043,
  timestamptz = 1184,
  uuid = 2950,
  jsonb = 3802,
};

/// Before the text of a jsonb.
inline constexpr char jsonb_version = 1;
/// In the place of an array's item.
inline constexpr std::uint32_t null_length = 0xffffffff;

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
