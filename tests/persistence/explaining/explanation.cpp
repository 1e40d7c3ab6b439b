#include "persistence/explaining/explanation.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "persistence/publishing/pauses.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

// One a second, of another post; `$5` is null for what happened above all posts, `$3` for what happened above all
// channels.
constexpr statement flood{"test_flood", R"sql(
  INSERT INTO publish_events (tenant_id, project_id, post_id, channel_id, type, message, created_at)
  SELECT $1, $2, $5, $3, $6, 'Of no interest.', $4::timestamptz + n * interval '1 second'
  FROM generate_series(1, $7::integer) n)sql"};

std::string name_of(const domain::recorded_event& of) {
  return of.kind ? std::string{base::to_name(*of.kind)} : "unknown";
}

std::vector<std::string> types_of(const explanations::record& of) {
  std::vector<std::string> types;
  for (const auto& each : of.events) types.push_back(name_of(each));
  return types;
}

std::size_t count(const explanations::record& of, std::string_view type) {
  return static_cast<std::size_t>(
      std::count_if(of.events.begin(), of.events.end(), [type](const auto& each) { return name_of(each) == type; }));
}

/// A company with a post to X.
struct one_post {
  one_post() : acme(store.add_company()), fence(store.own(acme)), id(store.add_post(acme, noon(), {acme.x_id})) {}

  void publish(base::timestamp at) {
    const auto delivery = store.deliveries(acme, id).at(0).id;
    REQUIRE(store.begin(acme, delivery, fence, at));
    REQUIRE(store.end(acme, delivery, fence, delivery_state::published, at + 1s));
  }
  void add(std::string_view type, base::timestamp from, std::optional<base::uuid> post_id,
           int many = explanations::most_events + 100) {
    store.as_engine(
        [&](transaction& tx) { tx.execute(flood, acme.id, acme.project_id, acme.x_id, from, post_id, type, many); });
  }
  void add_above(std::string_view type, base::timestamp from) {
    store.as_engine([&](transaction& tx) {
      tx.execute(flood, acme.id, acme.project_id, std::optional<base::uuid>{}, from, std::optional<base::uuid>{}, type,
                 1);
    });
  }
  explanations::record read(base::timestamp now) {
    return store.as(acme, [&](transaction& tx) { return explanations::read(tx, id, now).value(); });
  }

  publishing_store store;
  company acme;
  std::int64_t fence;
  base::uuid id;
};

}  // namespace

TEST_CASE("what happens on a channel after a post is over takes nothing from the post's story") {
  one_post p;
  p.publish(noon() + 1s);
  p.add("ChannelPaused", noon() + 1h, std::nullopt);
  p.add("DeliveryThrottled", noon() + 1h, base::new_uuid(noon()));
  CHECK(types_of(p.read(noon() + 24h)) ==
        std::vector<std::string>{"PostCreated", "PublishScheduled", "PublishSucceeded"});
}

TEST_CASE("a busy channel leaves room for the post's own events and for the pauses above it") {
  one_post p;
  p.store.as(p.acme, [&](transaction& tx) {
    pauses::pause_channel(tx, p.acme.x_id, {.member_id = p.acme.owner_id, .now = noon()});
  });
  p.add("DeliveryThrottled", noon(), base::new_uuid(noon()));
  p.add("Noise", noon() + 3h, base::new_uuid(noon()));  // another post's own: nobody else's business
  const auto told = p.read(noon() + 24h);
  CHECK(count(told, "PostCreated") == 1);
  CHECK(count(told, "PublishScheduled") == 1);
  CHECK(count(told, "ChannelPaused") == 1);
  CHECK(count(told, "unknown") == 0);
  CHECK(count(told, "DeliveryThrottled") == explanations::most_events);
  CHECK(told.events.back().at == noon() + std::chrono::seconds{explanations::most_events + 100});
  CHECK(std::is_sorted(told.events.begin(), told.events.end(), [](const auto& a, const auto& b) {
    return std::pair{a.at, a.id} < std::pair{b.at, b.id};
  }));
}

TEST_CASE("what holds a channel is read as long as one of the post's deliveries is open") {
  one_post p;
  p.add("ChannelPaused", noon() + 1h, std::nullopt, 2);
  CHECK(count(p.read(noon() + 30min), "ChannelPaused") == 0);
  CHECK(count(p.read(noon() + 24h), "ChannelPaused") == 2);
}

TEST_CASE("what a project's campaigns, rules, content and engagement do is not of a post's story; its pauses are") {
  one_post p;
  for (const auto* type :
       {"CampaignActivated", "CampaignPaused", "CampaignCompleted", "RunStarted", "RunSucceeded", "RuleStopped",
        "ContentSubmitted", "ContentRejected", "TrackedPostFound", "PagePollFailed", "EngagementHeld",
        "EngagementCompleted", "RuleChanged", "TemplateChanged", "GuardrailsChanged"}) {
    p.add_above(type, noon() + 1s);
  }
  p.add_above("ProjectPaused", noon() + 2s);
  p.add_above("ProjectResumed", noon() + 3s);
  CHECK(types_of(p.read(noon() + 1h)) ==
        std::vector<std::string>{"PostCreated", "PublishScheduled", "ProjectPaused", "ProjectResumed"});
}

}  // namespace pulse::persistence
