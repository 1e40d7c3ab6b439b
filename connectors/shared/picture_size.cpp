#include "connectors/shared/picture_size.hpp"

#include <cstddef>
#include <cstdint>

#include "connectors/shared/picture.hpp"

namespace pulse::connectors {

namespace {

/// Reads numbers from untrusted bytes; missing ones are 0, and noted.
class reader {
 public:
  explicit reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t big(std::size_t at, std::size_t count) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | byte(at + i);
    return value;
  }
  std::uint32_t little(std::size_t at, std::size_t count) const {
    std::uint32_t value = 0;
    for (std::size_t i = count; i > 0; --i) value = value << 8 | byte(at + i - 1);
    return value;
  }
  bool has(std::size_t at, std::string_view text) const {
    return at <= bytes_.size() && bytes_.substr(at).starts_with(text);
  }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::uint32_t byte(std::size_t at) const { return at < bytes_.size() ? static_cast<std::uint8_t>(bytes_[at]) : 0; }

  std::string_view bytes_;
};

std::optional<picture_size> made_of(std::uint32_t width, std::uint32_t height) {
  constexpr std::uint32_t most = 1'000'000;
  if (width == 0 || height == 0 || width > most || height > most) return std::nullopt;
  return picture_size{.width = static_cast<int>(width), .height = static_cast<int>(height)};
}

/// Whether an Exif block says that the picture lies on its side: the tag Orientation of its first directory, 5 to 8.
bool lies_by_exif(const reader& exif) {
  constexpr std::size_t tiff = 6;  // behind "Exif\0\0"
  constexpr std::uint32_t orientation = 0x0112, entries_max = 512;
  constexpr std::size_t entry_bytes = 12;
  const bool is_little = exif.has(tiff, "II");
  if (!is_little && !exif.has(tiff, "MM")) return false;
  const auto number = [&](std::size_t at, std::size_t count) {
    return is_little ? exif.little(at, count) : exif.big(at, count);
  };
  const std::size_t directory = tiff + number(tiff + 4, 4);
  const auto entries = number(directory, 2);
  for (std::uint32_t i = 0; i < entries && i < entries_max; ++i) {
    const auto entry = directory + 2 + i * entry_bytes;
    if (number(entry, 2) != orientation) continue;
    const auto value = number(entry + 8, 2);
    return value >= 5 && value <= 8;
  }
  return false;
}

std::optional<picture_size> jpeg_size(std::string_view bytes) {
  const reader in{bytes};
  bool lies = false;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (in.big(at, 1) != 0xff) return std::nullopt;
    const auto marker = in.big(at + 1, 1);
    if (marker == 0xff) {  // filling
      ++at;
      continue;
    }
    const auto length = in.big(at + 2, 2);
    const bool is_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (is_frame) {
      auto size = at + 9 <= bytes.size() ? made_of(in.big(at + 7, 2), in.big(at + 5, 2)) : std::nullopt;
      if (size) size->lies = lies;
      return size;
    }
    const bool is_alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (!is_alone && (length < 2 || marker == 0xd9 || marker == 0xda)) return std::nullopt;
    if (marker == 0xe1 && in.has(at + 4, {"Exif\0\0", 6}))
      lies = lies_by_exif(reader{bytes.substr(at + 4, length - 2)});
    at += is_alone ? 2 : 2 + length;
  }
  return std::nullopt;
}

std::optional<picture_size> webp_size(const reader& in) {
  constexpr std::size_t chunk = 12, content = 20;
  if (in.size() < content + 10) return std::nullopt;
  if (in.has(chunk, "VP8X")) return made_of(in.little(content + 4, 3) + 1, in.little(content + 7, 3) + 1);
  constexpr std::uint32_t fourteen_bits = 0x3fff;
  if (in.has(chunk, "VP8L") && in.big(content, 1) == 0x2f) {
    const auto packed = in.little(content + 1, 4);
    return made_of((packed & fourteen_bits) + 1, (packed >> 14 & fourteen_bits) + 1);
  }
  if (in.has(chunk, "VP8 ") && in.big(content + 3, 3) == 0x9d012a)
    return made_of(in.little(content + 6, 2) & fourteen_bits, in.little(content + 8, 2) & fourteen_bits);
  return std::nullopt;
}

}  // namespace

std::optional<picture_size> size_of(std::string_view bytes) {
  const reader in{bytes};
  const auto type = media_type_of(bytes);
  if (type == "image/jpeg") return jpeg_size(bytes);
  if (type == "image/webp") return webp_size(in);
  if (type == "image/png")
    return in.has(12, "IHDR") && in.size() >= 24 ? made_of(in.big(16, 4), in.big(20, 4)) : std::nullopt;
  if (type == "image/gif") return in.size() >= 10 ? made_of(in.little(6, 2), in.little(8, 2)) : std::nullopt;
  return std::nullopt;
}

}  // namespace pulse::connectors
