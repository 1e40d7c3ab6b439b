// The calendar through the whole front door, and its feeds as another program reads them.
#include <catch2/catch.hpp>

#include <array>
#include <cstdio>

#include "tests/http/routes/publishing/publishing_fixture.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/folders.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace pulse;
using tests::answered;
using tests::publishing_fixture;

namespace {

constexpr std::string_view november = "&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";

std::string calendar_of(const std::string& project, std::string_view window = november) {
  return "/calendar?project_id=" + project + std::string{window};
}

std::string at(std::string_view when) { return R"(,"scheduled_at":")" + std::string{when} + '"'; }

const boost::json::array& entries_of(const answered& from) {
  INFO(from.raw.bytes());
  REQUIRE(from.status() == 200);
  return from.body.at_pointer("/entries").as_array();
}

/// A company with a project and both of its channels.
struct planned {
  publishing_fixture front;
  std::string token = front.sign_up("acme");
  std::string project =
      publishing_fixture::id_of(front.post("/projects", R"({"name":"Launch","time_zone":"Europe/Amsterdam"})", token));
  std::string x = front.add_x(token, project);
  // Later, so that it comes after the other.
  std::string website = (front.clock.advance(std::chrono::seconds{1}), front.add_website(token, project));

  std::string post(std::string_view when, const std::string& more = {}) {
    return front.add_post(token, project, at(when) + more);
  }
  answered make_feed(const std::string& more = {}) {
    return front.post("/calendar/feeds", R"({"project_id":")" + project + "\"" + more + "}", token);
  }
  /// The path of a feed's address.
  std::string path_of(const answered& feed) {
    const auto url = feed.text("/url");
    REQUIRE(url.starts_with("http://pulse.test/"));
    return url.substr(std::string_view{"http://pulse.test"}.size());
  }
};

/// What python3-icalendar makes of a calendar: one line an event, "uid|start|end|status|summary|description|url".
std::vector<std::string> read_elsewhere(const std::string& text) {
  const support::temporary_directory folder;
  const auto file = folder.write("calendar.ics", text);
  const auto command = "/usr/bin/python3 " + pulse::tests::source_folder() +
                       "/tests/http/routes/calendar/read_icalendar.py " + file.string();
  auto* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  std::array<char, 4096> buffer{};
  while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), got);
  REQUIRE(::pclose(pipe) == 0);
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < out.size();) {
    const auto end = out.find('\n', from);
    lines.push_back(out.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("the calendar has the project's posts in the order of their times, with state and channels") {
  planned on;
  const auto later = on.post("2026-11-24T09:00:00Z");
  const auto sooner = on.post("2026-11-23T09:00:00Z", R"(,"title":"Sooner")");
  on.post("2026-12-01T00:00:00Z");          // the window ends before it
  on.front.add_post(on.token, on.project);  // a draft has no time
  const auto told = on.front.get(calendar_of(on.project), on.token);
  const auto& entries = entries_of(told);
  REQUIRE(entries.size() == 2);
  CHECK(told.text("/time_zone") == "Europe/Amsterdam");
  CHECK(told.text("/entries/0/id") == sooner);
  CHECK(told.text("/entries/0/kind") == "post");
  CHECK(told.text("/entries/0/title") == "Sooner");
  CHECK(told.text("/entries/0/state") == "scheduled");
  CHECK(told.body.at_pointer("/entries/0/can_move").as_bool());
  CHECK(entries[0].at("channels").as_array().size() == 2);
  CHECK(told.text("/entries/0/channels/0/platform") == "x");
  CHECK(told.text("/entries/1/id") == later);
  CHECK(told.text("/entries/1/title") == "Hello");
}

TEST_CASE("a post that is out stands where it was planned, and cannot be moved") {
  planned on;
  const auto post = on.post("2026-11-23T09:00:00Z");
  for (const auto listed = on.front.get("/posts/" + post, on.token);
       const auto& each : listed.body.at_pointer("/deliveries").as_array()) {
    on.front.bring_to(std::string{each.at("id").as_string()}, domain::delivery_state::published);
  }
  const auto told = on.front.get(calendar_of(on.project), on.token);
  REQUIRE(entries_of(told).size() == 1);
  CHECK(told.text("/entries/0/state") == "published");
  CHECK_FALSE(told.body.at_pointer("/entries/0/can_move").as_bool());
}

TEST_CASE("the calendar has content that waits for its time, campaigns, blackouts and quiet hours") {
  planned on;
  const auto make = [&](const std::string& where, const std::string& fields) {
    return publishing_fixture::id_of(
        on.front.post(where, R"({"project_id":")" + on.project + R"(",)" + fields + "}", on.token));
  };
  const auto campaign = make("/campaigns", R"("name":"Winter","first_day":"2026-11-10","last_day":"2026-12-24")");
  make("/campaigns", R"("name":"Past","last_day":"2026-10-31")");
  make("/campaigns", R"("name":"No days")");
  const auto wanted = make("/content", R"("text":"Later","scheduled_at":"2026-11-20T09:00:00Z")");
  make("/content", R"("text":"After the window","scheduled_at":"2026-12-01T00:00:00Z")");
  const auto posted = make("/content", R"("text":"Out","scheduled_at":"2026-11-25T09:00:00Z")");
  REQUIRE(on.front.post("/content/" + posted + "/schedule", R"({"scheduled_at":"2026-11-25T09:00:00Z"})", on.token)
              .status() == 200);
  const auto set = on.front.put("/projects/" + on.project + "/guardrails",
                                R"({"guardrails":{"quiet_hours":{"from_minute":1320,"to_minute":360},
      "blackouts":[{"first_day":"2026-11-27","last_day":"2026-11-28","reason":"Fair"},
                   {"first_day":"2026-12-25","last_day":"2026-12-26"}]}})",
                                on.token);
  REQUIRE(set.status() == 200);
  const auto told = on.front.get(calendar_of(on.project), on.token);
  REQUIRE(entries_of(told).size() == 1);
  REQUIRE(told.body.at_pointer("/content").as_array().size() == 1);
  CHECK(told.text("/content/0/id") == wanted);
  CHECK(told.text("/content/0/state") == "draft");
  REQUIRE(told.body.at_pointer("/campaigns").as_array().size() == 1);
  CHECK(told.text("/campaigns/0/id") == campaign);
  CHECK(told.text("/campaigns/0/starts_at").starts_with("2026-11-09T23:00:00"));
  CHECK(told.text("/campaigns/0/ends_at").starts_with("2026-12-24T23:00:00"));
  REQUIRE(told.body.at_pointer("/blackouts").as_array().size() == 1);
  CHECK(told.text("/blackouts/0/reason") == "Fair");
  CHECK(told.body.at_pointer("/quiet_hours/from_minute").as_int64() == 1320);
}

TEST_CASE("the calendar says where its clocks change") {
  planned on;
  const auto told =
      on.front.get(calendar_of(on.project, "&from=2026-10-20T00:00:00Z&to=2026-10-30T00:00:00Z"), on.token);
  REQUIRE(told.status() == 200);
  CHECK(told.body.at_pointer("/clock_changes").as_array().size() == 1);
  CHECK(told.text("/clock_changes/0/to") == "02:00");
}

TEST_CASE("a calendar of no time, of too much, or of somebody else's project is refused") {
  planned on;
  const auto status = [&](std::string_view window) {
    return on.front.get(calendar_of(on.project, window), on.token).status();
  };
  CHECK(status("&from=2026-11-01T00:00:00Z&to=2026-11-01T00:00:00Z") == 422);
  CHECK(status("&from=2026-11-01T00:00:00Z&to=2028-11-01T00:00:00Z") == 422);
  CHECK(status("&from=2026-11-01T00:00:00Z") == 422);
  CHECK(on.front.get(calendar_of(on.project), on.front.sign_up("other")).status() == 404);
}

TEST_CASE("another program reads the feed as it is meant") {
  planned on;
  const auto post =
      on.post("2026-11-23T09:00:00Z",
              R"(,"title":"Grüße; 20% off, now 🙂 and a title that is long enough to be folded into lines")");
  const auto made = on.make_feed(R"(,"name":"For my phone")");
  INFO(made.raw.bytes());
  REQUIRE(made.status() == 201);
  const auto feed = on.front.get(on.path_of(made));
  REQUIRE(feed.status() == 200);
  CHECK(feed.raw.content_type == "text/calendar; charset=utf-8");
  CHECK(feed.raw.find("etag"));
  const auto lines = read_elsewhere(std::string{feed.raw.bytes()});
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "For my phone|Europe/Amsterdam");
  CHECK(
      lines[1] ==
      post +
          "@pulse|2026-11-23T09:00:00+00:00|2026-11-23T09:15:00+00:00|TENTATIVE|Grüße; 20% off, now 🙂 and a title "
          "that is long enough to be folded into lines|Planned: X @acme, Website|http://pulse.test/app/posts/" +
          post);
}

TEST_CASE("an entry of a feed leads to its post in the dashboard, wherever that is") {
  planned on;
  on.front.services.addresses = http::addresses{"http://pulse.test", "https://app.example.org/office"};
  const auto post = on.post("2026-11-23T09:00:00Z");
  const auto lines = read_elsewhere(std::string{on.front.get(on.path_of(on.make_feed())).raw.bytes()});
  REQUIRE(lines.size() == 2);
  CHECK(lines[1].ends_with("|https://app.example.org/office/app/posts/" + post));
}

TEST_CASE("the lines of a feed end with CRLF and are at most 75 bytes long") {
  planned on;
  on.post("2026-11-23T09:00:00Z",
          R"(,"title":"Ein sehr langer Titel mit Umlauten: äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü")");
  const std::string text{on.front.get(on.path_of(on.make_feed())).raw.bytes()};
  std::size_t from = 0;
  while (from < text.size()) {
    const auto end = text.find('\n', from);
    REQUIRE(end != std::string::npos);
    CHECK(text[end - 1] == '\r');
    CHECK(end - 1 - from <= 75);
    from = end + 1;
  }
}

TEST_CASE("a feed is listed without its address, says when it was read, and ends when it is revoked") {  // asvs: 15.3.1
  planned on;
  const auto made = on.make_feed();
  const auto path = on.path_of(made);
  const auto list = "/calendar/feeds?project_id=" + on.project;
  const auto before = on.front.get(list, on.token);
  REQUIRE(before.status() == 200);
  CHECK(before.text("/items/0/name") == "Launch");
  CHECK(before.body.at_pointer("/items/0/last_read_at").is_null());
  CHECK(std::string{before.raw.bytes()}.find(path.substr(path.rfind('/') + 1, 20)) == std::string::npos);
  REQUIRE(on.front.get(path).status() == 200);
  CHECK_FALSE(on.front.get(list, on.token).body.at_pointer("/items/0/last_read_at").is_null());
  CHECK(on.front.remove("/calendar/feeds/" + made.text("/id"), on.token).status() == 204);
  CHECK(on.front.get(path).status() == 404);
  CHECK(tests::count(on.front.get(list, on.token)) == 0);
  CHECK(on.front.remove("/calendar/feeds/" + made.text("/id"), on.token).status() == 404);
}

TEST_CASE("nobody else lists or revokes a company's feeds, and a guessed address is nothing") {
  planned on;
  const auto made = on.make_feed();
  const auto other = on.front.sign_up("other");
  CHECK(tests::count(on.front.get("/calendar/feeds?project_id=" + on.project, other)) == 0);
  CHECK(on.front.remove("/calendar/feeds/" + made.text("/id"), other).status() == 404);
  CHECK(on.front.post("/calendar/feeds", R"({"project_id":")" + on.project + R"("})", other).status() == 404);
  for (const auto* file : {"guess.ics", "guess", ".ics"})
    CHECK(on.front.get("/calendar/ics/" + std::string{file}).status() == 404);
  const auto path = on.path_of(made);
  CHECK(on.front.get(path.substr(0, path.size() - 4)).status() == 404);
}

TEST_CASE("the database keeps no secret of a feed, and a feed ends with its member") {
  planned on;
  const auto path = on.path_of(on.make_feed());
  const auto secret = path.substr(path.rfind('/') + 1, path.size() - path.rfind('/') - 5);
  persistence::database owner{{.url = on.front.url, .connections = 1, .as = persistence::role::login}};
  const auto found = owner.query_now(
      std::nullopt, persistence::statement{"test_feed_rows", "SELECT row_to_json(f)::text FROM calendar_feeds f"});
  REQUIRE(found);
  CHECK(found->get<std::string>(0, 0).find(secret) == std::string::npos);
  REQUIRE(
      owner.query_now(std::nullopt, persistence::statement{"test_deactivate", "UPDATE members SET is_active = false"}));
  CHECK(on.front.get(path).status() == 404);
}
