#include "connectors/shared/picture.hpp"

#include <cstddef>
#include <cstdint>

namespace pulse::connectors {

namespace {

/// Reads a GIF from its front; behind the end it reads zeros.
class gif_reader {
 public:
  explicit gif_reader(std::string_view bytes) : bytes_(bytes) {}

  bool is_at_end() const { return at_ >= bytes_.size(); }
  std::uint8_t next() { return is_at_end() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes_[at_++]); }
  void skip(std::size_t count) { at_ = count > bytes_.size() - at_ ? bytes_.size() : at_ + count; }

  /// The table of colors that a packed field announces.
  void skip_colors(std::uint8_t packed) {
    constexpr std::uint8_t has_table = 0x80;
    if ((packed & has_table) != 0) skip(std::size_t{3} << ((packed & 7) + 1));
  }

  void skip_sub_blocks() {
    while (const auto size = next()) skip(size);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view media_type_of(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP")) return "image/webp";
  return {};
}

int count_gif_pictures(std::string_view bytes, int most) {
  if (media_type_of(bytes) != "image/gif") return 0;
  constexpr std::uint8_t extension = 0x21, picture = 0x2c;
  gif_reader gif{bytes};
  gif.skip(10);  // signature, version, width, height
  const auto packed = gif.next();
  gif.skip(2);  // background, aspect ratio
  gif.skip_colors(packed);
  int pictures = 0;
  while (!gif.is_at_end()) {
    const auto kind = gif.next();
    if (kind == extension) {
      gif.next();  // its label
      gif.skip_sub_blocks();
    } else if (kind == picture) {
      if (++pictures >= most) return pictures;
      gif.skip(8);  // left, top, width, height
      gif.skip_colors(gif.next());
      gif.next();  // the size of the codes
      gif.skip_sub_blocks();
    } else {
      return pictures;  // the trailer, or nothing that may stand here
    }
  }
  return pictures;
}

bool is_animated_gif(std::string_view bytes) { return count_gif_pictures(bytes, 2) > 1; }

std::string_view type_in_words(std::string_view media_type) {
  if (media_type == "image/jpeg") return "JPEG";
  if (media_type == "image/png") return "PNG";
  if (media_type == "image/gif") return "GIF";
  if (media_type == "image/webp") return "WebP";
  return "another type";
}

}  // namespace pulse::connectors
