// The live stream of a member with limited access: it has their own events, and no others, live or replayed.
#include <catch2/catch.hpp>

#include "tests/http/live/live_fixture.hpp"

using namespace pulse;
using tests::live_client;
using tests::live_fixture;

namespace {

/// Where an event happens.
struct place {
  std::string project;  // empty: in the company
  std::string channel;  // empty: in none
};

struct limited_fixture : live_fixture {
  std::string owner = sign_up("acme");
  base::uuid tenant = tenant_of(owner);
  std::string red = add_project(owner, "Red");
  std::string blue = add_project(owner, "Blue");
  std::string site = add_website(owner, red);
  std::string hidden = add_x(owner, red);
  std::string member, member_id;

  limited_fixture() {
    const auto code = post("/org/invites", R"({"role":"member"})", owner).text("/code");
    const auto joined = post("/org/invites/accept",
                             R"({"code":")" + code + R"(","email":"m@acme.test","password":"correct horse battery"})");
    member = joined.text("/access_token");
    member_id = joined.text("/member/id");
  }
  void limit(const std::string& grants) {
    const auto done =
        put("/org/members/" + member_id + "/access", R"({"is_limited":true,"grants":[)" + grants + "]}", owner);
    REQUIRE(done.status() == 200);
  }
  std::string grant_of_site() const { return R"({"project_id":")" + red + R"(","channel_ids":[")" + site + R"("]})"; }
  void happens(const std::vector<place>& where) {
    std::vector<persistence::events::event> rows;
    for (const auto& each : where) {
      rows.push_back({.tenant_id = tenant, .facts = domain::company_paused{}, .at = clock.now()});
      if (!each.project.empty()) rows.back().project_id = base::parse_uuid(each.project);
      if (!each.channel.empty()) rows.back().channel_id = base::parse_uuid(each.channel);
    }
    const auto done = engine_database.transact_now(
        std::nullopt, [&rows](persistence::transaction& tx) { persistence::events::append(tx, rows); });
    REQUIRE(done);
    activity().wake(tenant);
  }
  /// All kinds of foreign events, and then one that is the member's.
  void everything_happens() {
    happens({{"", ""}, {blue, ""}, {red, hidden}, {"", hidden}, {red, site}});
    happens({{blue, ""}, {red, ""}});
  }
};

/// Where the next events happened, until there are `many`.
std::vector<place> read_places(live_client& from, std::size_t many) {
  std::vector<place> made;
  const auto text = [](const boost::json::value& of) {
    return of.is_null() ? std::string{} : std::string{of.as_string()};
  };
  while (made.size() < many) {
    const auto told = from.read("events");
    if (told.empty()) break;
    for (const auto& each : told.at("events").as_array())
      made.push_back({text(each.at("event").at("project_id")), text(each.at("event").at("channel_id"))});
  }
  return made;
}

void check_own(const limited_fixture& of, const std::vector<place>& seen) {
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].project == of.red);
  CHECK(seen[0].channel == of.site);
  CHECK(seen[1].project == of.red);
  CHECK(seen[1].channel.empty());
}

}  // namespace

TEST_CASE("a limited member is told of their projects and channels, and of nothing else, whatever they ask for") {
  limited_fixture front;
  front.limit(front.grant_of_site());
  auto client = front.watch(front.member, "&project_id=" + front.red + "&project_id=" + front.blue);
  REQUIRE(client.status() == 101);
  client.read("hello");
  client.say(R"({"type":"subscribe","project_ids":[]})");
  front.everything_happens();
  check_own(front, read_places(client, 2));
}

TEST_CASE("what a limited member missed comes without what is foreign, from memory and from the database") {
  limited_fixture front;
  front.limit(front.grant_of_site());
  auto first = front.watch(front.member);
  const auto start = std::string{first.read("hello").at("cursor").as_string()};
  front.everything_happens();
  check_own(front, read_places(first, 2));
  auto second = front.watch(front.member, "&cursor=" + start);
  CHECK(second.read("hello").at("resumed").as_bool());
  check_own(front, read_places(second, 2));
  first.cut();
  second.cut();
  front.restart();
  auto third = front.watch(front.member, "&cursor=" + start);
  CHECK(third.read("hello").at("resumed").as_bool());
  check_own(front, read_places(third, 2));
}

TEST_CASE("whose limits change is told to read everything anew and to come again, and then has the new ones") {
  limited_fixture front;
  auto whole = front.watch(front.member);
  whole.read("hello");
  front.limit(front.grant_of_site());
  CHECK(whole.read("reload").at("reason").as_string() == "access_changed");
  CHECK_FALSE(whole.read());
  CHECK(whole.close_code() == 1012);
  auto part = front.watch(front.member);
  part.read("hello");
  // A channel that is new is none of theirs.
  front.happens({{front.red, front.add_x(front.owner, front.red, "2002")}, {front.red, front.site}});
  const auto seen = read_places(part, 1);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].channel == front.site);
  front.limit("");
  CHECK(part.read("reload").at("reason").as_string() == "access_changed");
  auto nothing = front.watch(front.member);
  nothing.read("hello");
  front.everything_happens();
  front.limit(front.grant_of_site());
  CHECK(nothing.read("reload").at("reason").as_string() == "access_changed");  // and no event before it
}
