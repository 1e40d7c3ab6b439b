// Pictures that a platform fetches itself are checked first: those that it would refuse are refused here, with figures.
#include <catch2/catch.hpp>

#include "connectors/pinterest/connector.hpp"
#include "connectors/tiktok/connector.hpp"
#include "tests/sandbox/running_sandbox.hpp"
#include "tests/support/raw_server.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{.user_given = connectors::reach::internet_and_loopback}, clock};
  std::string picture;
  int status = 200;
  raw_server pictures{[this](raw_connection& with) {
    while (with.read_request()) with.reply(status, picture);
  }};

  ~fixture() { client.stop(); }

  publication some_post() {
    publication what;
    what.title = "A title";
    what.text = "Hello";
    what.media = {{domain::media_kind::image, pictures.url("/a"), "A picture"}};
    what.options = {{"privacy_level", "SELF_ONLY"}, {"disclosure", "none"}};
    what.started_at = some_time;
    what.timeout = 10s;
    what.account = {"178", "acme", base::secret{"token"}};
    what.keep = [](std::map<std::string, std::string>, std::function<void(bool)> then) { then(true); };
    return what;
  }
  static domain::outcome publish(connectors::connector& by, publication what) {
    awaited<connectors::publish_reply> reply;
    by.publish(std::move(what), reply.callback());
    return reply.get().outcome;
  }
  int posts() {
    int found = 0;
    for (const auto& line : box.journal("arrived")) found += line.at("decision").as_string() == "accepted" ? 1 : 0;
    return found;
  }
};

const std::string a_gif = std::string{"GIF89a\x01\x00\x01\x00", 10} + std::string{"\x00\x00\x00;", 4};
const std::string a_png = std::string{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x40\x08\x02\0\0\0", 29};

}  // namespace

TEST_CASE("a picture that Pinterest does not take is refused before a pin is asked for, and says what it takes") {
  fixture with;
  with.box.add_account("token", "178", "acme", "pinterest");
  connectors::pinterest::pinterest_connector connector{{with.box.url("/pinterest/v5/")}, with.client, with.clock};
  with.picture = a_gif;
  const auto refused = fixture::publish(connector, with.some_post());
  CHECK(refused.kind == outcome_kind::invalid);
  CHECK(refused.reason.find("JPEG or PNG") != std::string::npos);
  CHECK(with.box.journal("arrived").empty());
  with.picture = a_png;
  CHECK(fixture::publish(connector, with.some_post()).kind == outcome_kind::published);
  // What cannot be had from here is left to Pinterest, which its server may treat otherwise.
  with.status = 403;
  CHECK(fixture::publish(connector, with.some_post()).kind == outcome_kind::published);
  CHECK(with.posts() == 2);
}

TEST_CASE("a picture that TikTok does not take is refused before a post is begun, and says what it takes") {
  fixture with;
  with.box.add_account("token", "178", "acme", "tiktok");
  connectors::tiktok::tiktok_options options;
  options.base_url = with.box.url("/tiktok/");
  options.first_pause = 10ms;
  options.longest_pause = 50ms;
  connectors::tiktok::tiktok_connector connector{options, with.client, with.clock};
  with.picture = a_png;
  const auto refused = fixture::publish(connector, with.some_post());
  CHECK(refused.kind == outcome_kind::invalid);
  CHECK(refused.reason.find("JPEG or WebP") != std::string::npos);
  CHECK(with.posts() == 0);
  with.status = 403;
  CHECK(fixture::publish(connector, with.some_post()).kind == outcome_kind::published);
  CHECK(with.posts() == 1);
}
