#include "domain/media/fitting.hpp"

#include <array>
#include <cmath>

#include <catch2/catch.hpp>

using namespace pulse::domain;

namespace {

constexpr std::array just_x{channel_type::x};
constexpr std::array just_instagram{channel_type::instagram};
constexpr std::array x_and_instagram{channel_type::x, channel_type::instagram};

file_facts picture(std::string type = "image/jpeg", std::int64_t bytes = 1000, int width = 1000, int height = 1000) {
  return {media_kind::image, std::move(type), bytes, width, height, 0, false};
}

}  // namespace

TEST_CASE("a picture that suits every platform goes out as it is", "[media]") {
  const auto got = fit_for(picture(), x_and_instagram);
  CHECK_FALSE(got.problem);
  CHECK_FALSE(got.order);
}

TEST_CASE("a picture becomes a type and a size that all of its platforms take", "[media]") {
  const auto other = fit_for(picture("image/webp"), x_and_instagram);
  REQUIRE(other.order);
  CHECK(other.order->type == "image/jpeg");
  const auto large = fit_for(picture("image/jpeg", 7 * 1024 * 1024), x_and_instagram);
  REQUIRE(large.order);
  CHECK(large.order->max_bytes == 5 * 1024 * 1024);
  CHECK_FALSE(fit_for(picture("image/jpeg", 7 * 1024 * 1024), just_instagram).order);
}

TEST_CASE("a shape stays as it is, and is refused where a platform does not take it", "[media]") {
  CHECK(fit_for(picture("image/jpeg", 1000, 3000, 1000), just_instagram).problem);
  CHECK(fit_for(picture("image/jpeg", 1000, 1000, 3000), just_instagram).problem);
  CHECK_FALSE(fit_for(picture("image/jpeg", 1000, 3000, 1000), just_x).problem);
}

TEST_CASE("an animation is never made a still picture", "[media]") {
  auto moving = picture("image/gif", 16 * 1024 * 1024);
  moving.is_animated = true;
  CHECK(fit_for(moving, just_x).problem);
  moving.bytes = 14 * 1024 * 1024;
  const auto got = fit_for(moving, just_x);
  CHECK_FALSE(got.problem);
  CHECK_FALSE(got.order);
  CHECK(fit_for(moving, just_instagram).problem);
}

TEST_CASE("a film that a platform finds too small is refused while it is written, by its name", "[media]") {
  constexpr std::array just_linkedin{channel_type::linkedin};
  file_facts film{media_kind::video, "video/mp4", 74'999, 400, 400, 4'000, false};
  const auto problem = fit_for(film, just_linkedin).problem;
  REQUIRE(problem);
  CHECK(*problem == "has fewer than the 75000 bytes that LinkedIn takes at least");
  CHECK_FALSE(fit_for(film, just_x).problem);
  film.bytes = 75'000;
  CHECK_FALSE(fit_for(film, just_linkedin).problem);
}

TEST_CASE("what a platform limits of an animation's sides is judged before it is sent", "[media]") {
  auto moving = picture("image/gif", 1'000'000, 1'280, 1'080);
  moving.is_animated = true;
  CHECK_FALSE(fit_for(moving, just_x).problem);
  moving.width = 1'281;
  CHECK(fit_for(moving, just_x).problem == "is an animation 1281 pixels wide, X takes 1280");
  moving.width = 1'280;
  moving.height = 1'081;
  CHECK(fit_for(moving, just_x).problem == "is an animation 1081 pixels high, X takes 1080");
}

TEST_CASE("a picture of more pixels than a platform takes is made smaller, and keeps its proportions", "[media]") {
  constexpr std::array just_linkedin{channel_type::linkedin};
  const auto [width, height] =
      GENERATE(table<int, int>({{8'000, 5'000}, {5'000, 8'000}, {6'013, 6'013}, {30'000, 1'300}, {1'300, 30'000}}));
  CAPTURE(width, height);
  const auto got = fit_for(picture("image/jpeg", 1'000'000, width, height), just_linkedin);
  CHECK_FALSE(got.problem);
  REQUIRE(got.order);
  CHECK(got.order->type == "image/jpeg");
  const auto scale = static_cast<double>(got.order->max_width) / width;
  const auto pixels = static_cast<std::int64_t>(got.order->max_width) * std::llround(height * scale);
  CHECK(pixels <= 36'152'319);
  CHECK(pixels > 35'000'000);
  CHECK_FALSE(fit_for(picture("image/jpeg", 1'000'000, 6'000, 6'000), just_linkedin).order);
}
