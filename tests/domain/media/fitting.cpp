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
  CHECK(*problem == "is smaller than the 74 kB that LinkedIn takes at least");
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

TEST_CASE("what a platform limits of films is judged before they are sent, limit by limit", "[media]") {
  using enum channel_type;
  struct row {
    channel_type type;
    std::string_view what;
    void (*break_it)(file_facts&);
    std::string_view said;  // empty: it is taken
  };
  const auto [type, what, break_it, said] = GENERATE(values<row>({
      {tiktok, "nothing", [](file_facts&) {}, ""},
      {tiktok, "narrow", [](file_facts& film) { film.width = 358; },
       "is 358 x 1920 pixels, TikTok takes 360 at least in width and height"},
      {tiktok, "high", [](file_facts& film) { film.height = 4'098; },
       "is 1080 x 4098 pixels, TikTok takes 4096 at most in width and height"},
      {tiktok, "of no known size", [](file_facts& film) { film.width = film.height = 0; }, ""},
      {tiktok, "long", [](file_facts& film) { film.duration_ms = 600'001; }, "is longer than TikTok takes"},
      {tiktok, "large", [](file_facts& film) { film.bytes = 4'096LL * 1024 * 1024 + 1; },
       "is larger than the 4096 MB that TikTok takes"},
      {instagram, "nothing", [](file_facts&) {}, ""},
      {instagram, "short", [](file_facts& film) { film.duration_ms = 2'999; }, "is shorter than Instagram takes"},
      {instagram, "long", [](file_facts& film) { film.duration_ms = 900'001; }, "is longer than Instagram takes"},
      {instagram, "a WebM", [](file_facts& film) { film.type = "video/webm"; },
       "is video/webm, which Instagram does not take"},
      {instagram, "large", [](file_facts& film) { film.bytes = 300LL * 1024 * 1024 + 1; },
       "is larger than the 300 MB that Instagram takes"},
      {threads, "nothing", [](file_facts&) {}, ""},
      {threads, "long", [](file_facts& film) { film.duration_ms = 300'001; }, "is longer than Threads takes"},
      {mastodon, "nothing", [](file_facts&) {}, ""},
      {mastodon, "many pixels", [](file_facts& film) { film.width = film.height = 4'000; },
       "is 4000 x 4000 pixels, Mastodon takes 8294400 of them"},
      {mastodon, "large", [](file_facts& film) { film.bytes = 99LL * 1024 * 1024 + 1; },
       "is larger than the 99 MB that Mastodon takes"},
      {x, "nothing", [](file_facts&) {}, ""},
      {x, "short", [](file_facts& film) { film.duration_ms = 499; }, "is shorter than X takes"},
      {x, "long", [](file_facts& film) { film.duration_ms = 140'001; }, "is longer than X takes"},
      {x, "large", [](file_facts& film) { film.bytes = 512LL * 1024 * 1024 + 1; },
       "is larger than the 512 MB that X takes"},
      {linkedin, "a QuickTime film", [](file_facts& film) { film.type = "video/quicktime"; },
       "is video/quicktime, which LinkedIn does not take"},
      {linkedin, "short", [](file_facts& film) { film.duration_ms = 2'999; }, "is shorter than LinkedIn takes"},
      {linkedin, "long", [](file_facts& film) { film.duration_ms = 1'800'001; }, "is longer than LinkedIn takes"},
      {linkedin, "large", [](file_facts& film) { film.bytes = 500LL * 1024 * 1024 + 1; },
       "is larger than the 500 MB that LinkedIn takes"},
      {facebook, "long", [](file_facts& film) { film.duration_ms = 4 * 3'600'000 + 1; },
       "is longer than Facebook takes"},
      {facebook, "a WebM", [](file_facts& film) { film.type = "video/webm"; },
       "is video/webm, which Facebook does not take"},
      {pinterest, "short", [](file_facts& film) { film.duration_ms = 3'999; }, "is shorter than Pinterest takes"},
      {pinterest, "long", [](file_facts& film) { film.duration_ms = 900'001; }, "is longer than Pinterest takes"},
      {pinterest, "large", [](file_facts& film) { film.bytes = 2'000'000'001; },
       "is larger than the 1907 MB that Pinterest takes"},
      {bluesky, "long", [](file_facts& film) { film.duration_ms = 180'001; }, "is longer than Bluesky takes"},
      {bluesky, "large", [](file_facts& film) { film.bytes = 300'000'001; },
       "is larger than the 286 MB that Bluesky takes"},
      {bluesky, "a QuickTime film", [](file_facts& film) { film.type = "video/quicktime"; },
       "is video/quicktime, which Bluesky does not take"},
  }));
  file_facts film{media_kind::video, "video/mp4", 5'000'000, 1'080, 1'920, 10'000, false};
  break_it(film);
  CAPTURE(type, what);
  CHECK(fit_for(film, std::array{type}).problem.value_or("") == said);
}
