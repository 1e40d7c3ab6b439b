#include "connectors/website/connector.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::website;
using pulse::domain::outcome_kind;
using pulse::domain::reconciliation;
using pulse::domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

/// A store in memory, which can be told to fail.
struct memory_store {
  std::map<pulse::base::uuid, website_publication> rows;
  std::vector<website_publication> asked;
  store_result next{.certain = true, .done = true, .problem = ""};

  website_store access() {
    return {[this](website_publication row, std::function<void(store_result)> done) {
              asked.push_back(row);
              if (row.may_send && !row.may_send())
                return done({.certain = true, .done = false, .problem = "Not ours."});
              if (next.done) rows.try_emplace(row.id, row);
              done(next);
            },
            [this](pulse::base::uuid, pulse::base::uuid id, std::function<void(store_result)> done) {
              done({.certain = next.certain, .done = rows.contains(id), .problem = next.problem});
            }};
  }
};

struct fixture {
  pulse::base::manual_clock clock{pulse::base::timestamp{1'000'000s}};
  memory_store memory;
  website_connector connector{"https://pulse.example", memory.access(), clock};

  publication what = [] {
    publication some;
    some.project_id = pulse::base::uuid_from_name("project");
    some.post_id = pulse::base::uuid_from_name("post");
    some.channel_id = pulse::base::uuid_from_name("channel");
    some.text = "Hello";
    return some;
  }();

  publish_reply publish() {
    std::optional<publish_reply> reply;
    connector.publish(what, [&reply](publish_reply it) { reply = std::move(it); });
    return reply.value();
  }
  reconciliation reconcile() {
    std::optional<reconciliation> found;
    connector.reconcile(what, [&found](reconciliation it) { found = std::move(it); });
    return found.value();
  }
};

}  // namespace

TEST_CASE("The website publishes a post once, however often it is asked") {
  fixture with;
  const auto first = with.publish();
  with.clock.advance(10s);
  with.what.attempt = 2;
  const auto second = with.publish();
  CHECK(first.outcome.kind == outcome_kind::published);
  CHECK(second.outcome.external_id == first.outcome.external_id);
  REQUIRE(with.memory.rows.size() == 1);
  CHECK(with.memory.rows.begin()->second.published_at == pulse::base::timestamp{1'000'000s});
  CHECK(first.outcome.external_url ==
        "https://pulse.example/site/" + to_string(with.what.project_id) + "/posts/" + *first.outcome.external_id);
  CHECK(first.first_byte_at == pulse::base::timestamp{1'000'000s});
}

TEST_CASE("Another post or another channel is another publication") {
  fixture with;
  with.publish();
  with.what.channel_id = pulse::base::uuid_from_name("channel 2");
  with.publish();
  with.what.post_id = pulse::base::uuid_from_name("post 2");
  with.publish();
  CHECK(with.memory.rows.size() == 3);
}

TEST_CASE("The website is written in the name of its attempt, and only if this node may still send") {
  fixture with;
  with.what.attempt = 3;
  with.what.may_send = [] { return false; };
  CHECK(with.publish().outcome.kind == outcome_kind::transient);
  CHECK(with.memory.rows.empty());
  REQUIRE(with.memory.asked.size() == 1);
  CHECK(with.memory.asked[0].attempt == 3);
}

TEST_CASE("A store that fails is transient, one that does not know is unknown") {
  fixture with;
  with.memory.next = {.certain = true, .done = false, .problem = "The database is away."};
  CHECK(with.publish().outcome.kind == outcome_kind::transient);
  with.memory.next = {.certain = false, .done = false, .problem = "The commit got no answer."};
  CHECK(with.publish().outcome.kind == outcome_kind::unknown);
}

TEST_CASE("The website is looked up by the publication's own id") {
  fixture with;
  CHECK(with.reconcile().kind == reconciliation_kind::absent);
  const auto published = with.publish();
  const auto found = with.reconcile();
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == published.outcome.external_id);
  with.memory.next.certain = false;
  CHECK(with.reconcile().kind == reconciliation_kind::try_again);
}

TEST_CASE("A failed look at the website never means that nothing is there") {
  fixture with;
  with.memory.next = {.certain = true, .done = false, .problem = "The database is away."};
  CHECK(with.reconcile().kind == reconciliation_kind::try_again);
}
