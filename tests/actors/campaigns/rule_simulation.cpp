// Proves that a simulation of rules predicts their runs: both play one company, and are compared step by step.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>

#include <catch2/catch.hpp>

#include "actors/campaigns/rule_sweep.hpp"
#include "actors/campaigns/run_performance.hpp"
#include "base/json.hpp"
#include "domain/campaigns/project_simulation.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/rule_world.hpp"
#include "persistence/campaigns/runs.hpp"
#include "persistence/campaigns/templates.hpp"
#include "persistence/explaining/simulation.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/sanitized.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using namespace pulse::tests;
namespace campaigns = domain::campaigns;
namespace runs = persistence::runs;
using campaigns::release_kind;
using persistence::transaction;

/// What a run said, and what became of it.
struct told_run {
  base::uuid rule_id;
  std::string state;
  std::vector<std::string> sentences;

  friend bool operator==(const told_run&, const told_run&) = default;
  friend bool operator<(const told_run& a, const told_run& b) {
    return std::tie(a.rule_id, a.sentences, a.state) < std::tie(b.rule_id, b.sentences, b.state);
  }
};

std::ostream& operator<<(std::ostream& to, const told_run& of) {
  to << base::to_string(of.rule_id) << " " << of.state;
  for (const auto& each : of.sentences) to << "\n    " << each;
  return to << "\n";
}

struct simulated_company {
  publishing_store store;
  company of = store.add_company();
  std::int64_t fence = store.own(of);
  persistence::secret_box box = test_box();
  base::uuid template_id = add_template("{{ word }}{{ event.title }} and more of the same words each day");
  base::timestamp until = noon() + 72h;

  base::uuid add_template(const std::string& text) {
    const auto id = base::new_uuid(noon());
    store.as(of, [&](transaction& tx) {
      persistence::templates::insert(tx,
                                     {.id = id,
                                      .project_id = of.project_id,
                                      .name = "Template " + base::to_string(id),
                                      .first = {.text = text, .variables = {{"word", ""}}},
                                      .created_by = of.owner_id},
                                     noon());
    });
    return id;
  }

  base::uuid add_rule(
      const campaigns::rule_trigger& trigger, release_kind release, const std::string& word,
      const std::function<void(persistence::rules::rule&)>& more = [](auto&) {}) {
    persistence::rules::rule made;
    made.id = base::new_uuid(noon());
    made.project_id = of.project_id;
    made.name = "Rule " + word;
    made.trigger = trigger;
    made.action.template_id = template_id;
    made.action.release = release;
    made.action.channel_ids = std::vector{of.website_id};
    made.action.values = std::map<std::string, std::string>{{"word", word}};
    if (campaigns::is_by_clock(trigger.kind)) made.next_run_at = trigger.from.value_or(noon() + 1h);
    made.created_by = of.owner_id;
    made.created_at = made.updated_at = noon();
    more(made);
    store.as(of, [&](transaction& tx) { REQUIRE(persistence::rules::insert(tx, made)); });
    return made.id;
  }

  static campaigns::rule_trigger every(int minutes, base::timestamp from) {
    campaigns::rule_trigger made;
    made.every_minutes = minutes;
    made.from = from;
    return made;
  }
  static campaigns::rule_trigger when_published() {
    campaigns::rule_trigger made;
    made.kind = campaigns::trigger_kind::event;
    made.event = campaigns::trigger_event::post_published;
    return made;
  }

  void set(const campaigns::guardrails& guardrails) {
    store.as(of, [&](transaction& tx) {
      persistence::guardrail_settings::put(tx, {.project_id = of.project_id, .guardrails = guardrails}, of.owner_id,
                                           noon());
    });
  }

  campaigns::project_forecast simulate() {
    return store.as(of, [&](transaction& tx) {
      const auto plan =
          persistence::simulations::read(tx, {.project_id = of.project_id, .from = noon(), .to = until, .now = noon()});
      const auto world =
          persistence::rule_world::read(tx, {.project_id = of.project_id, .now = noon(), .until = until});
      return campaigns::simulate_project(plan->schedule, plan->channels, *world, {.call = 0ms});
    });
  }

  template <class Job>
  auto engine(Job job) {
    auto done = store.engine().transact_now(of.id, std::move(job));
    if (done.has_error()) FAIL(done.error().detail);
    if constexpr (!std::is_void_v<std::invoke_result_t<Job&, transaction&>>) return std::move(*done);
  }

  /// Lets the engine work at this moment until there is nothing more to do, and publishes what is due.
  void live_through(base::timestamp now) {
    const persistence::rule_agenda::owner by{store.node_id(), fence};
    for (bool is_more = true; is_more;) {
      const auto found = engine([&](transaction& tx) { return sweep_due_rules(tx, by, now); });
      for (const auto& id : found.runs) {
        engine([&](transaction& tx) { return perform_run(tx, by, id, {box, {}}, now); });
      }
      is_more = publish(now) || !found.runs.empty();
    }
  }

  bool publish(base::timestamp now) {
    struct due {
      base::uuid id;
    };
    const auto found = store.as_engine([&](transaction& tx) {
      return tx.execute(
          {"list_due_in_test",
           "SELECT id FROM deliveries WHERE state = 'waiting' AND not_before <= $1 ORDER BY not_before, id"},
          now);
    });
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto id = found.get<base::uuid>(i, 0);
      REQUIRE(store.begin(of, id, fence, now));
      REQUIRE(store.end(of, id, fence, domain::delivery_state::published, now));
    }
    return !found.empty();
  }

  /// All that the engine has recorded.
  std::vector<told_run> recorded() {
    const domain::zone_clock zone{"UTC"};
    return store.as(of, [&](transaction& tx) {
      std::vector<told_run> made;
      const auto all =
          runs::list({.project_id = of.project_id}, {noon() + 24h * 300, base::new_uuid(noon() + 24h), 500}).all(tx);
      for (const auto& each : all) {
        told_run run{each.rule_id, std::string{base::to_name(each.state)}, {}};
        for (const auto& step : runs::list_steps(each.id).all(tx)) {
          campaigns::run_step read{*base::from_name<campaigns::run_step_kind>(step.kind), {}};
          base::json::cursor at;
          base::json::read_value(boost::json::value(step.facts), read.figures, at);
          run.sentences.push_back(campaigns::tell(read, zone));
        }
        made.push_back(std::move(run));
      }
      std::sort(made.begin(), made.end());
      return made;
    });
  }

  static std::vector<told_run> told(const campaigns::project_forecast& from) {
    const domain::zone_clock zone{"UTC"};
    std::vector<told_run> made;
    for (const auto& each : from.runs) {
      told_run run{each.rule_id, std::string{base::to_name(each.state)}, {}};
      for (const auto& step : each.steps) run.sentences.push_back(campaigns::tell(step, zone));
      made.push_back(std::move(run));
    }
    std::sort(made.begin(), made.end());
    return made;
  }

  /// The times for which posts of rules are planned, or went out.
  std::vector<base::timestamp> made_posts() {
    return store.as(of, [&](transaction& tx) {
      std::vector<base::timestamp> made;
      const auto found = tx.execute({"list_made_in_test",
                                     "SELECT p.scheduled_at FROM posts p JOIN content_items i ON i.post_id = p.id "
                                     "WHERE i.run_id IS NOT NULL ORDER BY 1"});
      for (std::size_t i = 0; i < found.size(); ++i) made.push_back(found.get<base::timestamp>(i, 0));
      return made;
    });
  }

  /// Simulates, lets it happen minute by minute where something is to happen, and compares.
  void compare(std::size_t least_runs) {
    const auto forecast = simulate();
    std::vector<base::timestamp> moments{noon()};
    for (const auto& each : forecast.runs) moments.push_back(each.at);
    for (const auto& each : forecast.schedule.deliveries) {
      if (each.row.not_before <= until) moments.push_back(each.row.not_before);
    }
    // Also where nothing is foreseen: what happens there would be missing.
    for (auto at = noon(); at <= until; at += 30min) moments.push_back(at);
    std::sort(moments.begin(), moments.end());
    for (const auto at : moments) live_through(at);
    const auto happened = recorded();
    CHECK(told(forecast) == happened);
    CHECK(happened.size() >= least_runs);
    std::vector<base::timestamp> foreseen;
    for (const auto& each : forecast.runs) {
      if (each.post) foreseen.push_back(each.post->at);
    }
    std::sort(foreseen.begin(), foreseen.end());
    CHECK(foreseen == made_posts());
  }
};

}  // namespace

TEST_CASE("rules by the clock do what the simulation said: texts, quiet hours, full days, blackouts") {
  // No two at one moment: whose turn is first then is nobody's promise, and they compete for a day's last place.
  simulated_company on;
  campaigns::guardrails limits;
  limits.quiet_hours = campaigns::quiet_hours{22 * 60, 7 * 60};
  limits.most_posts_a_day = 4;
  limits.blackouts = {{"2026-11-24", "2026-11-24", "A holiday"}};
  limits.forbidden_phrases = {"cheap"};
  on.set(limits);
  on.store.add_post(on.of, noon() + 5h, {on.of.website_id});
  on.add_rule(simulated_company::every(300, noon() + 1h), release_kind::publish, "Soup");
  on.add_rule(simulated_company::every(420, noon() + 2h + 7min), release_kind::after, "Bread",
              [](auto& rule) { rule.action.after_minutes = 90; });
  on.add_rule(simulated_company::every(1'440, noon() + 3h + 11min), release_kind::publish, "Cheap soup");
  on.add_rule(simulated_company::every(1'440, noon() + 4h + 13min), release_kind::draft, "Idea");
  on.add_rule(simulated_company::every(1'440, noon() + 4h + 17min), release_kind::publish, "Asked",
              [](auto& rule) { rule.action.needs_approval = true; });
  on.add_rule(simulated_company::every(720, noon() + 6h + 19min), release_kind::next_slot, "Slot", [](auto& rule) {
    rule.action.slots = std::vector<std::string>{"09:00", "17:00"};
  });
  on.compare(25);
}

TEST_CASE("rules that wait for a published post do what the simulation said, and so do rules that they set off") {
  simulated_company on;
  on.add_rule(simulated_company::every(1'440, noon() + 1h), release_kind::publish, "First");
  on.add_rule(simulated_company::when_published(), release_kind::after, "Second ",
              [](auto& rule) { rule.action.after_minutes = 60; });
  on.store.add_post(on.of, noon() + 5h, {on.of.website_id});
  on.compare(7);
}

TEST_CASE("the simulation foresees a repeated topic, the end of a campaign and a removed template") {
  simulated_company on;
  campaigns::guardrails limits;
  limits.duplicate_topic_days = 2;
  on.set(limits);
  on.add_rule(simulated_company::every(600, noon() + 1h), release_kind::publish, "The same again");
  const auto campaign = base::new_uuid(noon());
  on.store.as(on.of, [&](transaction& tx) {
    persistence::campaigns::campaign made;
    made.id = campaign;
    made.project_id = on.of.project_id;
    made.name = "Spring";
    made.last_day = "2026-11-23";
    made.created_by = on.of.owner_id;
    made.created_at = made.updated_at = noon();
    persistence::campaigns::insert(tx, made);
    tx.execute({"activate_in_test", "UPDATE campaigns SET state = 'active' WHERE id = $1"}, campaign);
  });
  on.add_rule(simulated_company::every(1'440, noon() + 2h), release_kind::draft, "Of the campaign",
              [&](auto& rule) { rule.campaign_id = campaign; });
  const auto gone = on.add_template("Gone");
  on.add_rule(simulated_company::every(1'440, noon() + 3h), release_kind::draft, "Without",
              [&](auto& rule) { rule.action.template_id = gone; });
  on.store.as(on.of, [&](transaction& tx) {
    tx.execute({"remove_in_test", "UPDATE content_templates SET deleted_at = $2 WHERE id = $1"}, gone, noon());
  });
  on.compare(10);
}

TEST_CASE("a month of 200 rules and 10,000 deliveries is played in less than two seconds", "[.bench]") {
  campaigns::rule_world world;
  world.now = noon();
  world.until = noon() + date::days{30};
  world.time_zone = "Europe/Amsterdam";
  world.project_id = base::new_uuid(noon());
  world.guardrails.most_posts_a_day = 1'000;
  world.guardrails.quiet_hours = campaigns::quiet_hours{22 * 60, 7 * 60};
  world.guardrails.duplicate_topic_days = 7;
  const campaigns::simulated_channel channel{base::new_uuid(noon()), domain::channel_type::website, true, "Site"};
  world.channels = {channel};
  domain::scheduled_delivery prototype;
  prototype.row.project_id = world.project_id;
  prototype.row.channel_id = prototype.budget = channel.id;
  domain::simulated_schedule schedule;
  schedule.now = noon();
  schedule.budgets.emplace(domain::channel_type::website, domain::rates_for(domain::channel_type::website, {}));
  for (int i = 0; i < 10'000; ++i) {
    auto made = prototype;
    made.row.id = base::new_uuid(noon());
    made.row.post_id = base::new_uuid(noon());
    made.row.due_at = made.row.not_before = noon() + std::chrono::minutes{4 * i};
    schedule.deliveries.push_back(made);
    world.posts.push_back({.id = made.row.post_id,
                           .at = made.row.due_at,
                           .channel_ids = {channel.id},
                           .title = {},
                           .text = "Post number " + std::to_string(i) + " about " + std::to_string(i * 7'919)});
  }
  for (int i = 0; i < 200; ++i) {
    campaigns::simulated_rule rule{.id = base::new_uuid(noon()), .name = "Rule"};
    rule.trigger.every_minutes = 1'440;
    rule.trigger.from = noon() + std::chrono::minutes{i};
    rule.next_run_at = *rule.trigger.from;
    rule.action.release = release_kind::publish;
    rule.from = campaigns::simulated_template{
        "T", 1, {.title = {}, .text = "{{ today }} number " + std::to_string(i), .variants = {}, .variables = {}}};
    world.rules.push_back(std::move(rule));
  }
  // Of the processor: how long it takes beside others is the machine's.
  const auto begun = std::clock();
  const auto played = campaigns::simulate_project(schedule, {prototype}, world, {});
  const auto took_ms = 1'000LL * (std::clock() - begun) / CLOCKS_PER_SEC;
  std::printf("  %zu runs, %zu deliveries: %lld ms\n", played.runs.size(), played.predictions.size(), took_ms);
  CHECK(played.runs.size() >= 6'000);
  CHECK(std::chrono::milliseconds{took_ms} < tests::time_limit(std::chrono::seconds{2}));
}

}  // namespace pulse::actors
