#include <catch2/catch.hpp>

#include "actors/ai/budgeted_asking.hpp"
#include "actors/engagement/comment_writer.hpp"
#include "connectors/ai/offline.hpp"
#include "tests/http/joined_member.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::people_fixture;

namespace {

/// Whether an answer names this field as wrong.
bool names(const tests::answered& of, std::string_view pointer) {
  return of.raw.bytes().find("\"pointer\":\"" + std::string{pointer} + "\"") != std::string::npos;
}

/// Says one thing, or fails.
class set_provider final : public connectors::ai::provider {
 public:
  void complete(connectors::ai::request asked, connectors::ai::callback done) override {
    seen.push_back(std::move(asked));
    if (failure) return done(*failure);
    connectors::ai::reply made;
    if (seen.back().schema.at("properties").as_object().contains("verdict")) {
      made.value = {{"verdict", verdict}, {"corrected", corrected}};
    } else {
      made.value = {{"comment", comment}};
    }
    done(std::move(made));
  }
  std::string_view name() const override { return "OpenAI"; }
  const std::string& default_model() const override { return model; }
  estimate at_most(const connectors::ai::request&) const override { return {10, 10}; }

  std::string model = "set";
  std::string comment = "Congratulations on the new office!";
  std::string verdict = "accept";
  std::string corrected;
  std::optional<connectors::ai::failure> failure;
  std::vector<connectors::ai::request> seen;
};

struct fixture : people_fixture {
  set_provider provider;
  actors::budgeted_asking asking{{as_engine, clock, &provider, "", {1'000'000, 5'000'000}}};
  actors::comment_writer writer{asking};
  std::string owner;

  fixture() {
    services.asking = &asking;
    services.commenting = &writer;
    owner = sign_up("owner@example.com").text("/access_token");
  }
  tests::answered preview(const std::string& token, const std::string& more = "") {
    return post("/automation/generate-comment", R"({"post_text":"We have opened an office in Utrecht.")" + more + "}",
                token);
  }
};

}  // namespace

TEST_CASE("a member confirms each act until they say otherwise, and what is left out stays") {
  fixture front;
  const auto shown = front.get("/automation/settings", front.owner);
  INFO(shown.raw.bytes());
  CHECK(shown.text("/settings/confirm") == "each");
  CHECK_FALSE(shown.text("/automatic_warning").empty());
  const auto set =
      front.put("/automation/settings",
                R"({"confirm":"automatic","time_zone":"Europe/Amsterdam","working_days":["friday","monday","friday"],
    "works_from_minute":480,"works_until_minute":1020,"acts_a_day":5,"comment_language":"nl","comment_examples":["Mooi werk!"]})",
                front.owner);
  INFO(set.raw.bytes());
  CHECK(set.status() == 200);
  CHECK(front.put("/automation/settings", R"({"acts_a_day":6})", front.owner).status() == 200);
  const auto now = front.get("/automation/settings", front.owner);
  CHECK(now.text("/settings/confirm") == "automatic");
  CHECK(now.text("/settings/time_zone") == "Europe/Amsterdam");
  CHECK(now.body.at_pointer("/settings/acts_a_day").as_int64() == 6);
  CHECK(now.body.at_pointer("/settings/working_days").as_array().size() == 2);
  CHECK(now.text("/settings/comment_examples/0") == "Mooi werk!");
}

TEST_CASE("settings are a member's own, and no owner's") {
  fixture front;
  const auto member = join(front, front.owner, "member", "member");
  front.put("/automation/settings", R"({"acts_a_day":3})", member);
  CHECK(front.get("/automation/settings", front.owner).body.at_pointer("/settings/acts_a_day").as_int64() == 10);
  CHECK(front.get("/automation/settings", member).body.at_pointer("/settings/acts_a_day").as_int64() == 3);
}

TEST_CASE("settings that make no sense are refused by name, all at once") {  // asvs: 2.2.3
  fixture front;
  const auto wrong =
      front.put("/automation/settings",
                R"({"time_zone":"Mars/Base","works_from_minute":600,"works_until_minute":600,"reactions":[],
    "comment_language":"xx","comment_examples":["a","b","c","d","e","f"]})",
                front.owner);
  CHECK(wrong.status() == 422);
  for (const auto* field :
       {"/time_zone", "/works_until_minute", "/reactions", "/comment_language", "/comment_examples"}) {
    CAPTURE(field);
    CHECK(names(wrong, field));
  }
  CHECK(names(front.put("/automation/settings", R"({"acts_a_day":51})", front.owner), "/acts_a_day"));
  CHECK(names(front.put("/automation/settings", R"({"working_days":["someday"]})", front.owner), "/working_days/0"));
  CHECK(front.get("/automation/settings", front.owner).text("/settings/time_zone") == "UTC");
}

TEST_CASE("phrases to avoid are the organization's: everybody reads them, owners and admins keep them") {
  fixture front;
  const auto member = join(front, front.owner, "member", "member");
  const auto added = front.post("/automation/avoid-phrases", R"({"phrase":"Game changer"})", front.owner);
  CHECK(added.status() == 201);
  CHECK(front.post("/automation/avoid-phrases", R"({"phrase":"game CHANGER"})", front.owner).code() == "phrase_taken");
  CHECK(front.post("/automation/avoid-phrases", R"({"phrase":"  "})", front.owner).status() == 422);
  CHECK(front.post("/automation/avoid-phrases", R"({"phrase":"x"})", member).status() == 403);
  CHECK(front.get("/automation/avoid-phrases", member).text("/items/0/phrase") == "Game changer");
  const auto other = front.sign_up("other@example.com", "Other").text("/access_token");
  CHECK(front.get("/automation/avoid-phrases", other).body.at("items").as_array().empty());
  CHECK(front.remove("/automation/avoid-phrases/" + added.text("/id"), other).status() == 404);
  CHECK(front.remove("/automation/avoid-phrases/" + added.text("/id"), front.owner).status() == 204);
  CHECK(front.get("/automation/avoid-phrases", member).body.at("items").as_array().empty());
}

TEST_CASE("a preview is written in the member's voice, reviewed, and says who wrote it") {
  fixture front;
  front.put("/users/profile", R"({"markdown":"I keep warehouses.","tone":"warm"})", front.owner);
  front.post("/automation/avoid-phrases", R"({"phrase":"synergy"})", front.owner);
  const auto made = front.preview(front.owner);
  INFO(made.raw.bytes());
  CHECK(made.status() == 200);
  CHECK(made.text("/comment") == "Congratulations on the new office!");
  CHECK(made.text("/provider") == "OpenAI");
  CHECK(made.body.at("is_stand_in") == false);
  REQUIRE(front.provider.seen.size() == 2);
  std::string told;
  for (const auto& each : front.provider.seen[0].materials) told += each.text + "\n";
  CHECK(told.find("I keep warehouses.") != std::string::npos);
  CHECK(told.find("synergy") != std::string::npos);
  const auto usage = front.get("/ai/usage", front.owner);
  CHECK(usage.text("/items/0/purpose") == "preview");
  CHECK(usage.text("/items/1/purpose") == "review");
}

TEST_CASE("the second pass corrects, and what it corrects is checked like the rest") {
  fixture front;
  front.provider.verdict = "correct";
  front.provider.corrected = "\"Well done, all twelve.\"";
  const auto made = front.preview(front.owner);
  CHECK(made.text("/comment") == "Well done, all twelve.");
  CHECK(made.body.at("was_corrected") == true);
  front.provider.corrected = "See https://evil.example";
  CHECK(front.preview(front.owner).code() == "no_comment");
}

TEST_CASE("a comment that is refused, alike or avoided is written anew, and after some tries by the member") {
  fixture front;
  front.provider.verdict = "refuse";
  const auto refused = front.preview(front.owner);
  CHECK(refused.status() == 409);
  CHECK(refused.code() == "no_comment");
  CHECK(front.provider.seen.size() == 6);
  front.provider.verdict = "accept";
  CHECK(front.preview(front.owner, R"(,"other_comments":["Congratulations on the new office"])").code() ==
        "no_comment");
  front.post("/automation/avoid-phrases", R"({"phrase":"congratulations"})", front.owner);
  const auto avoided = front.preview(front.owner);
  CHECK(avoided.code() == "no_comment");
  CHECK(avoided.text("/detail").find("your organization avoids") != std::string::npos);
}

TEST_CASE("what the provider cannot do is told with what to do, and analysts spend nothing") {
  fixture front;
  using kind = connectors::ai::failure_kind;
  const auto answer = [&](kind why) {
    front.provider.failure = connectors::ai::failure{
        .kind = why, .reason = "Told.", .retry_at = front.clock.now() + std::chrono::seconds{7}};
    return front.preview(front.owner);
  };
  CHECK(answer(kind::quota_final).code() == "ai_quota_final");
  CHECK(answer(kind::declined).code() == "ai_refused");
  const auto later = answer(kind::rate_limited);
  CHECK(later.status() == 503);
  CHECK(later.raw.find("retry-after") == "7");
  front.provider.failure.reset();
  front.put("/ai/budget", R"({"monthly_tokens":0})", front.owner);
  CHECK(front.preview(front.owner).code() == "ai_budget_spent");
  CHECK(front.preview(join(front, front.owner, "analyst", "analyst")).status() == 403);
  front.services.commenting = nullptr;
  CHECK(front.preview(front.owner).code() == "ai_not_configured");
}

TEST_CASE("a preview's input is bounded") {
  fixture front;
  CHECK(names(front.post("/automation/generate-comment", R"({"post_text":""})", front.owner), "/post_text"));
  CHECK(front.post("/automation/generate-comment", R"({"post_text":")" + std::string(5'001, 'x') + "\"}", front.owner)
            .status() == 422);
  std::string many;
  for (int i = 0; i < 51; ++i) many += std::string{i == 0 ? "" : ","} + "\"x\"";
  CHECK(front.preview(front.owner, ",\"other_comments\":[" + many + "]").status() == 422);
}
