// Films and several pictures through the connector for LinkedIn.
#include <catch2/catch.hpp>

#include "connectors/linkedin/connector.hpp"
#include "tests/sandbox/running_sandbox.hpp"
#include "tests/support/made_film.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};
constexpr std::int64_t piece = 4'194'304;

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{with_loopback(), clock};
  made_film films{2 * piece + 54'321};
  connectors::linkedin::linkedin_connector connector{{box.url(), "202609", 10ms}, client, clock, &films};
  std::map<std::string, std::string> kept;
  int keeps_until = 1'000;
  std::chrono::milliseconds timeout = 60s;  // more than any machine needs

  fixture() { box.add_account("token-l", "ada", "ada", "linkedin"); }
  ~fixture() { client.stop(); }

  static connectors::egress_options with_loopback() {
    connectors::egress_options options;
    options.user_given = connectors::reach::internet_and_loopback;
    return options;
  }
  domain::outcome publish(std::vector<domain::media> media) {
    publication what;
    what.text = "Look";
    what.media = std::move(media);
    what.started_at = clock.now();
    what.timeout = timeout;
    what.account = {"ada", "ada", base::secret{"token-l"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      if (keeps_until-- <= 0) return then(false);
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    awaited<connectors::publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    return reply.get().outcome;
  }
  domain::outcome publish_film() {
    return publish({{domain::media_kind::video, std::string{made_film::url}, "Two people ride"}});
  }
  void fault(const std::string& kind, const std::string& method, const std::string& path, const std::string& more = "",
             int skip = 0) {
    box.add_fault(R"({"platform":"linkedin","kind":")" + kind + R"(","skip":)" + std::to_string(skip) +
                  R"(,"match":{"method":")" + method + R"(","path_prefix":")" + path + "\"}" + more + "}");
  }
  int count(std::string_view method, std::string_view path) {
    int found = 0;
    for (const auto& line : box.journal("arrived")) {
      const bool is_it = line.at("method").as_string() == method &&
                         std::string_view{line.at("path").as_string()}.starts_with(path) &&
                         line.at("decision").as_string() == "done";
      found += is_it ? 1 : 0;
    }
    return found;
  }
  boost::json::array posts() {
    return boost::json::parse(box.call("GET", "/_sandbox/state").body)
        .at_pointer("/platforms/linkedin/posts")
        .as_array();
  }
  void check_arrived() {
    const auto all = posts();
    REQUIRE(all.size() == 1);
    CHECK(all[0].at("mark").as_string() == std::to_string(films.checksum()));
    CHECK(all[0].at("alt_text").as_string() == "Two people ride");
  }
};

constexpr const char* pieces = "/dms-uploads/films/";

}  // namespace

TEST_CASE("LinkedIn: a film goes out in the pieces that LinkedIn names, without the token, and once") {
  fixture with;
  const auto live = with.publish_film();
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  with.check_arrived();
  CHECK(with.count("PUT", pieces) == 3);
  CHECK(with.count("POST", "/rest/videos") == 2);
}

TEST_CASE("LinkedIn: whatever step of a film's upload fails, nothing is out, and the next attempt goes on") {
  const auto [method, path, skip] = GENERATE(table<const char*, const char*, int>(
      {{"POST", "/rest/videos", 0}, {"PUT", pieces, 1}, {"POST", "/rest/videos", 1}, {"GET", "/rest/videos", 0}}));
  const auto* kind = GENERATE("accept_then_drop", "drop_before", "accept_then_500", "cut");
  CAPTURE(method, path, skip, kind);
  fixture with;
  with.fault(kind, method, path, "", skip);
  const auto first = with.publish_film();
  CAPTURE(first.reason);
  // A GET that is lost may have been asked again on another connection.
  if (first.kind != outcome_kind::published) {
    CHECK(first.kind == outcome_kind::transient);
    CHECK(with.posts().empty());
    CHECK(with.publish_film().kind == outcome_kind::published);
  }
  with.check_arrived();
}

TEST_CASE("LinkedIn: an attempt that dies between a piece and its record repeats the piece and no more") {
  fixture with;
  with.keeps_until = 2;
  CHECK(with.publish_film().kind == outcome_kind::transient);
  with.keeps_until = 1'000;
  CHECK(with.publish_film().kind == outcome_kind::published);
  with.check_arrived();
  CHECK(with.count("PUT", pieces) == 4);
  CHECK(with.count("POST", "/rest/videos") == 2);
}

TEST_CASE("LinkedIn: a film that takes longer than an attempt goes on with the next, which is no failure") {
  fixture with;
  SECTION("its upload") {
    with.timeout = 3s;
    with.fault("slow", "PUT", pieces, R"(,"ms":600,"count":3)");
    CHECK(with.publish_film().goes_on);
  }
  SECTION("its processing") {
    with.timeout = 4s;
    with.fault("pending", "POST", "/rest/videos", R"(,"ms":60000)", 1);
    CHECK(with.publish_film().goes_on);
    with.clock.advance(2min);
  }
  auto last = with.publish_film();
  for (int more = 0; more < 10 && last.goes_on; ++more) last = with.publish_film();
  CAPTURE(last.reason);
  CHECK(last.kind == outcome_kind::published);
  with.check_arrived();
}

TEST_CASE("LinkedIn: a film that cannot be processed is refused, and an upload that is forgotten is begun anew") {
  fixture with;
  SECTION("refused") {
    with.fault("fails_processing", "POST", "/rest/videos", "", 1);
    CHECK(with.publish_film().kind == outcome_kind::invalid);
  }
  SECTION("forgotten") {
    with.fault("status", "PUT", pieces, R"(,"status":503)", 1);
    CHECK(with.publish_film().kind == outcome_kind::transient);
    auto& urls = with.kept.at("film_urls");
    for (auto at = urls.find("/films/"); at != std::string::npos; at = urls.find("/films/", at + 8))
      urls.replace(at, 7, "/films/x");
  }
  CHECK(with.publish_film().kind == outcome_kind::published);
  with.check_arrived();
}

TEST_CASE("LinkedIn: several pictures go out together, each uploaded once however many attempts it takes") {
  fixture with;
  std::vector<domain::media> pictures;
  for (int i = 0; i < 3; ++i)
    pictures.push_back({domain::media_kind::image, with.box.url("/_sandbox/image.jpg?n=" + std::to_string(i)),
                        "Picture " + std::to_string(i)});
  with.fault("status", "POST", "/rest/images", R"(,"status":503)", 2);
  CHECK(with.publish(pictures).kind == outcome_kind::transient);
  const auto live = with.publish(pictures);
  CAPTURE(live.reason);
  CHECK(live.kind == outcome_kind::published);
  CHECK(with.count("PUT", "/dms-uploads/") == 3);
  const auto all = with.posts();
  REQUIRE(all.size() == 1);
  CHECK(all[0].at("alt_text").as_string() == "Picture 0\nPicture 1\nPicture 2");
}
