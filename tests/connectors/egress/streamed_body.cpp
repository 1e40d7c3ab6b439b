#include "connectors/egress/streamed_body.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace pulse::connectors;

namespace {

std::string film(std::int64_t bytes) {
  std::string made(static_cast<std::size_t>(bytes), '\0');
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = static_cast<char>(i * 7 + i / 251);
  return made;
}

/// What is read is answered when the test says so, or at once.
struct source {
  explicit source(std::int64_t bytes) : content(film(bytes)) {}

  std::shared_ptr<const streamed_body> body() {
    auto made = std::make_shared<streamed_body>();
    made->front = "before ";
    made->bytes = static_cast<std::int64_t>(content.size());
    made->read = [this](std::int64_t at, std::size_t count, std::function<void(streamed_body::piece)> done) {
      ++asked;
      auto answer = [this, at, count, done = std::move(done)] {
        if (is_lost) return done(std::nullopt);
        done(content.substr(static_cast<std::size_t>(at), count));
      };
      if (at_once) return answer();
      waiting = std::move(answer);
    };
    made->end = " behind";
    return made;
  }
  std::string whole() const { return "before " + content + " behind"; }

  std::string content;
  bool at_once = true;
  bool is_lost = false;
  int asked = 0;
  std::function<void()> waiting;
};

/// All of it, through room for `room` bytes.
std::string drain(body_stream& from, std::size_t room) {
  std::string made;
  std::string buffer(room, '\0');
  for (;;) {
    const auto got = from.next(buffer.data(), room);
    if (got.what == body_stream::step::failed) return made + "!";
    if (got.what == body_stream::step::paused) {
      if (!from.may_go_on()) return made + "?";
      continue;
    }
    if (got.bytes == 0) return made;
    made.append(buffer, 0, got.bytes);
  }
}

}  // namespace

TEST_CASE("a streamed body is what stands before, what is read, and what stands behind", "[egress]") {
  for (const std::int64_t bytes : {0, 1, 1000, 1024 * 1024, 2 * 1024 * 1024 + 3}) {
    source from{bytes};
    int woken = 0;
    body_stream stream{from.body(), [&woken] { ++woken; }};
    CAPTURE(bytes);
    CHECK((drain(stream, 16'000) == from.whole()));
    CHECK(stream.given() == from.body()->size());
    CHECK(from.asked == (bytes + 1024 * 1024 - 1) / (1024 * 1024));
    CHECK(woken == from.asked);
  }
}

TEST_CASE("a streamed body waits for what is read, is asked for it once, and is woken when it is here", "[egress]") {
  source from{100};
  from.at_once = false;
  bool is_woken = false;
  body_stream stream{from.body(), [&is_woken] { is_woken = true; }};
  CHECK(drain(stream, 50) == "before ?");
  CHECK(drain(stream, 50) == "?");
  CHECK(from.asked == 1);
  CHECK_FALSE(is_woken);
  from.waiting();
  CHECK(is_woken);
  CHECK((drain(stream, 50) == from.whole().substr(7)));
}

TEST_CASE("a streamed body that cannot be read, or is shorter than was said, fails and never ends whole", "[egress]") {
  source from{100};
  from.is_lost = true;
  body_stream lost{from.body(), [] {}};
  CHECK(drain(lost, 50) == "before !");
  source cut{100};
  const auto body = cut.body();
  cut.content.resize(40);
  body_stream shorter{body, [] {}};
  CHECK(drain(shorter, 50).back() == '!');
}

TEST_CASE("a streamed body begins again from wherever it is wound back to", "[egress]") {
  source from{3000};
  body_stream stream{from.body(), [] {}};
  drain(stream, 512);
  stream.seek(0);
  CHECK((drain(stream, 512) == from.whole()));
  stream.seek(1500);
  CHECK((drain(stream, 512) == from.whole().substr(1500)));
}

TEST_CASE("bytes read for a body that is gone do no harm", "[egress]") {
  source from{100};
  from.at_once = false;
  auto stream = std::make_unique<body_stream>(from.body(), [] {});
  CHECK(drain(*stream, 50) == "before ?");
  stream.reset();
  from.waiting();
}
