#include "connectors/shared/picture.hpp"

#include <catch2/catch.hpp>

#include "connectors/shared/image_fetch.hpp"

using namespace pulse;
using namespace pulse::connectors;
using domain::channel_type;

namespace {

std::string gif(int pictures) {
  std::string made{"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", 19};
  for (int i = 0; i < pictures; ++i) {
    made.append("\x21\xf9\x04\0\x0a\0\0\0", 8);
    made.append("\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0", 15);
  }
  return made + ";";
}

std::string webp() { return std::string{"RIFF\x1a\0\0\0WEBPVP8L", 16}; }

std::optional<std::string> problem(std::string_view bytes, channel_type type) {
  return picture_problem(bytes, domain::platform_of(type));
}

}  // namespace

TEST_CASE("a picture is what its bytes say") {
  CHECK(media_type_of("\xff\xd8\xff\xe0") == "image/jpeg");
  CHECK(media_type_of("\x89PNG\r\n\x1a\n....") == "image/png");
  CHECK(media_type_of(gif(1)) == "image/gif");
  CHECK(media_type_of(webp()) == "image/webp");
  for (const auto* other : {"", "GIF", "RIFF", "RIFF....WAVE", "<svg>", "\xff\xd8", "BM"})
    CHECK(media_type_of(other).empty());
}

TEST_CASE("a GIF is an animation when it has a second picture") {
  CHECK_FALSE(is_animated_gif(gif(0)));
  CHECK_FALSE(is_animated_gif(gif(1)));
  CHECK(is_animated_gif(gif(2)));
  CHECK(is_animated_gif(gif(350)));
  CHECK_FALSE(is_animated_gif("\xff\xd8\xff\xe0"));
}

TEST_CASE("a GIF that is cut anywhere ends the reading, and says no more than is there") {
  const auto whole = gif(3);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    INFO(size);
    CHECK(is_animated_gif(std::string_view{whole}.substr(0, size)) == (size >= 51));
  }
}

TEST_CASE("which pictures are taken is each platform's rule") {
  CHECK_FALSE(problem(webp(), channel_type::x));
  CHECK(problem(webp(), channel_type::linkedin) == "it is a WebP, and LinkedIn takes JPEG, PNG or GIF.");
  CHECK(problem("<svg>", channel_type::x) == "its address gives no picture. X takes JPEG, PNG, GIF or WebP.");
  const auto padded = [](std::string bytes, std::size_t size) {
    bytes.resize(size);
    return bytes;
  };
  constexpr std::size_t mb = 1024 * 1024;
  CHECK_FALSE(problem(padded(gif(2), 15 * mb), channel_type::x));
  CHECK(problem(padded(gif(2), 15 * mb + 1), channel_type::x) == "it is larger than the 15 MB that X takes.");
  CHECK(problem(padded(gif(1), 5 * mb + 1), channel_type::x) == "it is larger than the 5 MB that X takes.");
  CHECK_FALSE(problem(padded(gif(2), 8 * mb), channel_type::linkedin));
}
