// Automation rules and their runs through the whole front door.
#include <catch2/catch.hpp>

#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;

namespace {

const std::string daily = R"("trigger":{"kind":"cron","cron":"0 9 * * *"})";

struct with_template : campaigns_fixture {
  std::string template_id =
      id_of(post("/templates", in_project(project) + R"("name":"Daily","text":"Good morning"})", token));

  std::string action(const std::string& more = {}) const {
    return R"("action":{"kind":"make_content","template_id":")" + template_id + "\"" + more + "}";
  }
  answered add_rule(const std::string& fields) {
    return post("/automation/rules", in_project(project) + fields + "}", token);
  }
  std::string rule(const std::string& trigger, const std::string& more = {}) {
    return id_of(add_rule(R"("name":"Morning",)" + trigger + "," + action() + more));
  }
  answered read(const std::string& id) { return get("/automation/rules/" + id, token); }
  answered tell(const std::string& id, const std::string& what) {
    return post("/automation/rules/" + id + "/" + what, {}, token);
  }
};

}  // namespace

TEST_CASE("a rule is read as it was made, and knows its next moment") {
  with_template on;
  const auto made =
      on.add_rule(R"("name":"Morning",)" + daily + "," + on.action(R"(,"release":"publish")") +
                  R"(,"conditions":{"week_days":["monday","friday"]},"missed":{"kind":"all","at_most":3})");
  INFO(made.raw.body);
  REQUIRE(made.status() == 201);
  CHECK(on.read(made.text("/id")).raw.body == made.raw.body);
  CHECK(made.text("/trigger/cron") == "0 9 * * *");
  CHECK(made.text("/conditions/week_days/1") == "friday");
  CHECK(made.text("/missed/kind") == "all");
  CHECK(made.text("/next_run_at") > base::to_string(on.clock.now()));
  CHECK(count(on.get("/automation/rules?project_id=" + on.project, on.token)) == 1);
  CHECK(count(on.get("/automation/rules?campaign_id=" + no_such_id, on.token)) == 0);
}

TEST_CASE("a campaign that is active says when its rules run next") {
  with_template on;
  const auto campaign = on.add_campaign(R"("name":"Winter")");
  const auto rule = on.id_of(
      on.add_rule(R"("name":"Morning",)" + daily + "," + on.action() + R"(,"campaign_id":")" + campaign + "\""));
  const auto runs = [&] {
    return on.get("/campaigns/" + campaign + "/summary", on.token).body.at_pointer("/coming_runs").as_array();
  };
  CHECK(runs().empty());
  REQUIRE(on.post("/campaigns/" + campaign + "/activate", {}, on.token).status() == 200);
  REQUIRE(runs().size() == 1);
  CHECK(runs()[0].at("rule_id").as_string() == rule);
  CHECK(runs()[0].at("rule_name") == "Morning");
  CHECK(runs()[0].at("at").as_string() == on.read(rule).text("/next_run_at"));
  REQUIRE(on.tell(rule, "disable").status() == 200);
  CHECK(runs().empty());
}

TEST_CASE("what is wrong with a rule is refused by name, and nothing is stored") {
  with_template on;
  const auto refused = [&](const std::string& trigger, const std::string& rest, std::string_view pointer) {
    INFO(trigger + rest);
    const auto given = on.add_rule(R"("name":"A",)" + trigger + "," + rest);
    INFO(given.raw.body);
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  const auto trigger = [](const std::string& of) { return R"("trigger":)" + of; };
  refused(trigger(R"({"kind":"cron","cron":"0 0 30 2 *"})"), on.action(), "/trigger/cron");
  refused(trigger(R"({"kind":"cron","cron":"* * * * * *"})"), on.action(), "/trigger/cron");
  refused(trigger(R"({"kind":"cron"})"), on.action(), "/trigger/cron");
  refused(trigger(R"({"kind":"cron","cron":"0 9 * * *","every_minutes":5})"), on.action(), "/trigger/every_minutes");
  refused(trigger(R"({"kind":"rrule","rrule":"FREQ=SECONDLY","starts_at":"2026-11-30T09:00"})"), on.action(),
          "/trigger/rrule");
  refused(trigger(R"({"kind":"rrule","rrule":"FREQ=DAILY","starts_at":"9999-12-31T09:00"})"), on.action(),
          "/trigger/rrule");
  refused(trigger(R"({"kind":"rrule","rrule":"FREQ=DAILY;UNTIL=20200101T000000Z","starts_at":"2019-01-01T09:00"})"),
          on.action(), "/trigger/rrule");
  refused(trigger(R"({"kind":"rrule","rrule":"FREQ=DAILY","starts_at":"soon"})"), on.action(), "/trigger/starts_at");
  refused(trigger(R"({"kind":"interval","every_minutes":0})"), on.action(), "/trigger/every_minutes");
  refused(trigger(R"({"kind":"feed","every_minutes":10,"feed_url":"http://169.254.169.254/"})"), on.action(),
          "/trigger/feed_url");
  refused(trigger(R"({"kind":"feed","every_minutes":1,"feed_url":"https://example.org/feed"})"), on.action(),
          "/trigger/every_minutes");
  refused(daily, R"("action":{"kind":"make_content"})", "/action/template_id");
  refused(daily, R"("action":{"kind":"make_content","template_id":")" + no_such_id + "\"}", "/action/template_id");
  refused(daily, on.action(R"(,"source":"ai")"), "/action/template_id");
  refused(daily, on.action(R"(,"release":"after")"), "/action/after_minutes");
  refused(daily, on.action(R"(,"release":"next_slot","slots":["9:00"])"), "/action/slots/0");
  refused(daily, on.action(R"(,"channel_ids":[")" + no_such_id + "\"]"), "/action/channel_ids");
  refused(daily, R"("action":{"kind":"notify","message":"x","member_ids":[")" + no_such_id + "\"]}",
          "/action/member_ids");
  refused(daily, on.action() + R"(,"conditions":{"text_contains":["x"]})", "/conditions/text_contains");
  refused(daily, on.action() + R"(,"conditions":{"hours":{"from_minute":60,"to_minute":60}})", "/conditions/hours");
  refused(daily, on.action() + R"(,"missed":{"kind":"last","at_most":3})", "/missed/at_most");
  refused(daily, on.action() + R"(,"campaign_id":")" + no_such_id + "\"", "/campaign_id");
  CHECK(count(on.get("/automation/rules", on.token)) == 0);
}

TEST_CASE("a rule that would set itself off is refused, and one that another would lead back to") {
  with_template on;
  const auto published = std::string{R"("trigger":{"kind":"event","event":"post_published"})"};
  const auto itself = on.add_rule(R"("name":"A",)" + published + "," + on.action(R"(,"release":"publish")"));
  CHECK(itself.status() == 422);
  CHECK(names(itself, "/trigger/event"));
  CHECK(on.add_rule(R"("name":"Drafts",)" + published + "," + on.action()).status() == 201);
  const auto asks =
      on.add_rule(R"("name":"B",)" + published + "," + on.action(R"(,"release":"draft","needs_approval":true)"));
  CHECK(asks.status() == 201);
  const auto closes = on.add_rule(R"("name":"C","trigger":{"kind":"event","event":"content_approved"},)" +
                                  on.action(R"(,"release":"publish")"));
  INFO(closes.raw.body);
  CHECK(closes.status() == 422);
}

TEST_CASE("the next moments are shown while a schedule is typed") {
  with_template on;
  const auto preview = [&](const std::string& trigger) {
    return on.post("/automation/rules/preview", in_project(on.project) + R"("trigger":)" + trigger + "}", on.token);
  };
  const auto shown = preview(R"({"kind":"cron","cron":"0 9 * * mon"})");
  INFO(shown.raw.body);
  REQUIRE(shown.status() == 200);
  CHECK(shown.body.at_pointer("/moments").as_array().size() == 10);
  CHECK(shown.text("/moments/0/local").starts_with("Mon "));
  CHECK(preview(R"({"kind":"rrule","rrule":"FREQ=DAILY;COUNT=3","starts_at":"2030-01-01T09:00"})")
            .body.at_pointer("/moments")
            .as_array()
            .size() == 3);
  CHECK(preview(R"({"kind":"event","event":"post_failed"})").body.at_pointer("/moments").as_array().empty());
  const auto wrong = preview(R"({"kind":"cron","cron":"0 25 * * *"})");
  CHECK(wrong.status() == 422);
  CHECK(names(wrong, "/trigger/cron"));
  CHECK(count(on.get("/automation/rules", on.token)) == 0);
}

TEST_CASE("each change of a rule is a version, and a change of what was read before it is refused") {
  with_template on;
  const auto id = on.rule(daily);
  const auto changed =
      on.patch("/automation/rules/" + id, R"({"trigger":{"kind":"cron","cron":"0 10 * * *"},"version":1})", on.token);
  INFO(changed.raw.body);
  REQUIRE(changed.status() == 200);
  CHECK(changed.body.at_pointer("/version").as_int64() == 2);
  const auto late = on.patch("/automation/rules/" + id, R"({"name":"Late","version":1})", on.token);
  CHECK(late.status() == 409);
  CHECK(late.code() == "rule_has_changed");
  const auto versions = on.get("/automation/rules/" + id + "/versions", on.token);
  CHECK(versions.text("/items/0/trigger/cron") == "0 10 * * *");
  CHECK(versions.text("/items/1/trigger/cron") == "0 9 * * *");
}

TEST_CASE("a rule that is off has no next moment, and gets one when it is switched on") {
  with_template on;
  const auto id = on.rule(R"("trigger":{"kind":"interval","every_minutes":5})");
  const auto off = on.tell(id, "disable");
  CHECK(off.status() == 200);
  CHECK(off.body.at_pointer("/next_run_at").is_null());
  CHECK_FALSE(off.body.at_pointer("/is_enabled").as_bool());
  on.clock.advance(std::chrono::minutes{12});
  const auto back = on.tell(id, "enable");
  INFO(back.raw.body);
  CHECK(back.text("/next_run_at") > base::to_string(on.clock.now()));
  CHECK(on.remove("/automation/rules/" + id, on.token).status() == 204);
  CHECK(on.read(id).status() == 404);
  CHECK(on.tell(id, "run-now").status() == 404);
}

TEST_CASE("what a member does with a rule is told, once each time, so that others see it") {
  with_template on;
  const auto id = on.rule(daily);
  REQUIRE(on.patch("/automation/rules/" + id, R"({"name":"Noon"})", on.token).status() == 200);
  REQUIRE(on.patch("/automation/rules/" + id, R"({"name":"Late","version":1})", on.token).status() == 409);
  for (const auto* what : {"enable", "disable", "disable", "enable"}) REQUIRE(on.tell(id, what).status() == 200);
  REQUIRE(on.remove("/automation/rules/" + id, on.token).status() == 204);
  REQUIRE(on.remove("/automation/rules/" + id, on.token).status() == 404);
  CHECK(on.events("Rule") ==
        std::vector<std::string>{"RuleRemoved", "RuleSwitchedOn", "RuleSwitchedOff", "RuleChanged", "RuleCreated"});
  const auto told = on.get("/analytics/activity-stream?project_id=" + on.project + "&limit=1", on.token);
  CHECK(told.text("/items/0/message") == "The rule “Noon” was removed.");
}

TEST_CASE("a run that a person asks for is a row before anything happens, and can be withdrawn") {
  with_template on;
  const auto id = on.rule(daily);
  const auto first = on.post_once("/automation/rules/" + id + "/run-now", {}, on.token, "key-1");
  INFO(first.raw.body);
  REQUIRE(first.status() == 202);
  CHECK(on.post_once("/automation/rules/" + id + "/run-now", {}, on.token, "key-1").text("/id") == first.text("/id"));
  const auto run = "/automation/runs/" + first.text("/id");
  CHECK(first.text("/state") == "queued");
  CHECK(first.text("/cause") == "person");
  CHECK(count(on.get("/automation/runs?rule_id=" + id + "&status=queued", on.token)) == 1);
  CHECK(count(on.get("/automation/runs?project_id=" + on.project + "&status=failed", on.token)) == 0);
  const auto too_early = on.post(run + "/retry", {}, on.token);
  CHECK(too_early.code() == "run_is_queued");
  CHECK(on.post(run + "/cancel", {}, on.token).text("/state") == "cancelled");
  CHECK(on.post(run + "/cancel", {}, on.token).code() == "run_is_cancelled");
  const auto steps = on.get(run + "/events", on.token);
  INFO(steps.raw.body);
  CHECK(steps.text("/items/0/kind") == "set_off");
  CHECK(steps.text("/items/0/sentence") == "A person asked for it.");
  CHECK(steps.text("/items/1/kind") == "withdrawn");
  CHECK(steps.text("/items/1/rule") == "person");
}

TEST_CASE("the calendar shows the moments of rules that are on") {
  with_template on;
  const auto id = on.rule(daily);
  const auto calendar = [&] {
    const auto now = on.clock.now();
    return on.get("/calendar?project_id=" + on.project + "&from=" + base::to_string(now) +
                      "&to=" + base::to_string(now + std::chrono::hours{72}),
                  on.token);
  };
  const auto shown = calendar();
  INFO(shown.raw.body);
  REQUIRE(shown.body.at_pointer("/coming_runs").as_array().size() == 3);
  CHECK(shown.text("/coming_runs/0/rule_id") == id);
  CHECK(shown.text("/coming_runs/0/at") == on.read(id).text("/next_run_at"));
  on.tell(id, "disable");
  CHECK(calendar().body.at_pointer("/coming_runs").as_array().empty());
}

TEST_CASE("a simulation of the project runs its rules, in the words of a run's trace, and makes nothing") {
  with_template on;
  on.add_website(on.token, on.add_project(on.token, "Another"));
  const auto id = on.rule(daily, R"(,"missed":{"kind":"last"})");
  CHECK(on.patch("/automation/rules/" + id, "{" + on.action(R"(,"release":"publish")") + "}", on.token).status() ==
        200);
  on.put("/projects/" + on.project + "/guardrails",
         R"({"guardrails":{"quiet_hours":{"from_minute":480,"to_minute":600}}})", on.token);
  const auto from = base::to_string(on.clock.now());
  const auto to = base::to_string(on.clock.now() + std::chrono::hours{49});
  const auto told =
      on.post("/projects/" + on.project + "/simulate", R"({"from":")" + from + R"(","to":")" + to + "\"}", on.token);
  INFO(told.raw.body);
  REQUIRE(told.status() == 200);
  CHECK(told.body.at_pointer("/totals/runs").as_int64() == 2);
  CHECK(told.body.at_pointer("/totals/made_posts").as_int64() == 2);
  CHECK(told.body.at_pointer("/totals/deliveries").as_int64() == 2);
  CHECK(told.text("/runs/0/state") == "succeeded");
  CHECK(told.text("/runs/0/text") == "Good morning");
  CHECK(told.text("/runs/0/scheduled_at").find("T10:00:00") != std::string::npos);
  CHECK(told.raw.body.find("quiet hours") != std::string::npos);
  CHECK(told.text("/deliveries/0/rule_id") == id);
  CHECK(told.text("/summary").find("Rules would run 2 times and make 2 posts.") != std::string::npos);
  CHECK(count(on.get("/posts", on.token)) == 0);
  CHECK(count(on.get("/automation/runs", on.token)) == 0);
}
