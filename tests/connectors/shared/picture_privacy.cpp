#include "connectors/shared/picture_privacy.hpp"

#include <catch2/catch.hpp>

#include "connectors/shared/picture_size.hpp"

using pulse::connectors::size_of;
using pulse::connectors::without_metadata;

namespace {

std::string bytes(std::string_view text) { return std::string{text}; }
#define BYTES(text) bytes({text, sizeof(text) - 1})

std::string segment(char marker, const std::string& content) {
  const auto size = content.size() + 2;
  std::string made{'\xff', marker, static_cast<char>(size >> 8), static_cast<char>(size & 0xff)};
  return made + content;
}

/// 300 wide, 200 high.
std::string jpeg(const std::string& between) {
  return BYTES("\xff\xd8") + between + segment('\xc0', BYTES("\x08\x00\xc8\x01\x2c\x01\x01\x11\x00")) +
         segment('\xda', BYTES("\x01\x01\x00\x00\x3f\x00")) + "pixels and \xff\xe1 more" + BYTES("\xff\xd9");
}

std::string exif(char orientation) {
  return segment('\xe1', BYTES("Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00") +
                             orientation + BYTES("\x00\x00\x00\x00\x00\x00\x00") + "GPS 52.5 N 13.4 E");
}

std::string chunk(const std::string& type, const std::string& content) {
  std::string made{'\0', '\0', '\0', static_cast<char>(content.size())};
  return made + type + content + "csum";
}

std::string part(const std::string& type, const std::string& content) {
  std::string made = type + std::string{static_cast<char>(content.size()), '\0', '\0', '\0'} + content;
  if (content.size() % 2 == 1) made += '\0';
  return made;
}

}  // namespace

TEST_CASE("a JPEG loses what it tells, and keeps how it is turned, its colours and its pixels") {
  const auto colours = segment('\xe2', "ICC_PROFILE");
  const auto plain =
      without_metadata(jpeg(exif('\x06') + colours + segment('\xed', "IPTC city") + segment('\xfe', "a comment") +
                            segment('\xe1', "http://ns.adobe.com/xap/ XMP")));
  for (const auto* told : {"GPS", "IPTC", "comment", "XMP"}) CHECK(plain.find(told) == std::string::npos);
  CHECK(plain.find("ICC_PROFILE") != std::string::npos);
  CHECK(plain.find("pixels and \xff\xe1 more") != std::string::npos);
  const auto size = size_of(plain);
  REQUIRE(size);
  CHECK(size->lies);
  CHECK(size->width == 300);
  CHECK(without_metadata(jpeg(exif('\x01'))) == jpeg(""));
  CHECK(without_metadata(plain) == plain);
}

TEST_CASE("a PNG and a WebP lose what they tell") {
  const auto head = BYTES("\x89PNG\r\n\x1a\n");
  const auto image =
      chunk("IHDR", BYTES("\x00\x00\x01\x2c\x00\x00\x00\xc8\x08\x02\x00\x00\x00")) + chunk("gAMA", "1234");
  const auto rest = chunk("IDAT", "pixels") + chunk("IEND", "");
  CHECK(without_metadata(head + image + chunk("eXIf", "GPS") + chunk("tEXt", "Author") + chunk("tIME", "now") + rest +
                         "trailing") == head + image + rest);
  const auto flags = part("VP8X", BYTES("\x0c\x00\x00\x00\x2b\x01\x00\xc7\x00\x00"));
  const auto content = flags + part("VP8 ", "pixel") + part("EXIF", "GPS") + part("XMP ", "who");
  const auto riff = [](const std::string& inside) {
    const auto size = inside.size() + 4;
    return "RIFF" + std::string{static_cast<char>(size & 0xff), static_cast<char>(size >> 8), '\0', '\0'} + "WEBP" +
           inside;
  };
  CHECK(without_metadata(riff(content)) ==
        riff(part("VP8X", BYTES("\x00\x00\x00\x00\x2b\x01\x00\xc7\x00\x00")) + part("VP8 ", "pixel")));
}

TEST_CASE("a picture that cannot be read whole is given back as it is") {
  const auto whole = jpeg(exif('\x06'));
  for (std::size_t size = 0; size < whole.find("pixels"); ++size) {
    const auto cut = whole.substr(0, size);
    CAPTURE(size);
    const auto made = without_metadata(cut);
    CHECK((made == cut || made.size() <= cut.size()));
  }
  for (const auto& broken :
       {BYTES("\xff\xd8\xff\xe1\x00\x01"), BYTES("\xff\xd8\xffxx"), BYTES("\x89PNG\r\n\x1a\n\xff\xff\xff\xff") + "eXIf",
        BYTES("RIFF\x08\x00\x00\x00WEBPEXIF\xff\xff\xff\xff"), bytes("GIF89a"), bytes("")}) {
    CAPTURE(broken);
    CHECK(without_metadata(broken) == broken);
  }
}
