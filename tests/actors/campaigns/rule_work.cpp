// The work of rules in a real database: one run for each moment and event, however many sweeps there are, and one item
// and one post for each run.
#include "tests/actors/campaigns/rules_fixture.hpp"

namespace pulse::actors {

TEST_CASE("a moment makes one run, and the run one item and one post, however often the rules are swept") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish));
  CHECK(with.sweep(noon() + 59min).runs.empty());
  const auto found = with.sweep(noon() + 1h);
  REQUIRE(found.runs.size() == 1);
  CHECK(found.next == noon() + 2h);
  CHECK(with.sweep(noon() + 1h).runs == found.runs);
  const auto done = with.perform(found.runs[0], noon() + 1h);
  CHECK(done.how == rule_work::rest::done);
  CHECK(done.has_posts);
  CHECK(with.perform(found.runs[0], noon() + 1h).how == rule_work::rest::nothing);
  CHECK(with.sweep(noon() + 61min).runs.empty());
  const auto run = with.run(found.runs[0]);
  CHECK(run.state == run_state::succeeded);
  CHECK(run.moment == noon() + 1h);
  REQUIRE(run.post_id);
  CHECK(run.template_version == 1);
  CHECK(with.count("runs") == 1);
  CHECK(with.count("items") == 1);
  CHECK(with.count("posts") == 1);
  const auto post = with.store.post(with.of, *run.post_id);
  CHECK(post->text == "Good morning ");
  CHECK(post->scheduled_at == noon() + 1h);
  CHECK(post->deliveries.size() == 1);
  CHECK(with.steps(run.id) == std::vector<std::string>{"set_off", "started", "text_filled", "content_made",
                                                       "channels_chosen", "time_chosen", "scheduled", "succeeded"});
}

TEST_CASE("after an outage the run that makes up for it lists the skipped ones") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::draft));
  const auto found = with.sweep(noon() + 5h + 30min);
  REQUIRE(found.runs.size() == 1);
  with.perform(found.runs[0], noon() + 5h + 30min);
  CHECK(with.run(found.runs[0]).moment == noon() + 5h);
  CHECK(with.has(found.runs[0], "moments_left_out"));
  CHECK(with.count("posts") == 0);
  CHECK(with.item(*with.run(found.runs[0]).content_id).state == campaigns::content_state::draft);
}

TEST_CASE("renaming a rule does not undo decisions made since it was read") {
  with_rules with;
  const auto id = with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::draft));
  const auto read = [&] {
    return with.store.as(with.of, [&](transaction& tx) { return persistence::rules::find(id).first(tx).value(); });
  };
  auto stale = read();
  with.sweep(noon() + 1h);
  ++stale.version;
  stale.name = "Another";
  with.store.as(with.of, [&](transaction& tx) { REQUIRE(persistence::rules::update(tx, stale, with.of.owner_id)); });
  CHECK(read().next_run_at == noon() + 2h);
  CHECK(read().name == "Another");
}

TEST_CASE("a run of a rule that was switched off does nothing, unless a person asked for it") {
  with_rules with;
  const auto rule = with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish));
  const auto found = with.sweep(noon() + 1h);
  with.store.as(with.of,
                [&](transaction& tx) { persistence::rules::disable(tx, rule, with.of.owner_id, noon() + 1h); });
  with.perform(found.runs.at(0), noon() + 1h);
  CHECK(with.run(found.runs[0]).state == run_state::cancelled);
  CHECK(with.count("items") == 0);
  const auto asked = base::new_uuid(noon());
  with.store.as(with.of, [&](transaction& tx) { runs::insert_asked(tx, asked, rule, with.of.owner_id, noon() + 2h); });
  CHECK(with.sweep(noon() + 2h).runs == std::vector{asked});
  with.perform(asked, noon() + 2h);
  CHECK(with.run(asked).state == run_state::succeeded);
}

TEST_CASE("an inactive campaign blocks its rules' runs in the statement that would begin them") {
  with_rules with;
  const auto campaign = base::new_uuid(noon());
  with.store.as(with.of, [&](transaction& tx) {
    persistence::campaigns::campaign made;
    made.id = campaign;
    made.project_id = with.of.project_id;
    made.name = "Spring";
    made.created_by = with.of.owner_id;
    made.created_at = made.updated_at = noon();
    persistence::campaigns::insert(tx, made);
  });
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish), campaign);
  const auto first = with.sweep(noon() + 1h);
  with.perform(first.runs.at(0), noon() + 1h);
  CHECK(with.run(first.runs[0]).state == run_state::blocked);
  CHECK(with.steps(first.runs[0]) == std::vector<std::string>{"set_off", "refused"});
  with.store.as(with.of, [&](transaction& tx) {
    persistence::campaigns::give(tx, campaign, campaigns::campaign_command::activate, with.of.owner_id, noon() + 1h);
  });
  const auto second = with.sweep(noon() + 2h);
  with.perform(second.runs.at(0), noon() + 2h);
  CHECK(with.run(second.runs[0]).state == run_state::succeeded);
}

TEST_CASE("nothing goes out before its approval, and then once") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish, true));
  const auto id = with.sweep(noon() + 1h).runs.at(0);
  with.perform(id, noon() + 1h);
  const auto waiting = with.run(id);
  CHECK(waiting.state == run_state::waiting_approval);
  CHECK(with.count("posts") == 0);
  CHECK(with.sweep(noon() + 1h).runs.empty());
  CHECK(with.sweep(noon() + 1h).listens);
  CHECK(with.perform(id, noon() + 1h).how == rule_work::rest::nothing);
  const auto item = with.item(*waiting.content_id);
  with.store.as(with.of, [&](transaction& tx) {
    const auto decided =
        persistence::reviews::decide(tx, {.content_id = item.id, .version = item.version},
                                     {.member_id = with.of.owner_id, .role = domain::role::owner}, noon() + 90min);
    CHECK(decided.outcome == persistence::reviews::review_result::done);
  });
  CHECK(with.sweep(noon() + 90min).runs == std::vector{id});
  with.perform(id, noon() + 90min);
  CHECK(with.run(id).state == run_state::succeeded);
  CHECK(with.has(id, "approved"));
  CHECK(with.store.post(with.of, *with.run(id).post_id)->scheduled_at == noon() + 90min);
  CHECK(with.sweep(noon() + 91min).runs.empty());
}

TEST_CASE("events without a post or channel set rules off, too") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish, true));
  with.add_rule(with_rules::on(campaigns::trigger_event::content_approved),
                with.action(campaigns::release_kind::draft));
  const auto id = with.sweep(noon() + 1h).runs.at(0);
  with.perform(id, noon() + 1h);
  const auto item = with.item(*with.run(id).content_id);
  with.store.as(with.of, [&](transaction& tx) {
    persistence::reviews::decide(tx, {.content_id = item.id, .version = item.version},
                                 {.member_id = with.of.owner_id, .role = domain::role::owner}, noon() + 90min);
  });
  const auto found = with.sweep(noon() + 90min).runs;
  REQUIRE(found.size() == 2);
  CHECK(with.run(found[0]).cause == campaigns::run_cause::event);
  CHECK(with.run(found[0]).depth == 1);
}

TEST_CASE("a rejection ends a run, and is its reason") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish, true));
  const auto id = with.sweep(noon() + 1h).runs.at(0);
  with.perform(id, noon() + 1h);
  const auto item = with.item(*with.run(id).content_id);
  with.store.as(with.of, [&](transaction& tx) {
    persistence::reviews::decide(tx,
                                 {.content_id = item.id,
                                  .version = item.version,
                                  .decision = campaigns::content_decision::reject,
                                  .reason = "Not today"},
                                 {.member_id = with.of.owner_id, .role = domain::role::owner}, noon() + 90min);
  });
  with.perform(with.sweep(noon() + 90min).runs.at(0), noon() + 90min);
  CHECK(with.run(id).state == run_state::blocked);
  CHECK(with.run(id).error == "It was rejected: Not today");
  CHECK(with.count("posts") == 0);
}

TEST_CASE("a node that has lost the tenant begins nothing, and the new owner takes up its run") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish));
  const auto id = with.sweep(noon() + 1h).runs.at(0);
  const auto old_fence = with.fence;
  // It was begun, and its owner died before anything was done.
  with.engine([&](transaction& tx) { persistence::run_work::begin(tx, with.owner(), id, noon() + 1h).value(); });
  with.fence = with.store.own(with.of);
  const auto new_fence = std::exchange(with.fence, old_fence);
  CHECK_FALSE(with.sweep(noon() + 1h).is_ours);
  CHECK(with.perform(id, noon() + 1h).how == rule_work::rest::nothing);
  with.fence = new_fence;
  CHECK(with.sweep(noon() + 1h).runs == std::vector{id});
  with.perform(id, noon() + 1h);
  CHECK(with.run(id).state == run_state::succeeded);
  CHECK(with.run(id).attempts == 1);
  CHECK(with.has(id, "taken_up"));
  CHECK(with.count("posts") == 1);
}

}  // namespace pulse::actors
