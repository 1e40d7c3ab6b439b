// A member's decision by a link in a mail: valid once, for one act, until it is too old.
#include <catch2/catch.hpp>

#include "persistence/engagement/asking.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;
namespace asking = persistence::asking;

namespace {

/// Ada follows a page, wants to be asked by mail, and a like and a comment wait for her.
struct asked_fixture : tests::people_fixture {
  std::string owner, ada;

  asked_fixture() {
    const auto signed_up = sign_up("owner@example.com");
    owner = signed_up.text("/access_token");
    const auto code = post("/org/invites", R"({"role":"member"})", owner).text("/code");
    ada = post("/org/invites/accept",
               R"({"code":")" + code + R"(","email":"ada@example.com","password":")" + password + "\"}")
              .text("/access_token");
    confirm_address("ada@example.com");
    const auto settings =
        put("/automation/settings",
            R"({"working_days":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],)"
            R"("works_from_minute":0,"works_until_minute":1440,"ask_by_mail":true})",
            ada);
    INFO(settings.raw.bytes());
    REQUIRE(settings.body.at_pointer("/settings/ask_by_mail").as_bool());
    const auto page = post("/tracked-pages", R"({"url":"linkedin.com/company/acme","name":"Acme"})", owner).text("/id");
    post("/tracked-pages/" + page + "/subscribe", R"({"comments":true})", ada);
    post("/tracked-pages/" + page + "/posts",
         R"({"url":"urn:li:activity:70","title":"We hire","text":"Two mechanics."})", owner);
    const auto comment = act("comment");
    REQUIRE(post("/engagements/" + comment + "/edit", R"({"text":"A fine team."})", ada).status() == 200);
    take_mails();
  }
  void confirm_address(const std::string& email) {
    static constexpr persistence::statement confirm{
        "test_confirm_address", "UPDATE members SET email_verified_at = created_at WHERE email = $1"};
    persistence::database login({.url = database_url, .connections = 1, .as = persistence::role::login});
    REQUIRE(login.query_now(std::nullopt, confirm, email).has_value());
    login.stop();
  }
  std::string act(std::string_view kind) {
    for (const auto listed = get("/engagements", ada); const auto& each : listed.body.at_pointer("/items").as_array()) {
      if (each.at("kind").as_string() == kind) return std::string{each.at("id").as_string()};
    }
    return {};
  }
  /// What the service does every half minute.
  std::size_t ask() {
    const auto now = clock.now();
    const auto taken =
        as_engine.transact_now(std::nullopt, [now](persistence::transaction& tx) { return asking::take(tx, now, 10); });
    REQUIRE(taken.has_value());
    std::size_t count = 0;
    for (const auto& each : *taken) {
      const auto asked = as_engine.transact_now(each.tenant_id, [&](persistence::transaction& tx) {
        return asking::ask(tx, each.member_id, "https://pulse.test", secrets, now);
      });
      REQUIRE(asked.has_value());
      count += *asked;
    }
    return count;
  }
  /// The secrets of the links in the mails that wait, in their order.
  std::vector<std::string> links() {
    std::vector<std::string> made;
    for (const auto& [to, text] : take_mails()) {
      CHECK(to == "ada@example.com");
      for (auto at = text.find("#secret="); at != text.npos; at = text.find("#secret=", at + 1))
        made.push_back(text.substr(at + 8, text.find('\n', at) - at - 8));
    }
    return made;
  }
  answered say(const std::string& secret, const std::string& word, const std::string& body = "{}") {
    return post("/confirmation-links/" + secret + "/" + word, body);
  }
};

}  // namespace

TEST_CASE("a member who wants it is asked by one mail, with a link for each act, and once") {
  asked_fixture front;
  CHECK(front.ask() == 2);
  CHECK(front.links().size() == 2);
  CHECK(front.ask() == 0);
  front.clock.advance(asking::least_between);
  CHECK(front.ask() == 0);
  CHECK(front.take_mails().empty());
}

TEST_CASE("nobody is asked who does not want it, or whose address nobody has confirmed") {
  asked_fixture front;
  SECTION("not wanted") { front.put("/automation/settings", R"({"ask_by_mail":false})", front.ada); }
  SECTION("not confirmed") {
    static constexpr persistence::statement forget{"test_forget_address",
                                                   "UPDATE members SET email_verified_at = NULL"};
    persistence::database login({.url = front.database_url, .connections = 1, .as = persistence::role::login});
    REQUIRE(login.query_now(std::nullopt, forget).has_value());
    login.stop();
  }
  CHECK(front.ask() == 0);
  CHECK(front.take_mails().empty());
}

TEST_CASE("a link confirms its one act, once, and shows nothing else of the company") {
  asked_fixture front;
  front.ask();
  const auto secrets = front.links();
  REQUIRE(secrets.size() == 2);
  const auto& secret =
      front.get("/confirmation-links/" + secrets[0]).text("/kind") == "comment" ? secrets[0] : secrets[1];
  const auto& other = &secret == &secrets[0] ? secrets[1] : secrets[0];
  const auto shown = front.get("/confirmation-links/" + secret);
  INFO(shown.raw.bytes());
  CHECK(shown.text("/text") == "A fine team.");
  CHECK(shown.text("/post_text") == "Two mechanics.");
  CHECK(shown.body.at_pointer("/is_open").as_bool());
  const auto confirmed = front.say(secret, "confirm", R"({"text":"A team I would join."})");
  INFO(confirmed.raw.bytes());
  CHECK(confirmed.status() == 200);
  CHECK(confirmed.text("/state") == "queued");
  CHECK(confirmed.text("/text") == "A team I would join.");
  for (const auto* word : {"confirm", "skip"}) CHECK(front.say(secret, word).code() == "link_used");
  CHECK_FALSE(front.get("/confirmation-links/" + secret).body.at_pointer("/is_open").as_bool());
  CHECK(front.get("/engagements/" + front.act("comment"), front.ada).text("/state") == "queued");
  CHECK(front.get("/engagements/" + front.act("like"), front.ada).text("/state") == "waiting_confirmation");
  const auto audit = front.get("/audit?limit=20", front.owner).raw.bytes();
  INFO(audit);
  CHECK(audit.find("confirmation-links") != std::string::npos);
  CHECK(audit.find(secret) == std::string::npos);
  CHECK(front.say(other, "skip").text("/state") == "skipped");
}

TEST_CASE("a link is worth nothing when it is guessed, too old, or its member has answered elsewhere or is gone") {
  asked_fixture front;
  front.ask();
  const auto secrets = front.links();
  REQUIRE(secrets.size() == 2);
  CHECK(front.get("/confirmation-links/guess").status() == 404);
  SECTION("answered elsewhere") {
    for (const auto* kind : {"like", "comment"})
      front.post("/engagements/" + front.act(kind) + "/skip", "{}", front.ada);
    CHECK(front.say(secrets[0], "confirm").code() == "link_used");
  }
  SECTION("too old") {
    front.clock.advance(std::chrono::hours{49});
    CHECK(front.say(secrets[0], "confirm").status() == 404);
  }
  SECTION("the member is gone") {
    const auto id = front.get("/auth/me", front.ada).text("/member/id");
    CHECK(front.remove("/org/members/" + id, front.owner).status() < 300);
    CHECK(front.say(secrets[0], "confirm").status() == 404);
  }
}

TEST_CASE("opening a link, however often and by whatever scans mails, confirms nothing") {
  asked_fixture front;
  front.ask();
  for (const auto& secret : front.links()) {
    for (int i = 0; i < 3; ++i) CHECK(front.get("/confirmation-links/" + secret).status() == 200);
    for (const auto* word : {"confirm", "skip"})
      CHECK(front.get("/confirmation-links/" + secret + "/" + word).status() == 405);
    front.answer(asked_fixture::request(http::server::verb::head, "/confirmation-links/" + secret));
  }
  for (const auto* kind : {"like", "comment"})
    CHECK(front.get("/engagements/" + front.act(kind), front.ada).text("/state") == "waiting_confirmation");
}
