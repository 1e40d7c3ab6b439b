// What rules do, in a real database: one run for each moment, event and item, whoever looks how often, and one item and one post a run.
// Over 400 lines: every kind of trigger and action shares the company that is set up here.
#include <catch2/catch.hpp>

#include "actors/campaigns/feed_look.hpp"
#include "actors/campaigns/rule_look.hpp"
#include "actors/campaigns/run_performance.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/reviews.hpp"
#include "persistence/campaigns/run_work.hpp"
#include "persistence/campaigns/runs.hpp"
#include "persistence/campaigns/templates.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

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
  rule_work::found look(base::timestamp now) {
    return engine([&](transaction& tx) { return look_at(tx, owner(), now); });
  }
  rule_work::performed perform(const base::uuid& run_id, base::timestamp now, const std::string& provider = {}) {
    return engine([&](transaction& tx) { return perform_run(tx, owner(), run_id, {box, provider}, now); });
  }
  runs::run run(const base::uuid& id) {
    return store.as(of, [&](transaction& tx) { return runs::get(tx, id).value(); });
  }
  /// The kinds of the run's steps.
  std::vector<std::string> steps(const base::uuid& id) {
    std::vector<std::string> made;
    const auto all = store.as(of, [&](transaction& tx) {
      return tx.execute(runs::list_steps, id, runs::most_steps).all<runs::recorded_step>();
    });
    for (const auto& each : all) made.push_back(each.kind);
    return made;
  }
  persistence::content::item item(const base::uuid& id) {
    return store.as(of, [&](transaction& tx) { return persistence::content::get(tx, id).value(); });
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

}  // namespace

TEST_CASE("a moment makes one run, and the run one item and one post, however often somebody looks and works") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish));
  CHECK(with.look(noon() + 59min).runs.empty());
  const auto found = with.look(noon() + 1h);
  REQUIRE(found.runs.size() == 1);
  CHECK(found.next == noon() + 2h);
  CHECK(with.look(noon() + 1h).runs == found.runs);
  const auto done = with.perform(found.runs[0], noon() + 1h);
  CHECK(done.how == rule_work::rest::done);
  CHECK(done.has_posts);
  CHECK(with.perform(found.runs[0], noon() + 1h).how == rule_work::rest::nothing);
  CHECK(with.look(noon() + 61min).runs.empty());
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

TEST_CASE("after an outage what is left out is told by the run that is made up for") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::draft));
  const auto found = with.look(noon() + 5h + 30min);
  REQUIRE(found.runs.size() == 1);
  with.perform(found.runs[0], noon() + 5h + 30min);
  CHECK(with.run(found.runs[0]).moment == noon() + 5h);
  CHECK(with.has(found.runs[0], "moments_left_out"));
  CHECK(with.count("posts") == 0);
  CHECK(with.item(*with.run(found.runs[0]).content_id).state == campaigns::content_state::draft);
}

TEST_CASE("a change of a rule's name does not take back what was decided since it was read") {
  with_rules with;
  const auto id = with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::draft));
  const auto read = [&] {
    return with.store.as(with.of, [&](transaction& tx) { return persistence::rules::get(tx, id).value(); });
  };
  auto stale = read();
  with.look(noon() + 1h);
  ++stale.version;
  stale.name = "Another";
  with.store.as(with.of, [&](transaction& tx) { REQUIRE(persistence::rules::update(tx, stale, with.of.owner_id)); });
  CHECK(read().next_run_at == noon() + 2h);
  CHECK(read().name == "Another");
}

TEST_CASE("a run of a rule that was switched off does nothing, unless a person asked for it") {
  with_rules with;
  const auto rule = with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish));
  const auto found = with.look(noon() + 1h);
  with.store.as(with.of, [&](transaction& tx) { persistence::rules::disable(tx, rule, noon() + 1h); });
  with.perform(found.runs.at(0), noon() + 1h);
  CHECK(with.run(found.runs[0]).state == run_state::cancelled);
  CHECK(with.count("items") == 0);
  const auto asked = base::new_uuid(noon());
  with.store.as(with.of, [&](transaction& tx) { runs::insert_asked(tx, asked, rule, with.of.owner_id, noon() + 2h); });
  CHECK(with.look(noon() + 2h).runs == std::vector{asked});
  with.perform(asked, noon() + 2h);
  CHECK(with.run(asked).state == run_state::succeeded);
}

TEST_CASE("a campaign that is not active blocks its rules' runs in the statement that would begin them") {
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
  const auto first = with.look(noon() + 1h);
  with.perform(first.runs.at(0), noon() + 1h);
  CHECK(with.run(first.runs[0]).state == run_state::blocked);
  CHECK(with.steps(first.runs[0]) == std::vector<std::string>{"set_off", "refused"});
  with.store.as(with.of, [&](transaction& tx) {
    persistence::campaigns::give(tx, campaign, campaigns::campaign_command::activate, with.of.owner_id, noon() + 1h);
  });
  const auto second = with.look(noon() + 2h);
  with.perform(second.runs.at(0), noon() + 2h);
  CHECK(with.run(second.runs[0]).state == run_state::succeeded);
}

TEST_CASE("nothing goes out before its approval, and then once") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish, true));
  const auto id = with.look(noon() + 1h).runs.at(0);
  with.perform(id, noon() + 1h);
  const auto waiting = with.run(id);
  CHECK(waiting.state == run_state::waiting_approval);
  CHECK(with.count("posts") == 0);
  CHECK(with.look(noon() + 1h).runs.empty());
  CHECK(with.look(noon() + 1h).listens);
  CHECK(with.perform(id, noon() + 1h).how == rule_work::rest::nothing);
  const auto item = with.item(*waiting.content_id);
  with.store.as(with.of, [&](transaction& tx) {
    const auto decided =
        persistence::reviews::decide(tx, {.content_id = item.id, .version = item.version},
                                     {.member_id = with.of.owner_id, .role = domain::role::owner}, noon() + 90min);
    CHECK(decided.outcome == persistence::reviews::review_result::done);
  });
  CHECK(with.look(noon() + 90min).runs == std::vector{id});
  with.perform(id, noon() + 90min);
  CHECK(with.run(id).state == run_state::succeeded);
  CHECK(with.has(id, "approved"));
  CHECK(with.store.post(with.of, *with.run(id).post_id)->scheduled_at == noon() + 90min);
  CHECK(with.look(noon() + 91min).runs.empty());
}

TEST_CASE("what is about no post and no channel sets rules off too") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish, true));
  with.add_rule(with_rules::on(campaigns::trigger_event::content_approved),
                with.action(campaigns::release_kind::draft));
  const auto id = with.look(noon() + 1h).runs.at(0);
  with.perform(id, noon() + 1h);
  const auto item = with.item(*with.run(id).content_id);
  with.store.as(with.of, [&](transaction& tx) {
    persistence::reviews::decide(tx, {.content_id = item.id, .version = item.version},
                                 {.member_id = with.of.owner_id, .role = domain::role::owner}, noon() + 90min);
  });
  const auto found = with.look(noon() + 90min).runs;
  REQUIRE(found.size() == 2);
  CHECK(with.run(found[0]).cause == campaigns::run_cause::event);
  CHECK(with.run(found[0]).depth == 1);
}

TEST_CASE("a rejection ends a run, and is its reason") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish, true));
  const auto id = with.look(noon() + 1h).runs.at(0);
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
  with.perform(with.look(noon() + 90min).runs.at(0), noon() + 90min);
  CHECK(with.run(id).state == run_state::blocked);
  CHECK(with.run(id).error == "It was rejected: Not today");
  CHECK(with.count("posts") == 0);
}

TEST_CASE("whoever has lost the tenant begins nothing, and a run that they left is taken up") {
  with_rules with;
  with.add_rule(with_rules::each_hour(), with.action(campaigns::release_kind::publish));
  const auto id = with.look(noon() + 1h).runs.at(0);
  const auto old_fence = with.fence;
  // It was begun, and its owner died before anything was done.
  with.engine([&](transaction& tx) { persistence::run_work::begin(tx, with.owner(), id, noon() + 1h).value(); });
  with.fence = with.store.own(with.of);
  const auto new_fence = std::exchange(with.fence, old_fence);
  CHECK_FALSE(with.look(noon() + 1h).is_ours);
  CHECK(with.perform(id, noon() + 1h).how == rule_work::rest::nothing);
  with.fence = new_fence;
  CHECK(with.look(noon() + 1h).runs == std::vector{id});
  with.perform(id, noon() + 1h);
  CHECK(with.run(id).state == run_state::succeeded);
  CHECK(with.run(id).attempts == 1);
  CHECK(with.has(id, "taken_up"));
  CHECK(with.count("posts") == 1);
}

TEST_CASE(
    "a post that is out sets a rule off once, by its last delivery, and what the rule made does not set it off again") {
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
  CHECK(with.look(noon() + 1h).runs.empty());
  publish(post);
  const auto found = with.look(noon() + 1h);
  REQUIRE(found.runs.size() == 1);
  CHECK(with.look(noon() + 1h).runs == found.runs);
  with.perform(found.runs[0], noon() + 1h);
  const auto run = with.run(found.runs[0]);
  CHECK(run.cause == campaigns::run_cause::event);
  CHECK(run.state == run_state::succeeded);
  CHECK(with.store.post(with.of, *run.post_id)->text == "Good morning Title");
  publish(*run.post_id);
  CHECK(with.look(noon() + 2h).runs.empty());
  CHECK(with.count("posts") == 2);
  const auto all = with.store.as(with.of, [&](transaction& tx) {
    return tx
        .execute(runs::list, std::optional<base::uuid>{}, std::optional<base::uuid>{},
                 std::optional<run_state>{run_state::blocked}, std::optional<base::uuid>{}, noon() + 24h,
                 base::new_uuid(noon() + 24h), 10)
        .all<runs::run>();
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
    const auto found = with.look(now);
    REQUIRE(found.feeds.size() == 1);
    with.engine([&](transaction& tx) {
      note_feed(tx, with.owner(), found.feeds[0], {.items = std::move(items), .etag = "\"1\""}, now);
    });
    return with.look(now).runs;
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
  CHECK(read(many, noon() + 30min).size() == most_items_of_look);
}

TEST_CASE("an AI provider is asked once, with what others wrote as material, and its words are the content") {
  with_rules with;
  auto action = with.action(campaigns::release_kind::draft);
  action.source = campaigns::text_source::ai;
  with.add_rule(with_rules::each_hour(), action);
  const auto id = with.look(noon() + 1h).runs.at(0);
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

TEST_CASE("a failure that passes is tried again later, and one that does not ends the run and in the end its rule") {
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
  const auto id = with.look(noon() + 1h).runs.at(0);
  fail(id, connectors::ai::failure_kind::unreachable, noon() + 1h);
  CHECK(with.run(id).state == run_state::queued);
  CHECK(with.run(id).not_before == noon() + 1h + 30s);
  CHECK(with.look(noon() + 1h + 1s).runs.empty());
  fail(id, connectors::ai::failure_kind::quota_final, noon() + 1h + 30s);
  CHECK(with.run(id).state == run_state::failed);
  CHECK(with.run(id).error == "No answer.");
  for (int hour = 2; hour < 2 + 9; ++hour)
    fail(with.look(noon() + std::chrono::hours{hour}).runs.at(0), connectors::ai::failure_kind::quota_final,
         noon() + std::chrono::hours{hour});
  const auto stopped =
      with.store.as(with.of, [&](transaction& tx) { return persistence::rules::get(tx, rule).value(); });
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
  const auto id = with.look(noon() + 1h).runs.at(0);
  with.perform(id, noon() + 1h);
  with.perform(id, noon() + 1h);
  CHECK(with.run(id).state == run_state::succeeded);
  CHECK(with.engine([](transaction& tx) {
    return tx.execute({"count_mails_in_test", "SELECT FROM mail_outbox"}).size();
  }) == 1);
}

TEST_CASE("a rule whose row cannot be read is switched off and told, and keeps no other from its work") {
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
  const auto found = with.look(noon() + 1h);
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
  CHECK(with.look(noon() + 2h).runs.size() == 2);
}

TEST_CASE(
    "an answer of an AI provider with a link that nobody gave it becomes no content, and one that was given does") {
  with_rules with;
  auto action = with.action(campaigns::release_kind::draft);
  action.source = campaigns::text_source::ai;
  action.values = std::map<std::string, std::string>{{"shop", "https://acme.example.com/shop"}};
  with.add_rule(with_rules::each_hour(), action);
  const auto answer = [&](int hour, const std::string& text) {
    const auto now = noon() + std::chrono::hours{hour};
    const auto id = with.look(now).runs.at(0);
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
    const auto found = with.look(now);
    REQUIRE(found.feeds.size() == 1);
    with.engine([&](transaction& tx) {
      note_feed(tx, with.owner(), found.feeds[0], {.items = {std::move(item)}, .etag = "\"1\""}, now);
    });
    return with.look(now).runs;
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
  const auto out = with.look(noon() + 1h).runs.at(0);
  with.perform(out, noon() + 1h);
  const auto waits = with.look(noon() + 2h).runs.at(0);
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
  CHECK(with.look(noon() + 2h).runs.empty());  // a moment that was made up for does not come back
}

}  // namespace pulse::actors
