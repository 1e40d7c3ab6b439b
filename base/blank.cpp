#include "base/blank.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace pulse::base {

namespace {

struct range {
  char32_t first;
  char32_t last;
};

constexpr std::array unseen = std::to_array<range>({
    {0x0000, 0x0020},   {0x007f, 0x00a0},     {0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x061c, 0x061c},
    {0x115f, 0x1160},   {0x1680, 0x1680},     {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x2000, 0x200f},
    {0x2028, 0x202f},   {0x205f, 0x206f},     {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},
    {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},     {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},
    {0xfffe, 0xffff},   {0x13430, 0x1343f},   {0x16fe4, 0x16fe4}, {0x1bca0, 0x1bca3}, {0x1d159, 0x1d159},
    {0x1d173, 0x1d17a}, {0x1fffe, 0x1ffff},   {0x2fffe, 0x2ffff}, {0x3fffe, 0x3ffff}, {0x4fffe, 0x4ffff},
    {0x5fffe, 0x5ffff}, {0x6fffe, 0x6ffff},   {0x7fffe, 0x7ffff}, {0x8fffe, 0x8ffff}, {0x9fffe, 0x9ffff},
    {0xafffe, 0xaffff}, {0xbfffe, 0xbffff},   {0xcfffe, 0xcffff}, {0xdfffe, 0xe0fff}, {0xefffe, 0xeffff},
    {0xffffe, 0xfffff}, {0x10fffe, 0x10ffff},
});

bool is_unseen(char32_t c) {
  const auto found = std::lower_bound(unseen.begin(), unseen.end(), c,
                                      [](const range& each, char32_t point) { return each.last < point; });
  return found != unseen.end() && c >= found->first;
}

/// The code point at the front of valid UTF-8, which is taken off.
char32_t next_of(std::string_view& utf8) {
  const auto lead = static_cast<std::uint8_t>(utf8.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t point = size == 1 ? lead : lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) point = (point << 6) | (static_cast<std::uint8_t>(utf8[i]) & 0x3fU);
  utf8.remove_prefix(size);
  return point;
}

}  // namespace

bool is_blank(std::string_view utf8) {
  // Most texts begin with a letter.
  if (std::any_of(utf8.begin(), utf8.end(), [](char c) { return c > ' ' && c < 0x7f; })) return false;
  // NUL is a control character here; what is clean has none.
  while (!utf8.empty()) {
    auto piece = utf8.substr(0, utf8.find('\0'));
    utf8.remove_prefix(std::min(piece.size() + 1, utf8.size()));
    if (!is_clean_utf8(piece)) return false;
    while (!piece.empty()) {
      if (!is_unseen(next_of(piece))) return false;
    }
  }
  return true;
}

}  // namespace pulse::base
