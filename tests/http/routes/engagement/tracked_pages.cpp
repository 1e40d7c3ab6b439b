// Tracked pages and their people's likes and comments, through the whole front door.
#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "tests/http/joined_member.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;

namespace {

constexpr const char* any_time =
    R"({"working_days":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],)"
    R"("works_from_minute":0,"works_until_minute":1440,"least_gap_minutes":1)";
constexpr const char* post_url = "https://www.linkedin.com/posts/acme_we-are-hiring-activity-7100000000000000001-AbCd";

/// A company whose owner and two members follow one page.
struct team_fixture : tests::people_fixture {
  std::string owner, ada, bob, page;

  team_fixture() {
    owner = sign_up("owner@example.com").text("/access_token");
    ada = join(*this, owner, "ada", "member");
    bob = join(*this, owner, "bob", "member");
    page = track("https://www.linkedin.com/company/acme").text("/id");
    for (const auto& who : {ada, bob}) settle(who);
  }
  void settle(const std::string& who, const std::string& more = "}") {
    const auto set = put("/automation/settings", any_time + more, who);
    INFO(set.raw.bytes());
    REQUIRE(set.status() == 200);
  }
  answered track(const std::string& url) { return post("/tracked-pages", R"({"url":")" + url + "\"}", owner); }
  answered follow(const std::string& who, const std::string& body = "{}") {
    return post("/tracked-pages/" + page + "/subscribe", body, who);
  }
  answered bring(const std::string& url = post_url) {
    return post("/tracked-pages/" + page + "/posts", R"({"url":")" + url + "\"}", owner);
  }
  answered mine(const std::string& who) { return get("/engagements", who); }
  /// The id of a member's one act of this kind.
  std::string act(const std::string& who, std::string_view kind) {
    const auto found = mine(who);
    for (const auto& each : found.body.at_pointer("/items").as_array()) {
      if (each.at("kind").as_string() == kind) return std::string{each.at("id").as_string()};
    }
    FAIL("no " << kind << " in " << found.raw.bytes());
    return {};
  }
  answered say(const std::string& id, const std::string& word, const std::string& who, const std::string& body = "{}") {
    return post("/engagements/" + id + "/" + word, body, who);
  }
};

std::size_t count(const answered& from) {
  INFO(from.raw.bytes());
  REQUIRE(from.status() == 200);
  return from.body.at_pointer("/items").as_array().size();
}

}  // namespace

TEST_CASE("a company's page is tracked once, however its address is spelled") {
  team_fixture front;
  const auto again = front.track("HTTP://nl.linkedin.com/company/Acme/posts/?x=1");
  CHECK(again.status() == 409);
  CHECK(again.code() == "page_tracked");
  CHECK(front.track("https://www.linkedin.com/in/somebody").status() == 422);
  CHECK(front.track("https://10.0.0.1/feed.xml").status() == 422);
  CHECK(front.track("https://blog.example.com/feed.xml").text("/feed_url") == "https://blog.example.com/feed.xml");
  CHECK(count(front.get("/tracked-pages", front.ada)) == 2);
  CHECK(front.remove("/tracked-pages/" + front.page, front.owner).status() == 204);
  CHECK(front.get("/tracked-pages/" + front.page, front.owner).status() == 404);
  CHECK(front.track("https://www.linkedin.com/company/acme").status() == 201);
}

TEST_CASE("a post is found once, and each member who follows the page is asked") {
  team_fixture front;
  const auto following = front.follow(front.ada, R"({"comments":true,"reaction":"praise"})");
  INFO(following.raw.bytes());
  CHECK(following.text("/like_mode") == "confirm");
  front.follow(front.bob);
  const auto brought = front.bring();
  INFO(brought.raw.bytes());
  REQUIRE(brought.status() == 201);
  CHECK(brought.text("/urn") == "urn:li:activity:7100000000000000001");
  CHECK(brought.body.at_pointer("/planned").as_int64() == 3);
  CHECK(brought.body.at_pointer("/waiting").as_int64() == 3);
  CHECK(front.bring("urn:li:activity:7100000000000000001").status() == 200);
  CHECK(count(front.mine(front.ada)) == 2);
  CHECK(count(front.mine(front.bob)) == 1);
  CHECK(count(front.mine(front.owner)) == 0);
  CHECK(count(front.get("/tracked-pages/" + front.page + "/posts", front.ada)) == 1);
  CHECK(front.mine(front.bob).text("/items/0/state") == "waiting_confirmation");
}

TEST_CASE("only the member themselves confirms, and sees what they were going to say") {  // asvs: 8.1.2 8.2.3
  team_fixture front;
  front.follow(front.ada, R"({"comments":true})");
  front.bring();
  const auto comment = front.act(front.ada, "comment");
  CHECK(front.say(comment, "confirm", front.ada).status() == 422);
  CHECK(front.say(comment, "edit", front.ada, R"({"text":"My draft"})").text("/text") == "My draft");
  const auto by_owner = front.say(comment, "confirm", front.owner);
  CHECK(by_owner.status() == 403);
  CHECK(by_owner.code() == "not_yours");
  for (const auto* word : {"edit", "skip"}) CHECK(front.say(comment, word, front.owner).status() == 403);
  // Whoever leads sees the plan and not the words; a colleague does not see it at all.
  const auto team = front.get("/engagements?scope=team", front.owner);
  CHECK(count(team) == 2);
  CHECK(team.raw.bytes().find("My draft") == std::string::npos);
  CHECK(count(front.get("/engagements?scope=team", front.bob)) == 0);
  CHECK(front.get("/engagements/" + comment, front.bob).status() == 404);
  CHECK(front.say(comment, "confirm", front.bob).status() == 404);
  CHECK(front.get("/engagements/" + comment + "/explain", front.owner).raw.bytes().find("My draft") ==
        std::string::npos);
  const auto confirmed = front.say(comment, "confirm", front.ada);
  INFO(confirmed.raw.bytes());
  CHECK(confirmed.text("/state") == "queued");
  CHECK(front.say(comment, "confirm", front.ada).status() == 200);
  CHECK(front.get("/audit", front.owner).raw.bytes().find("My draft") == std::string::npos);
}

TEST_CASE("two members never say the same under one post") {
  team_fixture front;
  for (const auto& who : {front.ada, front.bob}) front.follow(who, R"({"comments":true})");
  front.bring();
  CHECK(front.say(front.act(front.ada, "comment"), "confirm", front.ada, R"({"text":"Well done!"})").status() == 200);
  for (const auto* words : {"well DONE!", "Well  done!", "\\nWell done!", "Well done! ", "Well\\tdone!"}) {
    const auto same =
        front.say(front.act(front.bob, "comment"), "confirm", front.bob, R"({"text":")" + std::string{words} + "\"}");
    CHECK(same.status() == 409);
    CHECK(same.code() == "same_words");
  }
  CHECK(front.say(front.act(front.bob, "comment"), "confirm", front.bob, R"({"text":"Congratulations"})").status() ==
        200);
}

TEST_CASE("what is skipped, or no longer followed, is over and explained") {
  team_fixture front;
  front.follow(front.ada, R"({"comments":true})");
  front.follow(front.bob);
  front.bring();
  const auto like = front.act(front.ada, "like");
  CHECK(front.say(like, "skip", front.ada, R"({"reason":"not my topic"})").text("/state") == "skipped");
  CHECK(front.say(like, "confirm", front.ada).code() == "too_late");
  const auto told = front.get("/engagements/" + like + "/explain", front.ada);
  INFO(told.raw.bytes());
  CHECK(told.text("/summary") == "The like was skipped: not my topic.");
  CHECK(told.body.at_pointer("/steps").as_array().size() == 3);
  CHECK(front.remove("/tracked-pages/" + front.page + "/subscribe", front.bob).status() == 204);
  CHECK(front.mine(front.bob).text("/items/0/state") == "skipped");
}

TEST_CASE("an act is explained in the zone that the reader asks for") {
  team_fixture front;
  front.follow(front.ada);
  front.bring();
  const auto explained = "/engagements/" + front.act(front.ada, "like") + "/explain";
  CHECK(front.get(explained + "?time_zone=Asia%2FKolkata", front.ada).text("/summary").find(" IST") !=
        std::string::npos);
  CHECK(front.get(explained, front.ada).text("/summary").find(" IST") == std::string::npos);
  const auto refused = front.get(explained + "?time_zone=Mars", front.ada);
  CHECK(refused.status() == 422);
  CHECK(refused.raw.bytes().find("time_zone") != std::string::npos);
}

TEST_CASE("an act is automatic only where the member has said so twice, and a comment has no words of its own") {
  team_fixture front;
  const std::string automatic = R"({"comments":true,"like_mode":"automatic","comment_mode":"automatic"})";
  front.follow(front.ada, automatic);
  front.settle(front.bob, R"(,"confirm":"automatic"})");
  front.follow(front.bob, automatic);
  front.bring();
  const auto states = [&](const std::string& who, std::string_view kind) {
    return front.get("/engagements/" + front.act(who, kind), who).text("/state");
  };
  CHECK(states(front.ada, "like") == "waiting_confirmation");
  CHECK(states(front.bob, "like") == "queued");
  CHECK(states(front.bob, "comment") == "waiting_confirmation");
}

TEST_CASE(
    "a page says whether its feed may be shared, and asking for it again within a minute is refused before it was "
    "looked at") {
  team_fixture front;
  const auto status = [&](const std::string& url) {
    return front.get("/tracked-pages/" + front.track(url).text("/id") + "/poll-status", front.ada);
  };
  const auto open = status("https://blog.example.com/feed.xml");
  INFO(open.raw.bytes());
  CHECK(open.body.at_pointer("/is_shared").as_bool());
  CHECK(open.body.at_pointer("/hold").is_null());
  CHECK_FALSE(status("https://blog.example.com/feed.xml?key=abc").body.at_pointer("/is_shared").as_bool());
  CHECK_FALSE(status("https://www.linkedin.com/company/halden").body.at_pointer("/is_shared").as_bool());
  const auto poll = "/tracked-pages/" + open.text("/page_id") + "/poll";
  CHECK(front.post(poll, "", front.ada).status() == 202);
  CHECK(front.post(poll, "", front.ada).status() == 429);
}

TEST_CASE("a page without a source says so, and one with a feed is polled at most once a minute") {
  team_fixture front;
  const auto feed = front.track("https://blog.example.com/feed.xml").text("/id");
  CHECK(front.get("/tracked-pages/" + feed + "/poll-status", front.ada).text("/state") == "waiting");
  CHECK(front.post("/tracked-pages/" + feed + "/poll", "", front.ada).status() == 202);
  CHECK(front
            .post("/tracked-pages/" + front.page + "/poll", "",
                  front.sign_up("other@example.com", "Other").text("/access_token"))
            .status() == 404);
}

TEST_CASE("a table of pages is stored whole, or but for the rows that are named as bad") {
  team_fixture front;
  const auto import = [&](const std::string& more) {
    return front.post(
        "/tracked-pages/import",
        R"({"format":"csv","content":"name;url\nOne;linkedin.com/company/one\nBad;=HYPERLINK(1)\n)"
        R"(\"Two; and more\";https://www.linkedin.com/company/two/about\nOne again;LinkedIn.com/company/ONE\n")" +
            more + "}",
        front.owner);
  };
  const auto refused = import("");
  INFO(refused.raw.bytes());
  REQUIRE(refused.status() == 200);
  CHECK_FALSE(refused.body.at_pointer("/is_stored").as_bool());
  CHECK(refused.body.at_pointer("/errors/0/row").as_int64() == 3);
  CHECK(count(front.get("/tracked-pages", front.owner)) == 1);
  const auto kept = import(R"(,"on_bad_rows":"leave_out")");
  CHECK(kept.body.at_pointer("/added").as_int64() == 2);
  CHECK(kept.body.at_pointer("/known").as_int64() == 1);
  CHECK(kept.text("/pages/1/name") == "Two; and more");
  CHECK(import(R"(,"on_bad_rows":"leave_out")").body.at_pointer("/added").as_int64() == 0);
  CHECK(front.post("/tracked-pages/import", R"({"format":"xlsx","content":"bm8gemlw"})", front.owner).code() ==
        "unreadable_table");
}

TEST_CASE("a link from WhatsApp is taken once, with a fresh signature by one of the keys") {
  team_fixture front;
  front.follow(front.ada);
  const auto company = front.get("/auth/me", front.owner).text("/company/id");
  const auto body = R"({"company_id":")" + company + R"(","text":"Look at )" + post_url + R"( please"})";
  const auto send = [&](std::string_view key, std::chrono::seconds late, const std::string& what) {
    const auto time =
        std::to_string(std::chrono::floor<std::chrono::seconds>(front.clock.now() - late).time_since_epoch().count());
    auto asked = front.request(http::server::verb::post, "/webhooks/whatsapp-link", what);
    asked.headers.push_back({"x-pulse-timestamp", time});
    asked.headers.push_back({"x-pulse-signature", "sha256=" + base::to_hex(base::hmac_sha256(key, time + "." + what))});
    return front.answer(asked);
  };
  CHECK(send("new key", std::chrono::seconds{0}, body).code() == "not_configured");
  front.services.whatsapp_link_secrets = {base::secret{"new key"}, base::secret{"old key"}};
  CHECK(send("no key", std::chrono::seconds{0}, body).status() == 401);
  CHECK(send("new key", std::chrono::seconds{301}, body).status() == 401);
  CHECK(send("new key", std::chrono::seconds{-301}, body).status() == 401);
  const auto first = send("new key", std::chrono::seconds{0}, body);
  INFO(first.raw.bytes());
  REQUIRE(first.status() == 200);
  CHECK(first.body.at_pointer("/is_new").as_bool());
  CHECK(send("new key", std::chrono::seconds{0}, body).status() == 401);  // the very same call
  const auto again = send("old key", std::chrono::seconds{1}, body);
  CHECK(again.status() == 200);
  CHECK_FALSE(again.body.at_pointer("/is_new").as_bool());
  CHECK(count(front.mine(front.ada)) == 1);
  const auto foreign =
      R"({"company_id":")" + base::to_string(base::uuid_from_name("x")) + R"(","text":")" + post_url + "\"}";
  CHECK(send("new key", std::chrono::seconds{0}, foreign).status() == 404);
}
