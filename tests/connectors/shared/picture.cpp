#include "connectors/shared/picture.hpp"

#include <catch2/catch.hpp>

#include "connectors/shared/picture_problem.hpp"
#include "connectors/shared/picture_size.hpp"

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

void append_big(std::string& to, std::uint32_t value, std::size_t count) {
  for (std::size_t i = count; i > 0; --i) to += static_cast<char>(value >> 8 * (i - 1) & 0xff);
}

void append_little(std::string& to, std::uint32_t value, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to += static_cast<char>(value >> 8 * i & 0xff);
}

std::string gif_of(int width, int height, int pictures) {
  auto made = gif(pictures);
  std::string size;
  append_little(size, static_cast<std::uint32_t>(width), 2);
  append_little(size, static_cast<std::uint32_t>(height), 2);
  return made.replace(6, 4, size);
}

std::string png(int width, int height) {
  std::string made{"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16};
  append_big(made, static_cast<std::uint32_t>(width), 4);
  append_big(made, static_cast<std::uint32_t>(height), 4);
  return made + std::string{"\x08\x06\0\0\0", 5};
}

/// With an Exif block that says how the picture lies, 1 to 8, and one more segment before the frame.
std::string jpeg(int width, int height, int orientation = 0, char byte_order = 'M', int frame = 0xc2) {
  std::string made{"\xff\xd8", 2};
  if (orientation != 0) {
    const bool is_big = byte_order == 'M';
    std::string exif{"Exif\0\0", 6};
    const auto number = [&](std::uint32_t value, std::size_t count) {
      is_big ? append_big(exif, value, count) : append_little(exif, value, count);
    };
    exif += is_big ? "MM" : "II";
    number(42, 2);
    number(8, 4);
    number(2, 2);
    number(0x010f, 2), number(2, 2), number(4, 4), number(0, 4);
    number(0x0112, 2), number(3, 2), number(1, 4), number(static_cast<std::uint32_t>(orientation), 2), number(0, 2);
    made += "\xff\xe1";
    append_big(made, static_cast<std::uint32_t>(exif.size() + 2), 2);
    made += exif;
  }
  made += std::string{"\xff\xff\xdb\0\x04\0\0", 7};  // a filled marker
  made += '\xff';
  made += static_cast<char>(frame);
  made += std::string{"\0\x0b\x08", 3};
  append_big(made, static_cast<std::uint32_t>(height), 2);
  append_big(made, static_cast<std::uint32_t>(width), 2);
  return made + std::string{"\x01\x01\x11\0\xff\xd9", 6};
}

std::string webp_of(const char* chunk, int width, int height) {
  std::string made{"RIFF\x1a\0\0\0WEBP", 12};
  made += chunk;
  append_little(made, 30, 4);
  const auto w = static_cast<std::uint32_t>(width), h = static_cast<std::uint32_t>(height);
  if (std::string_view{chunk} == "VP8X") {
    append_little(made, 0, 4);
    append_little(made, w - 1, 3);
    append_little(made, h - 1, 3);
  } else if (std::string_view{chunk} == "VP8L") {
    made += '\x2f';
    append_little(made, (w - 1) | (h - 1) << 14, 4);
  } else {
    made += std::string{"\0\0\0\x9d\x01\x2a", 6};
    append_little(made, w, 2);
    append_little(made, h, 2);
  }
  return made + std::string(20, '\0');
}

std::string webp() { return std::string{"RIFF\x1a\0\0\0WEBPVP8L", 16}; }

std::optional<std::string> problem(std::string_view bytes, channel_type type) {
  return picture_problem(bytes, domain::platform_of(type));
}

}  // namespace

TEST_CASE("a picture is what its bytes say") {  // asvs: 5.2.2
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

TEST_CASE("how large a picture is its head says") {
  using size = std::optional<picture_size>;
  CHECK(size_of(jpeg(640, 480)) == size{{640, 480, false}});
  for (const int frame : {0xc0, 0xc1, 0xc3, 0xc5, 0xcf})
    CHECK(size_of(jpeg(640, 480, 0, 'M', frame)) == size{{640, 480, false}});
  for (const char order : {'M', 'I'}) {
    for (int orientation = 1; orientation <= 8; ++orientation)
      CHECK(size_of(jpeg(640, 480, orientation, order)) == size{{640, 480, orientation >= 5}});
  }
  CHECK(size_of(png(100'000, 7)) == size{{100'000, 7, false}});
  CHECK(size_of(gif_of(1'280, 1'080, 2)) == size{{1'280, 1'080, false}});
  for (const auto* chunk : {"VP8X", "VP8L", "VP8 "})
    CHECK(size_of(webp_of(chunk, 1'234, 567)) == size{{1'234, 567, false}});
  for (const auto& nothing : {std::string{}, std::string{"<svg>"}, jpeg(0, 480), png(0, 0), gif_of(0, 4, 1), webp(),
                              jpeg(640, 480, 0, 'M', 0xc4), jpeg(640, 480, 0, 'M', 0xd9)})
    CHECK(size_of(nothing) == std::nullopt);
}

TEST_CASE("a head that is cut or broken anywhere ends the reading") {
  for (const auto& whole : {jpeg(640, 480, 6), jpeg(640, 480, 6, 'I'), png(640, 480), gif_of(640, 480, 3),
                            webp_of("VP8X", 640, 480), webp_of("VP8L", 640, 480), webp_of("VP8 ", 640, 480)}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      size_of(std::string_view{whole}.substr(0, size));
      for (const char byte : {'\0', '\xff', '\x7f'}) {
        auto broken = whole;
        broken[size] = byte;
        const auto read = size_of(broken);
        CHECK((!read || (read->width > 0 && read->height > 0)));
        count_gif_pictures(broken, 1'000);
      }
    }
  }
}

TEST_CASE("a picture whose shape a platform does not take is refused with figures") {
  struct row {
    channel_type type;
    std::string bytes;
    std::string_view problem;  // empty: it is taken
  };
  using enum channel_type;
  const std::vector<row> rows{
      // Instagram: aspect 4:5 to 1.91:1, from 320 pixels on; wider than 1440 is made narrower there
      {instagram, jpeg(1'080, 1'350), ""},
      {instagram, jpeg(1'080, 566), ""},
      {instagram, jpeg(1'200, 628), ""},
      {instagram, jpeg(4'000, 3'000), ""},
      {instagram, jpeg(320, 320), ""},
      {instagram, jpeg(1'000, 2'000),
       "it is 1000 x 2000 pixels, 0.5 times as wide as high, and Instagram takes 0.8 to 1.91."},
      {instagram, jpeg(2'000, 500),
       "it is 2000 x 500 pixels, 4 times as wide as high, and Instagram takes 0.8 to 1.91."},
      {instagram, jpeg(1'080, 1'920),
       "it is 1080 x 1920 pixels, 0.56 times as wide as high, and Instagram takes 0.8 to 1.91."},
      {instagram, jpeg(319, 320), "it is 319 x 320 pixels, and Instagram takes none that is narrower than 320."},
      // a phone's upright picture is stored lying: 4:3 as it is stored is taken, 16:9 fits neither way when it is 21:9
      {instagram, jpeg(4'000, 3'000, 6), ""},
      {instagram, jpeg(3'000, 4'000, 6), ""},
      {instagram, jpeg(4'200, 1'800, 8),
       "it is 1800 x 4200 pixels, 0.43 times as wide as high, and Instagram takes 0.8 to 1.91."},
      {instagram, png(1'080, 1'080), "it is a PNG, and Instagram takes JPEG."},
      // Threads: up to 10:1, from 320 pixels on
      {threads, jpeg(3'200, 320), ""},
      {threads, png(320, 3'000), ""},
      {threads, png(3'300, 320), "it is 3300 x 320 pixels, 10.31 times as wide as high, and Threads takes 10 at most."},
      {threads, png(300, 300), "it is 300 x 300 pixels, and Threads takes none that is narrower than 320."},
      // X: GIF up to 1280 x 1080 and 350 pictures
      {x, gif_of(1'280, 1'080, 350), ""},
      {x, gif_of(1'281, 1'080, 2),
       "it is an animation of 1281 x 1080 pixels, and X takes 1280 in width and 1080 in height at most."},
      {x, gif_of(1'280, 1'081, 2),
       "it is an animation of 1280 x 1081 pixels, and X takes 1280 in width and 1080 in height at most."},
      {x, gif_of(100, 100, 351), "it is an animation of 351 pictures, and X takes 350."},
      {x, gif_of(4'000, 4'000, 1), ""},
      {x, jpeg(8'000, 100), ""},
      {x, webp_of("VP8X", 2'000, 2'000), ""},
      // LinkedIn: fewer than 36,152,320 pixels, GIF up to 250 pictures
      {linkedin, jpeg(7'000, 5'000), ""},
      {linkedin, png(6'016, 6'010), "it is 6016 x 6010 pixels, 36156160 in all, and LinkedIn takes 36152319."},
      {linkedin, gif_of(100, 100, 250), ""},
      {linkedin, gif_of(100, 100, 251), "it is an animation of 251 pictures, and LinkedIn takes 250."},
      // Facebook documents no shapes
      {facebook, png(10'000, 10), ""},
      {facebook, webp_of("VP8L", 10, 10'000), ""},
      // what the head does not say is left to the platform
      {instagram, "\xff\xd8\xff\xe0", ""},
      {threads, jpeg(640, 0), ""},
  };
  for (const auto& each : rows) {
    const auto told = problem(each.bytes, each.type);
    INFO(each.problem);
    CHECK(told.value_or("") == each.problem);
  }
}
