#include "connectors/shared/image_fetch.hpp"

#include <catch2/catch.hpp>

#include "tests/support/egress_calls.hpp"
#include "tests/support/raw_server.hpp"

using namespace pulse::connectors;
using namespace pulse::tests;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

const std::string gif =
    "GIF89a\x02\0\x02\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x02\0\x02\0\0\x02\x03L\x84\x05\0;"s;

/// A library with one file.
class one_file final : public media_files {
 public:
  explicit one_file(std::string url, std::string bytes) : url_(std::move(url)), bytes_(std::move(bytes)) {}
  void find(const std::string& url, std::function<void(std::optional<facts>)> done) override {
    if (url != url_) return done(std::nullopt);
    done(facts{"image/gif", said_bytes > 0 ? said_bytes : static_cast<std::int64_t>(bytes_.size())});
  }
  void read(const std::string&, std::int64_t at, std::size_t count,
            std::function<void(std::optional<std::string>)> done) override {
    if (is_lost) return done(std::nullopt);
    done(bytes_.substr(static_cast<std::size_t>(at), count));
  }
  std::int64_t said_bytes = 0;
  bool is_lost = false;

 private:
  std::string url_;
  std::string bytes_;
};

struct fixture {
  pulse::base::manual_clock clock{pulse::base::timestamp{}};
  egress client{{}, clock};
  one_file files{"http://10.0.0.7/media/files/TOKEN/a.gif", std::string{gif.data(), gif.size()}};

  ~fixture() { client.stop(); }

  image_result get(const std::string& url) {
    awaited<std::shared_ptr<image_result>> got;
    read_or_fetch_image(
        &files, client, url, pulse::domain::platform_of(pulse::domain::channel_type::x), 5s,
        [then = got.callback()](image_result result) { then(std::make_shared<image_result>(std::move(result))); });
    return *got.get();
  }
};

}  // namespace

TEST_CASE("a picture of the library is read from its file, although its address is inside") {
  fixture with;
  const auto got = with.get("http://10.0.0.7/media/files/TOKEN/a.gif");
  REQUIRE(got.has_value());
  CHECK(got->media_type == "image/gif");
  CHECK(got->bytes == gif);
}

TEST_CASE("an address inside that is none of the library's is refused, as ever") {
  fixture with;
  const auto got = with.get("http://10.0.0.7/media/files/OTHER/a.gif");
  REQUIRE(got.has_error());
  CHECK(got.error().kind == outcome_kind::invalid);
}

TEST_CASE("a library file that is too large, lost or no picture has its own outcome") {
  fixture with;
  with.files.said_bytes = 1LL << 40U;
  CHECK(with.get("http://10.0.0.7/media/files/TOKEN/a.gif").error().kind == outcome_kind::invalid);
  with.files.said_bytes = 0;
  with.files.is_lost = true;
  CHECK(with.get("http://10.0.0.7/media/files/TOKEN/a.gif").error().kind == outcome_kind::transient);
  one_file text{"http://10.0.0.7/t", "no picture"};
  awaited<std::shared_ptr<image_result>> got;
  read_or_fetch_image(
      &text, with.client, "http://10.0.0.7/t", pulse::domain::platform_of(pulse::domain::channel_type::x), 5s,
      [then = got.callback()](image_result result) { then(std::make_shared<image_result>(std::move(result))); });
  CHECK(got.get()->error().kind == outcome_kind::invalid);
}
