#include "domain/campaigns/rule_matching.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain::campaigns {

namespace {

const zone_clock amsterdam{"Europe/Amsterdam"};

base::uuid id(const std::string& name) { return base::uuid_from_name(name); }

rule_trigger on(trigger_event event) {
  rule_trigger made;
  made.kind = trigger_kind::event;
  made.event = event;
  return made;
}

/// A Monday at 10:00 in Amsterdam, late by a minute.
occurrence published() {
  return {.event = trigger_event::post_published,
          .project_id = id("project"),
          .campaign_id = id("campaign"),
          .at = *base::parse_timestamp("2026-11-30T09:00:00Z"),
          .channel_types = {channel_type::x, channel_type::website},
          .labels = {"gifts"},
          .title = "Winter Sale",
          .text = "Everything must go: café chairs too",
          .late_by_seconds = 60};
}

listening_rule rule(rule_conditions conditions = {}) {
  return {.id = id("rule"),
          .project_id = id("project"),
          .campaign_id = {},
          .trigger = on(trigger_event::post_published),
          .conditions = std::move(conditions)};
}

std::optional<condition> unmet_of(const rule_conditions& of) { return unmet(of, published(), amsterdam); }

rule_reach reach(const std::string& name, rule_trigger trigger, release_kind release, std::vector<channel_type> to,
                 bool needs_approval = false) {
  rule_reach made{.id = id(name), .name = name, .project_id = id("project"), .campaign_id = {}, .trigger = trigger};
  made.action.release = release;
  made.action.needs_approval = needs_approval;
  made.action_channels = std::move(to);
  return made;
}

}  // namespace

TEST_CASE("a condition holds where one of its values does, and all conditions must hold") {
  CHECK_FALSE(unmet_of({}));
  rule_conditions of;
  of.channel_types = std::vector{channel_type::linkedin, channel_type::x};
  of.labels = std::vector<std::string>{"toys", "gifts"};
  of.text_contains = std::vector<std::string>{"CAFE  chairs"};
  of.late_by_seconds = 60;
  of.week_days = std::vector{week_day::monday};
  of.hours = hours_of_day{9 * 60, 11 * 60};
  CHECK_FALSE(unmet_of(of));
  auto other = of;
  other.channel_types = std::vector{channel_type::linkedin};
  CHECK(unmet_of(other) == condition::channel_types);
  other = of;
  other.labels = std::vector<std::string>{"toys"};
  CHECK(unmet_of(other) == condition::labels);
  other = of;
  other.text_contains = std::vector<std::string>{"tables"};
  CHECK(unmet_of(other) == condition::text_contains);
  other = of;
  other.late_by_seconds = 61;
  CHECK(unmet_of(other) == condition::late_by_seconds);
  other = of;
  other.week_days = std::vector{week_day::sunday, week_day::tuesday};
  CHECK(unmet_of(other) == condition::week_days);
  other = of;
  other.hours = hours_of_day{10 * 60 + 1, 12 * 60};
  CHECK(unmet_of(other) == condition::hours);
}

TEST_CASE("hours may span midnight, and end before their end") {
  rule_conditions of;
  auto about = published();
  const auto holds_at = [&](std::string_view time) {
    about.at = *base::parse_timestamp("2026-11-30T" + std::string{time} + ":00Z");  // an hour behind Amsterdam
    return !unmet(of, about, amsterdam);
  };
  of.hours = hours_of_day{22 * 60, 6 * 60};
  CHECK(holds_at("21:00"));
  CHECK(holds_at("04:59"));
  CHECK_FALSE(holds_at("05:00"));
  CHECK_FALSE(holds_at("20:59"));
}

TEST_CASE("a rule gets the events that it waits for, in its project and its campaign") {
  CHECK(hear(rule(), published(), amsterdam).kind == hearing_kind::run);
  auto of = rule();
  of.trigger = on(trigger_event::post_failed);
  CHECK(hear(of, published(), amsterdam).kind == hearing_kind::not_for_it);
  of = rule();
  of.project_id = id("other");
  CHECK(hear(of, published(), amsterdam).kind == hearing_kind::not_for_it);
  of = rule();
  of.campaign_id = id("campaign");
  CHECK(hear(of, published(), amsterdam).kind == hearing_kind::run);
  of.campaign_id = id("other");
  CHECK(hear(of, published(), amsterdam).kind == hearing_kind::not_for_it);
  rule_conditions tables;
  tables.text_contains = std::vector<std::string>{"tables"};
  const auto unheard = hear(rule(tables), published(), amsterdam);
  CHECK(unheard.kind == hearing_kind::unmet);
  CHECK(unheard.unmet == condition::text_contains);
}

TEST_CASE(
    "a rule does not run for what its own run led to, however many rules are between, nor for what goes on for ever") {
  auto about = published();
  about.origin = {id("other")};
  CHECK(hear(rule(), about, amsterdam).kind == hearing_kind::run);
  about.origin = {id("rule"), id("other"), id("third")};
  CHECK(hear(rule(), about, amsterdam).kind == hearing_kind::circle);
  about.origin = {id("1"), id("2"), id("3"), id("4"), id("5")};
  CHECK(hear(rule(), about, amsterdam).kind == hearing_kind::too_deep);
}

TEST_CASE("a post sets rules off by its outcome, not by each of its deliveries") {
  CHECK(trigger_of(event_kind::PublishSucceeded, post_state::published) == trigger_event::post_published);
  CHECK(trigger_of(event_kind::PublishFailed, post_state::published_partial) == trigger_event::post_published_partial);
  CHECK(trigger_of(event_kind::PublishSucceeded, post_state::published_partial) ==
        trigger_event::post_published_partial);
  CHECK(trigger_of(event_kind::PublishFailed, post_state::failed) == trigger_event::post_failed);
  CHECK_FALSE(trigger_of(event_kind::PublishSucceeded, post_state::publishing));
  CHECK_FALSE(trigger_of(event_kind::PublishStarted, post_state::published));
  CHECK(trigger_of(event_kind::ContentApproved, {}) == trigger_event::content_approved);
}

TEST_CASE("a circle of rules is detected, and reported by its shortest path") {
  const auto x = std::vector{channel_type::x};
  const auto itself = reach("a", on(trigger_event::post_published), release_kind::publish, x);
  CHECK(find_circle(itself, {}) == std::vector{id("a"), id("a")});
  CHECK(find_circle(reach("a", on(trigger_event::post_published), release_kind::draft, x), {}).empty());
  auto elsewhere = itself;
  elsewhere.conditions.channel_types = std::vector{channel_type::website};
  CHECK(find_circle(elsewhere, {}).empty());
  // a: approved → publishes to X; b: published on X → asks for approval.
  const auto a = reach("a", on(trigger_event::content_approved), release_kind::publish, x);
  const auto b = reach("b", on(trigger_event::post_published), release_kind::draft, x, true);
  const auto c = reach("c", on(trigger_event::post_failed), release_kind::publish, {channel_type::website});
  CHECK(find_circle(a, {c, b}) == std::vector{id("a"), id("b"), id("a")});
  CHECK(find_circle(a, {c}).empty());
  // What waits for the clock is led to by nothing.
  rule_trigger daily;
  daily.kind = trigger_kind::cron;
  daily.cron = "0 9 * * *";
  CHECK(find_circle(reach("d", daily, release_kind::publish, x), {a, b}).empty());
}

}  // namespace pulse::domain::campaigns
