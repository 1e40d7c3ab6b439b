// A dry run of a rule decides what a real run decides, and stores nothing.
#include "actors/campaigns/database_rehearsing.hpp"

#include <catch2/catch.hpp>

#include <future>

#include "persistence/campaigns/rules.hpp"
#include "persistence/campaigns/templates.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {

using namespace pulse::tests;
namespace campaigns = domain::campaigns;
using persistence::transaction;

TEST_CASE("a dry run of a rule reports what it would do, and stores nothing") {
  publishing_store store;
  const auto of = store.add_company();
  const auto box = test_box();
  const base::manual_clock clock{noon()};
  persistence::rules::rule rule;
  rule.id = base::new_uuid(noon());
  rule.project_id = of.project_id;
  rule.name = "Rule";
  rule.trigger.every_minutes = 60;
  rule.action.template_id = base::new_uuid(noon());
  rule.action.release = campaigns::release_kind::after;
  rule.action.after_minutes = 30;
  rule.is_enabled = false;  // it need not be on
  rule.created_by = of.owner_id;
  rule.created_at = rule.updated_at = noon();
  store.as(of, [&](transaction& tx) {
    persistence::templates::insert(tx,
                                   {.id = *rule.action.template_id,
                                    .project_id = of.project_id,
                                    .name = "Daily",
                                    .first = {.text = "Read {{ feed.title }}"},
                                    .created_by = of.owner_id},
                                   noon());
    REQUIRE(persistence::rules::insert(tx, rule));
  });
  database_rehearsing stage{{store.engine(), clock, store.node_id(), {box, {}}}};
  const auto tried = [&](const base::uuid& id) {
    std::promise<std::shared_ptr<std::optional<rehearsal>>> told;
    stage.rehearse({of.id, id, of.owner_id, {{"feed.title", "the news"}}},
                   [&told](auto found) { told.set_value(found); });
    return told.get_future().get();
  };
  const auto found = tried(rule.id);
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->state == campaigns::run_state::succeeded);
  CHECK((*found)->content->text == "Read the news");
  CHECK((*found)->scheduled_at == noon() + std::chrono::minutes{30});
  CHECK((*found)->steps.back().kind == "succeeded");
  CHECK_FALSE(tried(base::new_uuid(noon()))->has_value());
  const auto kept = store.as(of, [&](transaction& tx) {
    return tx
        .execute(
            {"count_what_is_kept_in_test",
             "SELECT id FROM automation_runs UNION ALL SELECT id FROM content_items UNION ALL SELECT id FROM posts"})
        .size();
  });
  CHECK(kept == 0);
}

}  // namespace pulse::actors
