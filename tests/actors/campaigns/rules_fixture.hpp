// A company with automation rules in a real database.
#pragma once

#include <catch2/catch.hpp>

#include "actors/campaigns/feed_poll.hpp"
#include "actors/campaigns/rule_sweep.hpp"
#include "actors/campaigns/run_performance.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/reviews.hpp"
#include "persistence/campaigns/run_work.hpp"
#include "persistence/campaigns/runs.hpp"
#include "persistence/campaigns/templates.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {

using namespace std::chrono_literals;
using namespace pulse::tests;
namespace campaigns = domain::campaigns;
namespace runs = persistence::runs;
using campaigns::run_state;
using persistence::transaction;

struct with_rules {
  publishing_store store;
  company of = store.add_company();
  std::int64_t fence = store.own(of);
  persistence::secret_box box = test_box();
  base::uuid template_id = base::new_uuid(noon());

  with_rules() {
    store.as(of, [&](transaction& tx) {
      persistence::templates::insert(tx,
                                     {.id = template_id,
                                      .project_id = of.project_id,
                                      .name = "Daily",
                                      .first = {.text = "Good morning {{ event.title }}{{ feed.title }}",
                                                .ai_prompt = "Greet everybody about {{ feed.title }}"},
                                      .created_by = of.owner_id},
                                     noon());
    });
  }

  static campaigns::rule_trigger each_hour() {
    campaigns::rule_trigger made;
    made.every_minutes = 60;
    made.from = noon();
    return made;
  }
  static campaigns::rule_trigger on(campaigns::trigger_event event) {
    campaigns::rule_trigger made;
    made.kind = campaigns::trigger_kind::event;
    made.event = event;
    return made;
  }
  campaigns::rule_action action(campaigns::release_kind release, bool needs_approval = false) const {
    campaigns::rule_action made;
    made.template_id = template_id;
    made.release = release;
    made.needs_approval = needs_approval;
    made.channel_ids = std::vector{of.website_id};
    return made;
  }

  base::uuid add_rule(const campaigns::rule_trigger& trigger, const campaigns::rule_action& action,
                      std::optional<base::uuid> campaign_id = {}, campaigns::missed_policy missed = {}) {
    persistence::rules::rule made;
    made.id = base::new_uuid(noon());
    made.project_id = of.project_id;
    made.campaign_id = campaign_id;
    made.name = "Rule";
    made.trigger = trigger;
    made.action = action;
    made.missed = missed;
    if (campaigns::is_by_clock(trigger.kind)) made.next_run_at = noon() + 1h;
    if (trigger.kind == campaigns::trigger_kind::feed) made.next_run_at = noon();
    made.created_by = of.owner_id;
    made.created_at = made.updated_at = noon();
    store.as(of, [&](transaction& tx) { REQUIRE(persistence::rules::insert(tx, made)); });
    return made.id;
  }

  persistence::rule_agenda::owner owner() const { return {store_node(), fence}; }
  base::uuid store_node() const { return store.node_id(); }

  /// As the engine, with the tenant named.
  template <class Job>
  auto engine(Job job) {
    auto done = store.engine().transact_now(of.id, std::move(job));
    if (done.has_error()) FAIL(done.error().detail);
    if constexpr (!std::is_void_v<std::invoke_result_t<Job&, transaction&>>) return std::move(*done);
  }
  rule_work::found sweep(base::timestamp now) {
    return engine([&](transaction& tx) { return sweep_due_rules(tx, owner(), now); });
  }
  rule_work::performed perform(const base::uuid& run_id, base::timestamp now, const std::string& provider = {}) {
    return engine([&](transaction& tx) { return perform_run(tx, owner(), run_id, {box, provider}, now); });
  }
  runs::run run(const base::uuid& id) {
    return store.as(of, [&](transaction& tx) { return runs::find(id).first(tx).value(); });
  }
  /// The kinds of the run's steps.
  std::vector<std::string> steps(const base::uuid& id) {
    std::vector<std::string> made;
    const auto all = store.as(of, [&](transaction& tx) { return runs::list_steps(id).all(tx); });
    for (const auto& each : all) made.push_back(each.kind);
    return made;
  }
  persistence::content::item item(const base::uuid& id) {
    return store.as(of, [&](transaction& tx) { return persistence::content::find(id).first(tx).value(); });
  }
  std::size_t count(const std::string& table) {
    return store.as(of, [&](transaction& tx) {
      if (table == "runs") return tx.execute({"count_runs_in_test", "SELECT FROM automation_runs"}).size();
      if (table == "posts") return tx.execute({"count_posts_in_test", "SELECT FROM posts"}).size();
      return tx.execute({"count_items_in_test", "SELECT FROM content_items"}).size();
    });
  }
  bool has(const base::uuid& id, std::string_view step) {
    const auto all = steps(id);
    return std::find(all.begin(), all.end(), step) != all.end();
  }
};

}  // namespace pulse::actors
