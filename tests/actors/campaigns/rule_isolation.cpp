// A rule whose rows the database refuses is switched off, and the company's other rules go on.
#include <future>
#include <set>

#include <catch2/catch.hpp>

#include "actors/campaigns/database_rule_work.hpp"
#include "actors/campaigns/rule_isolation.hpp"
#include "persistence/campaigns/rules.hpp"
#include "persistence/campaigns/runs.hpp"
#include "persistence/campaigns/templates.hpp"
#include "persistence/events/events.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using namespace pulse::tests;
namespace campaigns = domain::campaigns;
using persistence::transaction;

struct company_with_rules {
  publishing_store store;
  company of = store.add_company();
  std::int64_t fence = store.own(of);
  persistence::secret_box box = test_box();
  base::manual_clock clock{noon()};
  connectors::egress client{{}, clock};
  database_rule_work work{{store.engine(), clock, store.node_id(), box, client}};
  base::uuid template_id = base::new_uuid(noon());

  company_with_rules() {
    store.as(of, [&](transaction& tx) {
      persistence::templates::insert(tx,
                                     {.id = template_id,
                                      .project_id = of.project_id,
                                      .name = "Daily",
                                      .first = {.text = "Good morning", .ai_prompt = ""},
                                      .created_by = of.owner_id},
                                     noon());
    });
  }
  ~company_with_rules() {
    store.engine().stop();
    client.stop();
  }

  base::uuid add(const campaigns::rule_trigger& trigger) {
    persistence::rules::rule made;
    made.id = base::new_uuid(noon());
    made.project_id = of.project_id;
    made.name = "Rule";
    made.trigger = trigger;
    made.action.template_id = template_id;
    made.action.release = campaigns::release_kind::draft;
    made.action.channel_ids = std::vector{of.website_id};
    if (campaigns::is_by_clock(trigger.kind)) made.next_run_at = noon() + 1h;
    made.created_by = of.owner_id;
    made.created_at = made.updated_at = noon();
    store.as(of, [&](transaction& tx) { REQUIRE(persistence::rules::insert(tx, made)); });
    return made.id;
  }
  base::uuid add_hourly() {
    campaigns::rule_trigger made;
    made.every_minutes = 60;
    made.from = noon();
    return add(made);
  }
  base::uuid add_listening() {
    campaigns::rule_trigger made;
    made.kind = campaigns::trigger_kind::event;
    made.event = campaigns::trigger_event::channel_auth_failed;
    return add(made);
  }
  /// From now on the database takes no run of these.
  void refuse(const std::vector<base::uuid>& rules) {
    std::string list;
    for (const auto& each : rules) list += (list.empty() ? "'" : ",'") + base::to_string(each) + "'";
    const std::string sql =
        "ALTER TABLE automation_runs ADD CONSTRAINT refused_in_test CHECK (rule_id NOT IN (" + list + "))";
    persistence::database login({.url = store.url(), .connections = 1, .as = persistence::role::login});
    REQUIRE(login.query_now(std::nullopt, persistence::statement{"refuse_in_test", sql}).has_value());
    login.stop();
  }
  std::shared_ptr<rule_work::found> sweep(base::timestamp now) {
    clock.set(now);
    std::promise<std::shared_ptr<rule_work::found>> answer;
    work.sweep(of.id, fence, [&answer](auto found) { answer.set_value(std::move(found)); });
    return answer.get_future().get();
  }
  template <class Row>
  std::vector<Row> all(const persistence::statement& what) {
    return store.as(of, [&](transaction& tx) { return tx.execute(what).template all<Row>(); });
  }
};

struct id_row {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(id_row, (), (id))

std::set<base::uuid> ids(const std::vector<id_row>& from) {
  std::set<base::uuid> made;
  for (const auto& each : from) made.insert(each.id);
  return made;
}

constexpr persistence::statement rules_with_runs{"list_rules_with_runs_in_test",
                                                 "SELECT rule_id AS id FROM automation_runs"};
constexpr persistence::statement rules_off{"list_rules_off_in_test",
                                           "SELECT id FROM automation_rules WHERE NOT is_enabled"};
constexpr persistence::statement stops{"list_stops_in_test",
                                       "SELECT subject_id AS id FROM publish_events WHERE type = 'RuleStopped'"};

}  // namespace

TEST_CASE("a rule whose run the database refuses is switched off with an event, and the other rules run") {
  company_with_rules with;
  std::vector<base::uuid> rules;
  for (int i = 0; i < 9; ++i) rules.push_back(with.add_hourly());
  with.refuse({rules[4]});
  const auto found = with.sweep(noon() + 1h);
  REQUIRE(found != nullptr);
  CHECK(found->is_ours);
  CHECK(found->runs.size() == 8);
  CHECK(found->next == noon() + 2h);
  CHECK(ids(with.all<id_row>(rules_with_runs)).size() == 8);
  CHECK(ids(with.all<id_row>(rules_off)) == std::set{rules[4]});
  CHECK(ids(with.all<id_row>(stops)) == std::set{rules[4]});
  const auto later = with.sweep(noon() + 2h);
  REQUIRE(later != nullptr);
  CHECK(later->runs.size() == 16);
}

TEST_CASE("a listening rule that the database refuses does not stop the others, and each gets an event once") {
  company_with_rules with;
  std::vector<base::uuid> rules;
  for (int i = 0; i < 5; ++i) rules.push_back(with.add_listening());
  const auto hourly = with.add_hourly();
  with.refuse({rules[0], rules[3]});
  with.store.as(with.of, [&](transaction& tx) {
    domain::channel_auth_failed facts;
    facts.reason = "The token has expired.";
    persistence::events::append(tx, {.tenant_id = with.of.id,
                                     .project_id = with.of.project_id,
                                     .channel_id = with.of.x_id,
                                     .facts = std::move(facts),
                                     .at = noon() + 1min});
  });
  REQUIRE(with.sweep(noon() + 1h) != nullptr);
  REQUIRE(with.sweep(noon() + 1h) != nullptr);
  CHECK(with.all<id_row>(rules_with_runs).size() == 4);
  CHECK(ids(with.all<id_row>(rules_with_runs)) == std::set{rules[1], rules[2], rules[4], hourly});
  CHECK(ids(with.all<id_row>(rules_off)) == std::set{rules[0], rules[3]});
}

TEST_CASE("a sweep that fails through no rule's fault switches none off") {
  company_with_rules with;
  const auto rule = with.add_hourly();
  with.store.engine().stop();
  CHECK(with.sweep(noon() + 1h) == nullptr);
  CHECK(with.all<id_row>(rules_off).empty());
  CHECK(with.all<id_row>(rules_with_runs).empty());
  (void)rule;
}

}  // namespace pulse::actors
