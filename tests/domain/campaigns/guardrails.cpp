#include "domain/campaigns/guardrails.hpp"

#include <string>

#include "tests/support/random_case.hpp"

namespace pulse::domain::campaigns {

namespace {

base::timestamp at(const std::string& text) { return *base::parse_timestamp(text); }

const zone_clock amsterdam{"Europe/Amsterdam"};

guardrail_question question_at(const std::string& when, const std::string& text = "New tyres") {
  guardrail_question made;
  made.text = text;
  made.at = at(when);
  return made;
}

const verdict* find(const judgement& in, guardrail by) {
  for (const auto& each : in.verdicts) {
    if (each.by == by) return &each;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("without guardrails everything is allowed at its time") {
  const auto made = judge({}, question_at("2026-12-01T08:00:00Z"), amsterdam);
  CHECK(made.kind == verdict_kind::allow);
  CHECK(made.at == at("2026-12-01T08:00:00Z"));
  CHECK(made.verdicts.empty());
}

TEST_CASE("quiet hours move a post to their end, also over midnight") {
  guardrails settings;
  settings.quiet_hours = quiet_hours{.from_minute = 22 * 60, .to_minute = 7 * 60};
  const auto late = judge(settings, question_at("2026-12-01T22:30:00Z"), amsterdam);
  CHECK(late.kind == verdict_kind::move_to);
  CHECK(late.at == at("2026-12-02T06:00:00Z"));
  CHECK(judge(settings, question_at("2026-12-02T02:00:00Z"), amsterdam).at == at("2026-12-02T06:00:00Z"));
  CHECK(judge(settings, question_at("2026-12-02T06:00:00Z"), amsterdam).kind == verdict_kind::allow);
  CHECK(judge(settings, question_at("2026-12-01T20:59:00Z"), amsterdam).kind == verdict_kind::allow);
}

TEST_CASE("a full day and a blackout move a post to the next day that is free") {
  guardrails settings;
  settings.most_posts_a_day = 2;
  settings.blackouts = {{.first_day = "2026-12-02", .last_day = "2026-12-03", .reason = "inventory"}};
  auto question = question_at("2026-12-01T12:00:00Z");
  question.others = {{.at = at("2026-12-01T08:00:00Z"), .channel_ids = {}, .campaign_id = {}},
                     {.at = at("2026-12-01T16:00:00Z"), .channel_ids = {}, .campaign_id = {}}};
  const auto made = judge(settings, question, amsterdam);
  CHECK(made.kind == verdict_kind::move_to);
  CHECK(made.at == at("2026-12-03T23:00:00Z"));
  REQUIRE(find(made, guardrail::project_posts_a_day));
  CHECK(find(made, guardrail::project_posts_a_day)->found == 2);
  REQUIRE(find(made, guardrail::blackout));
  CHECK(find(made, guardrail::blackout)->what == "inventory");
}

TEST_CASE("posts on other channels and of other campaigns fill no day") {
  support::random_source random;
  const auto mine = base::new_uuid(at("2026-12-01T00:00:00Z"));
  const auto other = base::new_uuid(at("2026-12-01T00:00:01Z"));
  guardrails settings;
  settings.most_channel_posts_a_day = 1;
  settings.most_campaign_posts_a_day = 1;
  auto question = question_at("2026-12-01T12:00:00Z");
  question.channel_ids = {mine};
  question.campaign_id = mine;
  question.others = {{.at = at("2026-12-01T08:00:00Z"), .channel_ids = {other}, .campaign_id = other}};
  CHECK(judge(settings, question, amsterdam).kind == verdict_kind::allow);
  question.others[0].channel_ids = {other, mine};
  const auto full = judge(settings, question, amsterdam);
  CHECK(full.kind == verdict_kind::move_to);
  CHECK(find(full, guardrail::channel_posts_a_day));
  CHECK_FALSE(find(full, guardrail::campaign_posts_a_day));
}

TEST_CASE("a forbidden phrase blocks, whatever its case and marks, and only as whole words") {
  guardrails settings;
  settings.forbidden_phrases = {"World's best", "cheap"};
  CHECK(judge(settings, question_at("2026-12-01T12:00:00Z", "The WORLD’S   best tyre"), amsterdam).kind ==
        verdict_kind::block);
  CHECK(judge(settings, question_at("2026-12-01T12:00:00Z", "Cheapest tyres"), amsterdam).kind == verdict_kind::allow);
  const auto made = judge(settings, question_at("2026-12-01T12:00:00Z", "So cheap!"), amsterdam);
  REQUIRE(find(made, guardrail::forbidden_phrase));
  CHECK(find(made, guardrail::forbidden_phrase)->what == "cheap");
}

TEST_CASE("a topic that came lately blocks from the similarity that is set") {
  guardrails settings;
  settings.duplicate_topic_days = 14;
  auto question = question_at("2026-12-01T12:00:00Z");
  question.most_similar =
      similar_text{.post_id = base::new_uuid(at("2026-11-30T00:00:00Z")), .percent = 79, .name = "Hi World"};
  CHECK(judge(settings, question, amsterdam).kind == verdict_kind::allow);
  question.most_similar->percent = 80;
  const auto made = judge(settings, question, amsterdam);
  CHECK(made.kind == verdict_kind::block);
  CHECK(find(made, guardrail::duplicate_topic)->similar_post_id == question.most_similar->post_id);
  CHECK(find(made, guardrail::duplicate_topic)->sentence ==
        "It is 80 % alike to “Hi World” within 14 days of it; 80 % count as the same topic.");
}

TEST_CASE("what needs approval waits for it and not longer, and a block outweighs it") {
  guardrails settings;
  settings.needs_approval = true;
  auto question = question_at("2026-12-01T12:00:00Z", "cheap");
  CHECK(judge(settings, question, amsterdam).kind == verdict_kind::needs_approval);
  question.is_approved = true;
  CHECK(judge(settings, question, amsterdam).kind == verdict_kind::allow);
  question.is_approved = false;
  settings.forbidden_phrases = {"cheap"};
  CHECK(judge(settings, question, amsterdam).kind == verdict_kind::block);
}

TEST_CASE("when no day is free the post is blocked") {
  guardrails settings;
  settings.blackouts = {{.first_day = "2026-12-01", .last_day = "2027-12-01", .reason = ""}};
  CHECK(judge(settings, question_at("2026-12-01T12:00:00Z"), amsterdam).kind == verdict_kind::block);
}

TEST_CASE("posts that are planned one after the other keep every guardrail, in any order") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 60; ++round) {
    guardrails settings;
    settings.most_posts_a_day = random.between(1, 4);
    settings.quiet_hours = quiet_hours{random.between(0, 1439), random.between(0, 1439)};
    settings.blackouts = {{.first_day = "2027-03-27", .last_day = "2027-03-29", .reason = ""}};
    std::vector<counted_post> planned;
    for (int i = 0; i < 40; ++i) {
      auto question = question_at("2027-03-25T00:00:00Z");
      question.at += std::chrono::minutes{random.between(0, 6 * 1440)};
      question.others = planned;
      const auto made = judge(settings, question, amsterdam);
      REQUIRE(made.kind != verdict_kind::block);
      REQUIRE(made.at >= question.at);
      planned.push_back({.at = made.at, .channel_ids = {}, .campaign_id = {}});
      auto again = question;
      again.at = made.at;
      REQUIRE(judge(settings, again, amsterdam).kind == verdict_kind::allow);
    }
  }
}

TEST_CASE("contradictory guardrails are refused at their place") {
  const auto pointer_of = [](const guardrails& settings) {
    return check(settings).value_or(guardrail_mistake{}).pointer;
  };
  CHECK(pointer_of({}).empty());
  guardrails settings;
  settings.most_posts_a_day = 0;
  CHECK(pointer_of(settings) == "/most_posts_a_day");
  settings = {};
  settings.quiet_hours = quiet_hours{1440, 0};
  CHECK(pointer_of(settings) == "/quiet_hours/from_minute");
  settings = {};
  settings.blackouts = {{.first_day = "2026-02-30", .last_day = "2026-03-01", .reason = ""}};
  CHECK(pointer_of(settings) == "/blackouts/0/first_day");
  settings.blackouts = {{.first_day = "2026-03-02", .last_day = "2026-03-01", .reason = ""}};
  CHECK(pointer_of(settings) == "/blackouts/0/last_day");
  settings = {};
  settings.forbidden_phrases = {"ok", " … "};
  CHECK(pointer_of(settings) == "/forbidden_phrases/1");
}

TEST_CASE("with an unchanged time only the verdicts on the words count, and the strictest one's sentences are shown") {
  judgement of{.kind = verdict_kind::block, .at = {}};
  of.verdicts = {{.by = guardrail::quiet_hours, .kind = verdict_kind::move_to, .sentence = "Quiet."},
                 {.by = guardrail::forbidden_phrase, .kind = verdict_kind::block, .sentence = "Forbidden."}};
  CHECK(sentences_of(of) == "Forbidden.");
  const auto left = about_words(of);
  REQUIRE(left.verdicts.size() == 1);
  CHECK(left.kind == verdict_kind::block);
  of.verdicts.pop_back();
  CHECK(about_words(of).kind == verdict_kind::allow);
}

TEST_CASE("what a guardrail says tells days and times as people of the project's zone do, whatever the clocks do") {
  guardrails settings;
  settings.quiet_hours = quiet_hours{.from_minute = 22 * 60, .to_minute = 5 * 60};
  const auto quiet = [&settings](const std::string& when, const std::string& zone) {
    return find(judge(settings, question_at(when), zone_clock{zone}), guardrail::quiet_hours)->sentence;
  };
  CHECK(quiet("2026-12-02T00:00:00Z", "Europe/Amsterdam") ==
        "The time lies in the quiet hours. It goes out Wed 2 Dec 2026, 05:00 CET.");
  CHECK(quiet("2026-10-24T23:00:00Z", "Europe/Amsterdam") ==
        "The time lies in the quiet hours. It goes out Sun 25 Oct 2026, 05:00 CET.");
  CHECK(quiet("2027-03-28T00:00:00Z", "Europe/Amsterdam") ==
        "The time lies in the quiet hours. It goes out Sun 28 Mar 2027, 05:00 CEST.");
  CHECK(quiet("2026-12-31T19:00:00Z", "Asia/Kathmandu") ==
        "The time lies in the quiet hours. It goes out Fri 1 Jan 2027, 05:00 UTC+5:45.");
  settings.quiet_hours.reset();
  settings.blackouts = {{.first_day = "2026-12-24", .last_day = "2026-12-26", .reason = "holidays"},
                        {.first_day = "2027-01-01", .last_day = "2027-01-01", .reason = ""}};
  CHECK(judge(settings, question_at("2026-12-24T12:00:00Z"), amsterdam).verdicts.at(0).sentence ==
        "Nothing goes out from Thu 24 Dec 2026 to Sat 26 Dec 2026 (holidays). It goes out Sun 27 Dec 2026, 00:00 CET.");
  CHECK(judge(settings, question_at("2027-01-01T12:00:00Z"), amsterdam).verdicts.at(0).sentence ==
        "Nothing goes out on Fri 1 Jan 2027. It goes out Sat 2 Jan 2027, 00:00 CET.");
  settings.blackouts.clear();
  settings.most_posts_a_day = 1;
  auto question = question_at("2026-12-01T12:00:00Z");
  question.others = {{.at = at("2026-12-01T08:00:00Z"), .channel_ids = {}, .campaign_id = {}}};
  CHECK(judge(settings, question, amsterdam).verdicts.at(0).sentence ==
        "The project has 1 of 1 posts on Tue 1 Dec 2026. It goes out Wed 2 Dec 2026, 00:00 CET.");
}

}  // namespace pulse::domain::campaigns
