// People's actions on deliveries: retrying, deciding, and finding those that need a person.
#include <catch2/catch.hpp>

#include <set>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using domain::delivery_state;
using tests::answered;
using tests::count;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;
using tests::types_of;

namespace {

constexpr auto scheduled = R"(,"scheduled_at":"2026-11-22T09:00:00Z")";

/// A company with one scheduled post to X.
struct one_delivery : publishing_fixture {
  one_delivery() {
    token = sign_up("acme");
    project = add_project(token);
    channel = add_x(token, project);
    post_id = add_post(token, project, scheduled);
    id = delivery_of(token, post_id);
  }

  answered resolve(const std::string& body) { return post("/deliveries/" + id + "/resolve", body, token); }
  answered retry() { return post("/deliveries/" + id + "/retry", "", token); }
  std::string last_event() { return types_of(get("/posts/" + post_id + "/timeline", token)).back(); }

  std::string token;
  std::string project;
  std::string channel;
  std::string post_id;
  std::string id;
};

}  // namespace

TEST_CASE("a failed delivery is sent once more, from the beginning and at once") {
  one_delivery front;
  front.bring_to(front.id, delivery_state::failed);
  CHECK(front.get("/deliveries/" + front.id, front.token).body.at("can_retry").as_bool());
  front.clock.advance(std::chrono::hours{30});
  const auto now = base::to_string(front.clock.now());
  front.token = front.post("/auth/login", R"({"email":"owner@acme.test","password":"correct horse battery"})")
                    .text("/access_token");
  const auto again = front.retry();
  INFO(again.raw.bytes());
  CHECK(again.status() == 202);
  CHECK(again.text("/state") == "waiting");
  CHECK(again.text("/due_at") == now);
  CHECK(again.text("/not_before") == now);
  CHECK(again.body.at("attempt").as_int64() == 1);
  CHECK(again.body.at("failures").as_int64() == 0);
  CHECK(again.body.at("reason").is_null());
  CHECK(again.body.at("finished_at").is_null());
  CHECK_FALSE(again.body.at("can_retry").as_bool());
  CHECK(front.last_event() == "PublishRequested");
  const auto twice = front.retry();
  CHECK(twice.status() == 409);
  CHECK(twice.code() == "delivery_is_waiting");
}

TEST_CASE("only what has failed is retried, and the refusal says what is possible") {
  one_delivery front;
  CHECK(front.retry().code() == "delivery_is_waiting");
  for (const auto state : {delivery_state::sending, delivery_state::unknown, delivery_state::unconfirmed}) {
    front.bring_to(front.id, state);
    const auto refused = front.retry();
    CHECK(refused.status() == 409);
    CHECK(refused.code() == "delivery_is_" + std::string{base::to_name(state)});
  }
  CHECK(front.retry().text("/detail").find("is_live, send_again, drop") != std::string::npos);
  front.bring_to(front.id, delivery_state::failed);
  const auto refused = front.resolve(R"({"decision":"drop"})");
  CHECK(refused.code() == "delivery_is_failed");
  CHECK(refused.text("/detail").find("/retry") != std::string::npos);
}

TEST_CASE("all that has failed of a post is retried together, and the rest is left alone") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  front.add_x(token, project);
  front.add_x(token, project, "1002");
  const auto id = front.add_post(token, project, scheduled);
  const auto made = front.get("/posts/" + id, token);
  front.bring_to(made.text("/deliveries/0/id"), delivery_state::published);
  front.bring_to(made.text("/deliveries/1/id"), delivery_state::failed);
  front.bring_to(made.text("/deliveries/2/id"), delivery_state::failed);
  CHECK(front.get("/posts/" + id, token).text("/status") == "published_partial");
  const auto again = front.post("/posts/" + id + "/retry", "", token);
  CHECK(again.status() == 202);
  CHECK(again.text("/status") == "publishing");
  CHECK(again.text("/deliveries/0/state") == "published");
  CHECK(again.text("/deliveries/1/state") == "waiting");
  CHECK(again.text("/deliveries/2/state") == "waiting");
  CHECK(front.post("/posts/" + id + "/retry", "", token).status() == 409);
}

TEST_CASE("an unconfirmed delivery is live where a person has seen it") {
  one_delivery front;
  front.bring_to(front.id, delivery_state::unconfirmed);
  CHECK(front.get("/deliveries/" + front.id, front.token).body.at("decisions") ==
        boost::json::parse(R"(["is_live","send_again","drop"])"));
  CHECK(names(front.resolve(R"({"decision":"is_live"})"), "/external_url"));
  CHECK(names(front.resolve(R"({"decision":"is_live","external_url":"x.com/1"})"), "/external_url"));
  CHECK(names(front.resolve(R"({"decision":"drop","external_url":"https://x.com/acme/status/1"})"), "/external_url"));
  CHECK(names(front.resolve(R"({"decision":"perhaps"})"), "/decision"));
  const auto live = front.resolve(R"({"decision":"is_live","external_url":"https://x.com/acme/status/179?s=20"})");
  INFO(live.raw.bytes());
  CHECK(live.status() == 200);
  CHECK(live.text("/state") == "published");
  CHECK(live.text("/external_id") == "179");
  CHECK(live.text("/external_url") == "https://x.com/acme/status/179?s=20");
  CHECK(live.body.at("decisions").as_array().empty());
  CHECK(front.get("/posts/" + front.post_id, front.token).text("/status") == "published");
  CHECK(front.last_event() == "PublishSucceeded");
  CHECK(front.resolve(R"({"decision":"drop"})").code() == "delivery_is_published");
}

TEST_CASE("an unconfirmed delivery keeps the id that a person gives it") {
  one_delivery front;
  front.bring_to(front.id, delivery_state::unconfirmed);
  const auto live = front.resolve(
      R"({"decision":"is_live","external_url":"https://x.com/acme/status/179","external_id":"tweet-179"})");
  CHECK(live.text("/external_id") == "tweet-179");
}

TEST_CASE("an unconfirmed delivery is sent again, or dropped") {
  one_delivery front;
  front.bring_to(front.id, delivery_state::unconfirmed);
  const auto again = front.resolve(R"({"decision":"send_again"})");
  CHECK(again.status() == 200);
  CHECK(again.text("/state") == "waiting");
  CHECK(again.text("/not_before") == base::to_string(tests::test_start));
  CHECK(again.body.at("failures").as_int64() == 0);
  CHECK(front.resolve(R"({"decision":"send_again"})").status() == 409);
  front.bring_to(front.id, delivery_state::unconfirmed);
  const auto dropped = front.resolve(R"({"decision":"drop"})");
  CHECK(dropped.text("/state") == "failed");
  CHECK(dropped.text("/reason") == "a person said that it is not to be sent");
  CHECK(front.last_event() == "PublishFailed");
}

TEST_CASE("a late delivery about which was asked is sent or skipped, and waits until then") {
  one_delivery front;
  CHECK(front.resolve(R"({"decision":"send"})").code() == "delivery_is_waiting");
  front.ask_about(front.id);
  const auto asked = front.get("/posts/" + front.post_id, front.token);
  CHECK(asked.text("/status") == "needs_attention");
  CHECK(asked.text("/deliveries/0/asked_at") == base::to_string(tests::test_start));
  CHECK(front.resolve(R"({"decision":"is_live","external_url":"https://x.com/acme/status/1"})").code() ==
        "delivery_is_late");
  const auto sent = front.resolve(R"({"decision":"send"})");
  CHECK(sent.status() == 200);
  CHECK(sent.text("/state") == "waiting");
  CHECK(sent.body.at("asked_at").is_null());
  CHECK(sent.text("/due_at") == base::to_string(tests::test_start));
  CHECK(front.last_event() == "PublishRequested");
  front.ask_about(front.id);
  const auto skipped = front.resolve(R"({"decision":"skip"})");
  CHECK(skipped.text("/state") == "missed");
  CHECK(front.last_event() == "PublishMissed");
  CHECK(front.resolve(R"({"decision":"send"})").code() == "delivery_is_missed");
}

TEST_CASE("publishing now, scheduling and cancelling are answers about lateness too") {
  one_delivery front;
  front.ask_about(front.id);
  const auto now = front.post("/posts/" + front.post_id + "/publish-now", "", front.token);
  CHECK(now.text("/status") == "scheduled");
  CHECK(now.body.at_pointer("/deliveries/0/asked_at").is_null());
  front.ask_about(front.id);
  CHECK(front.post("/posts/" + front.post_id + "/cancel", "", front.token).text("/status") == "cancelled");
}

TEST_CASE("nothing is sent on a channel that was removed") {
  one_delivery front;
  front.bring_to(front.id, delivery_state::failed);
  CHECK(front.remove("/channels/" + front.channel, front.token).status() == 204);
  CHECK(front.retry().code() == "channel_removed");
  CHECK(front.post("/posts/" + front.post_id + "/retry", "", front.token).status() == 409);
  front.bring_to(front.id, delivery_state::unconfirmed);
  CHECK(front.resolve(R"({"decision":"send_again"})").code() == "channel_removed");
  CHECK(front.resolve(R"({"decision":"is_live","external_url":"https://x.com/acme/status/1"})").status() == 200);
}

TEST_CASE("deliveries are listed by what they need, page by page") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto other_project = front.add_project(token, "Other");
  const auto channel = front.add_x(token, project);
  front.add_x(token, other_project);
  std::set<std::string> waiting;
  for (int i = 0; i < 5; ++i) {
    waiting.insert(front.delivery_of(token, front.add_post(token, project, scheduled)));
    front.clock.advance(std::chrono::milliseconds{1});
  }
  const auto failed = front.delivery_of(token, front.add_post(token, project, scheduled));
  const auto unconfirmed = front.delivery_of(token, front.add_post(token, project, scheduled));
  const auto asked = front.delivery_of(token, front.add_post(token, other_project, scheduled));
  const auto deleted = front.add_post(token, project, scheduled);
  front.bring_to(failed, delivery_state::failed);
  front.bring_to(unconfirmed, delivery_state::unconfirmed);
  front.ask_about(asked);
  CHECK(front.remove("/posts/" + deleted, token).status() == 204);

  std::set<std::string> listed;
  auto target = "/deliveries?project_id=" + project + "&state=waiting&limit=2";
  for (;;) {
    const auto page = front.get(target, token);
    REQUIRE(page.status() == 200);
    for (const auto& each : page.body.at("items").as_array()) listed.insert(std::string{each.at("id").as_string()});
    if (page.body.at("next_cursor").is_null()) break;
    target = "/deliveries?project_id=" + project + "&state=waiting&limit=2&cursor=" + page.text("/next_cursor");
  }
  CHECK(listed == waiting);
  CHECK(count(front.get("/deliveries", token)) == 8);
  CHECK(count(front.get("/deliveries?channel_id=" + channel, token)) == 7);
  CHECK(front.get("/deliveries?state=failed", token).text("/items/0/id") == failed);
  const auto open = front.get("/deliveries?needs_decision=true", token);
  REQUIRE(count(open) == 2);
  // Both were made in the same millisecond, so either may be the first.
  CHECK(std::set{open.text("/items/0/id"), open.text("/items/1/id")} == std::set{asked, unconfirmed});
  CHECK(count(front.get("/deliveries?needs_decision=true&project_id=" + project, token)) == 1);
  CHECK(front.get("/deliveries?state=lost", token).status() == 422);
}

TEST_CASE("a post that may be live is not deleted, and the refusal says what to do first") {
  constexpr persistence::statement doubt{
      "test_doubt", "UPDATE deliveries SET state = 'waiting', doubt_until = $2, finished_at = NULL WHERE id = $1"};
  one_delivery front;
  const auto target = "/posts/" + front.post_id;
  front.bring_to(front.id, delivery_state::sending);
  CHECK(front.remove(target, front.token).code() == "post_is_going_out");
  REQUIRE(front.engine_database.query_now(std::nullopt, doubt, *base::parse_uuid(front.id),
                                          front.clock.now() + std::chrono::hours{1}));
  const auto waiting = front.remove(target, front.token);
  CHECK(waiting.status() == 409);
  CHECK(waiting.code() == "post_may_be_live");
  CHECK(waiting.text("/detail") ==
        "The post may be live on X @acme, and after deletion nobody could tell. The next attempt finds "
        "out: wait for it, or cancel the post first. Look there, report what you see (POST /deliveries/" +
            front.id + "/resolve), then delete it.");
  CHECK(front.get(target, front.token).status() == 200);
  front.post(target + "/cancel", "", front.token);
  const auto unconfirmed = front.remove(target, front.token);
  CHECK(unconfirmed.status() == 409);
  CHECK(unconfirmed.text("/detail").find("nobody could tell. Look there, report what you see") != std::string::npos);
  CHECK(front.resolve(R"({"decision":"is_live","external_url":"https://x.com/acme/status/1"})").status() == 200);
  CHECK(front.remove(target, front.token).status() == 204);
}

TEST_CASE("another company's delivery is as if it were nowhere") {
  one_delivery front;
  front.bring_to(front.id, delivery_state::unconfirmed);
  const auto stranger = front.sign_up("other");
  CHECK(front.get("/deliveries/" + front.id, stranger).status() == 404);
  CHECK(front.post("/deliveries/" + front.id + "/retry", "", stranger).status() == 404);
  CHECK(front.post("/deliveries/" + front.id + "/resolve", R"({"decision":"drop"})", stranger).status() == 404);
  CHECK(front.post("/posts/" + front.post_id + "/retry", "", stranger).status() == 404);
  CHECK(count(front.get("/deliveries", stranger)) == 0);
  CHECK(front.get("/deliveries/" + front.id, front.token).text("/state") == "unconfirmed");
}
