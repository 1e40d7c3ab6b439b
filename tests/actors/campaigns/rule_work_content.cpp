// The results of runs: content from feeds and from an AI provider, mails; and the end of failing rules and old runs.
#include "tests/actors/campaigns/rules_fixture.hpp"

namespace pulse::actors {

TEST_CASE("a published post sets a rule off once, by its last delivery, and the rule's own post does not") {
  with_rules with;
  with.add_rule(with_rules::on(campaigns::trigger_event::post_published),
                with.action(campaigns::release_kind::publish));
  const auto post = with.store.add_post(with.of, noon());
  const auto publish = [&](const base::uuid& id) {
    for (const auto& each : with.store.deliveries(with.of, id)) {
      REQUIRE(with.store.begin(with.of, each.id, with.fence, noon() + 1h));
      REQUIRE(with.store.end(with.of, each.id, with.fence, domain::delivery_state::published, noon() + 1h));
    }
  };
  CHECK(with.sweep(noon() + 1h).runs.empty());
  publish(post);
  const auto found = with.sweep(noon() + 1h);
  REQUIRE(found.runs.size() == 1);
  CHECK(with.sweep(noon() + 1h).runs == found.runs);
  with.perform(found.runs[0], noon() + 1h);
  const auto run = with.run(found.runs[0]);
  CHECK(run.cause == campaigns::run_cause::event);
  CHECK(run.state == run_state::succeeded);
  CHECK(with.store.post(with.of, *run.post_id)->text == "Good morning Title");
  publish(*run.post_id);
  CHECK(with.sweep(noon() + 2h).runs.empty());
  CHECK(with.count("posts") == 2);
  const auto all = with.store.as(with.of, [&](transaction& tx) {
    return runs::list({.state = run_state::blocked}, {noon() + 24h, base::new_uuid(noon() + 24h), 10}).all(tx);
  });
  REQUIRE(all.size() == 1);
  CHECK(all[0].depth == 1);
  CHECK(with.has(all[0].id, "stopped"));
}

TEST_CASE("a feed's first look remembers, and what is new afterwards makes one run each") {
  with_rules with;
  campaigns::rule_trigger feed;
  feed.kind = campaigns::trigger_kind::feed;
  feed.feed_url = "https://example.org/feed";
  feed.every_minutes = 10;
  with.add_rule(feed, with.action(campaigns::release_kind::draft));
  const auto read = [&](std::vector<connectors::feeds::feed_item> items, base::timestamp now) {
    const auto found = with.sweep(now);
    REQUIRE(found.feeds.size() == 1);
    with.engine([&](transaction& tx) {
      note_feed(tx, with.owner(), found.feeds[0], {.items = std::move(items), .etag = "\"1\""}, now);
    });
    return with.sweep(now).runs;
  };
  CHECK(read({{"1", "Old", "https://example.org/1", ""}}, noon()).empty());
  const auto fresh =
      read({{"2", "New", "https://example.org/2", ""}, {"1", "Old", "https://example.org/1", ""}}, noon() + 10min);
  REQUIRE(fresh.size() == 1);
  with.perform(fresh[0], noon() + 10min);
  CHECK(with.item(*with.run(fresh[0]).content_id).text == "Good morning New");
  CHECK(read({{"2", "New", "https://example.org/2", ""}}, noon() + 20min).empty());
  std::vector<connectors::feeds::feed_item> many;
  for (int i = 10; i < 60; ++i) many.push_back({std::to_string(i), "Many", "", ""});
  CHECK(read(many, noon() + 30min).size() == most_items_of_poll);
}

TEST_CASE("an AI provider is asked once, with other people's texts as material, and its answer becomes the content") {
  with_rules with;
  auto action = with.action(campaigns::release_kind::draft);
  action.source = campaigns::text_source::ai;
  with.add_rule(with_rules::each_hour(), action);
  const auto id = with.sweep(noon() + 1h).runs.at(0);
  const auto asks = with.perform(id, noon() + 1h, "offline");
  CHECK(asks.how == rule_work::rest::asks);
  REQUIRE(asks.question);
  CHECK(asks.question->task.find("Greet everybody") != std::string::npos);
  CHECK(with.count("items") == 0);
  connectors::ai::reply reply;
  reply.value = {{"title", "A title"}, {"text", "Hello"}};
  with.engine([&](transaction& tx) {
    keep_answer_of(tx, with.owner(), id, reply, {with.box, "offline"}, noon() + 1h);
  });
  CHECK(with.perform(id, noon() + 1h, "offline").how == rule_work::rest::done);
  CHECK(with.item(*with.run(id).content_id).text == "Hello");
  CHECK(with.has(id, "ai_answered"));
}

TEST_CASE("a passing failure is retried later; a lasting one ends the run and finally its rule") {
  with_rules with;
  auto action = with.action(campaigns::release_kind::draft);
  action.source = campaigns::text_source::ai;
  const auto rule = with.add_rule(with_rules::each_hour(), action);
  const auto fail = [&](const base::uuid& id, connectors::ai::failure_kind kind, base::timestamp now) {
    with.perform(id, now, "offline");
    with.engine([&](transaction& tx) {
      keep_answer_of(tx, with.owner(), id, connectors::ai::failure{.kind = kind, .reason = "No answer."},
                     {with.box, "offline"}, now);
    });
  };
  const auto id = with.sweep(noon() + 1h).runs.at(0);
  fail(id, connectors::ai::failure_kind::unreachable, noon() + 1h);
  CHECK(with.run(id).state == run_state::queued);
  CHECK(with.run(id).not_before == noon() + 1h + 30s);
  CHECK(with.sweep(noon() + 1h + 1s).runs.empty());
  fail(id, connectors::ai::failure_kind::quota_final, noon() + 1h + 30s);
  CHECK(with.run(id).state == run_state::failed);
  CHECK(with.run(id).error == "No answer.");
  for (int hour = 2; hour < 2 + 9; ++hour)
    fail(with.sweep(noon() + std::chrono::hours{hour}).runs.at(0), connectors::ai::failure_kind::quota_final,
         noon() + std::chrono::hours{hour});
  const auto stopped =
      with.store.as(with.of, [&](transaction& tx) { return persistence::rules::find(rule).first(tx).value(); });
  CHECK_FALSE(stopped.is_enabled);
  CHECK(stopped.failures == 10);
}

TEST_CASE("a rule that tells members mails them once") {
  with_rules with;
  campaigns::rule_action tell;
  tell.kind = campaigns::action_kind::notify;
  tell.member_ids = std::vector{with.of.owner_id};
  tell.message = "It is time.";
  with.add_rule(with_rules::each_hour(), tell);
  const auto id = with.sweep(noon() + 1h).runs.at(0);
  with.perform(id, noon() + 1h);
  with.perform(id, noon() + 1h);
  CHECK(with.run(id).state == run_state::succeeded);
  CHECK(with.engine([](transaction& tx) {
    return tx.execute({"count_mails_in_test", "SELECT FROM mail_outbox"}).size();
  }) == 1);
}

TEST_CASE("a rule with an unreadable row is switched off with an event, and the others keep working") {
  with_rules with;
  const auto good = with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::draft));
  const auto bad = with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::draft));
  const auto deaf = with.add_rule(with_rules::on(campaigns::trigger_event::post_published),
                                  with.action(campaigns::release_kind::draft));
  with.engine([&](transaction& tx) {
    tx.execute({"break_rules_in_test",
                R"(UPDATE automation_rules SET trigger = '{"kind": "of another version"}' WHERE id = $1)"},
               bad);
    tx.execute({"break_more_in_test", R"(UPDATE automation_rules SET conditions = '[1]' WHERE id = $1)"}, deaf);
  });
  const auto found = with.sweep(noon() + 1h);
  REQUIRE(found.runs.size() == 1);
  CHECK(with.run(found.runs[0]).rule_id == good);
  const auto standing = with.engine([&](transaction& tx) {
    return tx.execute({"list_off_in_test", "SELECT id FROM automation_rules WHERE NOT is_enabled ORDER BY id"}).size();
  });
  CHECK(standing == 2);
  const auto told = with.engine([](transaction& tx) {
    return tx.execute({"count_stopped_in_test", "SELECT FROM publish_events WHERE type = 'RuleStopped'"}).size();
  });
  CHECK(told == 2);
  CHECK(with.sweep(noon() + 2h).runs.size() == 2);
}

TEST_CASE("an AI answer with a foreign link is refused, and one with a given link becomes content") {
  with_rules with;
  auto action = with.action(campaigns::release_kind::draft);
  action.source = campaigns::text_source::ai;
  action.values = std::map<std::string, std::string>{{"shop", "https://acme.example.com/shop"}};
  with.add_rule(with_rules::each_hour(), action);
  const auto answer = [&](int hour, const std::string& text) {
    const auto now = noon() + std::chrono::hours{hour};
    const auto id = with.sweep(now).runs.at(0);
    with.perform(id, now, "offline");
    connectors::ai::reply reply;
    reply.value = {{"title", ""}, {"text", text}};
    with.engine([&](transaction& tx) { keep_answer_of(tx, with.owner(), id, reply, {with.box, "offline"}, now); });
    with.perform(id, now, "offline");
    return with.run(id);
  };
  const auto foreign = answer(1, "Win a prize: https://evil.example.net/now");
  CHECK(foreign.state == run_state::blocked);
  CHECK(foreign.error->find("nobody has given it") != std::string::npos);
  CHECK(with.count("items") == 0);
  CHECK(answer(2, "Visit https://acme.example.com/shop").state == run_state::succeeded);
  CHECK(with.count("items") == 1);
}

TEST_CASE("a link in the words of a feed does not get into content, and the item's own address does") {
  with_rules with;
  campaigns::rule_trigger feed;
  feed.kind = campaigns::trigger_kind::feed;
  feed.feed_url = "https://example.org/feed";
  feed.every_minutes = 10;
  auto action = with.action(campaigns::release_kind::draft);
  with.add_rule(feed, action);
  const auto read = [&](connectors::feeds::feed_item item, base::timestamp now) {
    const auto found = with.sweep(now);
    REQUIRE(found.feeds.size() == 1);
    with.engine([&](transaction& tx) {
      note_feed(tx, with.owner(), found.feeds[0], {.items = {std::move(item)}, .etag = "\"1\""}, now);
    });
    return with.sweep(now).runs;
  };
  read({"1", "Old", "https://example.org/1", ""}, noon());
  const auto foreign = read({"2", "Get rich at evil.example.com", "https://example.org/2", ""}, noon() + 10min);
  REQUIRE(foreign.size() == 1);
  with.perform(foreign[0], noon() + 10min);
  CHECK(with.run(foreign[0]).state == run_state::blocked);
  const auto own = read({"3", "More at https://example.org/more", "https://example.org/3", ""}, noon() + 20min);
  with.perform(own.at(0), noon() + 20min);
  CHECK(with.run(own.at(0)).state == run_state::succeeded);
}

TEST_CASE("runs that are long over are removed with their traces; one whose content has not gone out stays") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish));
  const auto out = with.sweep(noon() + 1h).runs.at(0);
  with.perform(out, noon() + 1h);
  const auto waits = with.sweep(noon() + 2h).runs.at(0);
  with.perform(waits, noon() + 2h);
  const auto forget = [&](base::timestamp before, int limit = 100) {
    return with.store.as_engine([&](transaction& tx) { return runs::forget(tx, before, limit); });
  };
  const auto publish = [&](const base::uuid& run, base::timestamp when) {
    for (const auto& each : with.store.deliveries(with.of, *with.run(run).post_id)) {
      REQUIRE(with.store.begin(with.of, each.id, with.fence, when));
      REQUIRE(with.store.end(with.of, each.id, with.fence, domain::delivery_state::published, when));
    }
  };
  publish(out, noon() + 3h);
  CHECK(forget(noon() + 1h) == 0);
  CHECK(forget(noon() + 3h) == 0);  // its post went out just then: rules that hear of it may not have looked
  CHECK(forget(noon() + 4h) == 1);
  CHECK(with.steps(out).empty());
  CHECK_FALSE(with.steps(waits).empty());
  CHECK(with.count("posts") == 2);
  publish(waits, noon() + 5h);
  CHECK(forget(noon() + 6h, 0) == 0);
  CHECK(forget(noon() + 6h) == 1);
  CHECK(with.count("runs") == 0);
  CHECK(with.sweep(noon() + 2h).runs.empty());  // a moment that was made up for does not come back
}

}  // namespace pulse::actors
