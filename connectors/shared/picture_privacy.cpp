#include "connectors/shared/picture_privacy.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "connectors/shared/picture.hpp"

namespace pulse::connectors {

namespace {

constexpr std::string_view exif_mark{"Exif\0\0", 6};

std::uint32_t big(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i)
    value = value << 8 | (at + i < bytes.size() ? static_cast<std::uint8_t>(bytes[at + i]) : 0U);
  return value;
}

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = count; i > 0; --i)
    value = value << 8 | (at + i - 1 < bytes.size() ? static_cast<std::uint8_t>(bytes[at + i - 1]) : 0U);
  return value;
}

/// The tag Orientation of an Exif block's first directory, 2 to 8; 0 when the picture stands as it is stored.
std::uint32_t orientation_in(std::string_view exif) {
  constexpr std::size_t tiff = 6;
  constexpr std::uint32_t tag = 0x0112;
  constexpr std::uint32_t most_entries = 512;
  const bool is_little = exif.substr(std::min(tiff, exif.size())).starts_with("II");
  const auto number = [&](std::size_t at, std::size_t count) {
    return is_little ? little(exif, at, count) : big(exif, at, count);
  };
  const std::size_t directory = tiff + number(tiff + 4, 4);
  const auto entries = std::min(number(directory, 2), most_entries);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const auto entry = directory + 2 + i * std::size_t{12};
    if (number(entry, 2) != tag) continue;
    const auto value = number(entry + 8, 2);
    return value >= 2 && value <= 8 ? value : 0;
  }
  return 0;
}

/// A segment that says how the picture is turned, and nothing else.
std::string exif_of(std::uint32_t orientation) {
  std::string segment{"\xff\xe1\x00\x22", 4};
  segment += exif_mark;
  segment += std::string_view{"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00", 19};
  segment += static_cast<char>(orientation);
  segment += std::string_view{"\x00\x00\x00\x00\x00\x00", 6};
  return segment;
}

std::optional<std::string> plain_jpeg(std::string_view bytes) {
  constexpr std::uint32_t exif = 0xe1, iptc = 0xed, comment = 0xfe, scan = 0xda;
  std::string made{bytes.substr(0, 2)};
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (big(bytes, at, 1) != 0xff) return std::nullopt;
    const auto marker = big(bytes, at + 1, 1);
    if (marker == scan) return made.append(bytes.substr(at));
    const bool is_alone = marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const std::size_t size = marker == 0xff ? 1 : is_alone ? 2 : 2 + std::size_t{big(bytes, at + 2, 2)};
    if (size < (is_alone ? 1U : 4U) || at + size > bytes.size()) return std::nullopt;
    const auto segment = bytes.substr(at, size);
    const bool is_exif = marker == exif && segment.substr(4).starts_with(exif_mark);
    const auto orientation = is_exif ? orientation_in(segment.substr(4)) : 0;
    if (orientation > 0) made += exif_of(orientation);
    if (marker != exif && marker != iptc && marker != comment) made += segment;
    at += size;
  }
  return std::nullopt;
}

std::optional<std::string> plain_png(std::string_view bytes) {
  constexpr std::size_t signature = 8;
  constexpr std::size_t around = 12;  // length, type, checksum
  std::string made{bytes.substr(0, signature)};
  for (auto at = signature; at + around <= bytes.size();) {
    const auto size = around + std::size_t{big(bytes, at, 4)};
    if (size > bytes.size() - at) return std::nullopt;
    const auto type = bytes.substr(at + 4, 4);
    const bool tells = type == "eXIf" || type == "tEXt" || type == "zTXt" || type == "iTXt" || type == "tIME";
    if (!tells) made += bytes.substr(at, size);
    if (type == "IEND") return made;
    at += size;
  }
  return std::nullopt;
}

std::optional<std::string> plain_webp(std::string_view bytes) {
  constexpr std::size_t head = 12;
  constexpr std::size_t around = 8;  // type, length
  std::string made{bytes.substr(0, head)};
  for (auto at = head; at < bytes.size();) {
    if (at + around > bytes.size()) return std::nullopt;
    const std::size_t content = little(bytes, at + 4, 4);
    const auto size = around + content + content % 2;
    if (content > bytes.size() || size > bytes.size() - at) return std::nullopt;
    const auto type = bytes.substr(at, 4);
    if (type != "EXIF" && type != "XMP ") made += bytes.substr(at, size);
    at += size;
  }
  constexpr std::size_t flags = 20;
  constexpr unsigned exif_flag = 0x08, xmp_flag = 0x04;
  if (std::string_view{made}.substr(head).starts_with("VP8X") && made.size() > flags)
    made[flags] = static_cast<char>(static_cast<unsigned char>(made[flags]) & ~(exif_flag | xmp_flag));
  const auto rest = made.size() - around;
  for (std::size_t i = 0; i < 4; ++i) made[4 + i] = static_cast<char>(rest >> (8 * i) & 0xff);
  return made;
}

}  // namespace

std::string without_metadata(std::string_view picture) {
  const auto type = media_type_of(picture);
  std::optional<std::string> made;
  if (type == "image/jpeg") made = plain_jpeg(picture);
  if (type == "image/png") made = plain_png(picture);
  if (type == "image/webp") made = plain_webp(picture);
  return made ? std::move(*made) : std::string{picture};
}

}  // namespace pulse::connectors
