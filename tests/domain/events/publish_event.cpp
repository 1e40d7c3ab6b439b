#include "domain/events/publish_event.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "domain/events/sentences.hpp"

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

delivery after(delivery_state state, int attempt = 1) {
  delivery d;
  d.state = state;
  d.attempt = attempt;
  d.due_at = noon;
  d.not_before = noon + 30s;
  return d;
}

event_facts facts_after(delivery_state state, const delivery_effect::commit_change& change) {
  return describe_change(after(state), change, channel_type::x, {}, noon);
}

}  // namespace

TEST_CASE("a success has its id, its times and its attempts") {
  const auto told =
      describe_change(after(delivery_state::published, 3), {.external_id = "77", .success = true}, channel_type::x,
                      {.first_byte_at = noon + 12ms, .duration = 250'500us}, noon + 263ms);
  CHECK(kind_of(told) == event_kind::PublishSucceeded);
  const auto& facts = std::get<publish_succeeded>(told);
  CHECK(facts.external_post_id == "77");
  CHECK(facts.publish_duration_ms == Approx(250.5));
  CHECK(facts.publish_latency_ms == Approx(263));
  CHECK(facts.lateness_ms == Approx(12));
  CHECK(facts.retry_count == 2);
  CHECK(facts.success);
  CHECK_FALSE(facts.retryable);
  CHECK(facts.adapter_type == channel_type::x);
  CHECK(facts.platform == channel_type::x);
  CHECK(facts.channel_type == channel_type::x);
}

TEST_CASE("a plain success is said once, and what was found out is said with it") {
  CHECK(sentence_of(facts_after(
            delivery_state::published,
            {.external_id = "77", .kind = outcome_kind::published, .reason = "Published on X.", .success = true})) ==
        "Published on X.");
  CHECK(sentence_of(facts_after(
            delivery_state::published,
            {.external_id = "77", .kind = outcome_kind::duplicate, .reason = "X has it", .success = true})) ==
        "Published on X: X has it.");
}

TEST_CASE("a change without a call says nothing of a call") {
  const auto told =
      describe_change(after(delivery_state::missed, 0), {.reason = "too late"}, channel_type::website, {}, noon + 1h);
  const auto& facts = std::get<publish_missed>(told);
  CHECK_FALSE(facts.publish_duration_ms);
  CHECK_FALSE(facts.publish_latency_ms);
  CHECK_FALSE(facts.lateness_ms);
  CHECK(facts.retry_count == 0);
  CHECK(sentence_of(told).find("too late") != std::string::npos);
}

TEST_CASE("the telemetry of the seeds is in every outcome, the figures of a decision only where one was made") {
  const auto names_of = [](const event_facts& told) {
    std::set<std::string> names;
    const auto read = boost::json::parse(to_json(told));
    for (const auto& member : read.as_object()) names.insert(std::string{member.key()});
    return names;
  };
  const std::set<std::string> telemetry{
      "external_post_id", "publish_duration_ms", "publish_latency_ms", "lateness_ms", "adapter_type",
      "platform",         "channel_type",        "retry_count",        "success",     "retryable"};
  CHECK(names_of(facts_after(delivery_state::published, {.external_id = "77", .success = true})) == telemetry);
  auto with_decision = telemetry;
  with_decision.merge(std::set<std::string>{"reason", "outcome", "retry_at", "obeyed", "failures", "max_attempts",
                                            "backoff_strategy", "retry_delay_seconds"});
  auto refused = after(delivery_state::waiting);
  refused.failures = 1;
  CHECK(names_of(describe_change(refused, {.kind = outcome_kind::rate_limited, .reason = "too many", .retryable = true},
                                 channel_type::x, {}, noon)) == with_decision);
}

TEST_CASE("a retry says when, and a switched-off channel says what to do, whatever the reason ends with") {
  const auto retry = facts_after(delivery_state::waiting, {.reason = "the platform is away", .retryable = true});
  CHECK(kind_of(retry) == event_kind::PublishRetryScheduled);
  CHECK(sentence_of(retry).find("tried again on X at Sun 22 Nov 2026, 12:00:30 UTC: ") != std::string::npos);
  CHECK(std::get<publish_retry_scheduled>(retry).retryable);
  const auto off = [](delivery_state state, std::string reason) {
    const auto told = facts_after(state, {.reason = std::move(reason), .retryable = true, .disables_channel = true});
    CHECK(kind_of(told) == event_kind::ChannelAuthFailed);
    return sentence_of(told);
  };
  const std::string begin = "The channel was switched off because X refuses its credentials";
  const std::string waits = " What waits goes out once the account is connected again.";
  CHECK(off(delivery_state::waiting, "401") == begin + ": 401." + waits);
  CHECK(off(delivery_state::waiting, "") == begin + "." + waits);
  const std::string sentence = "X no longer accepts the access to this account. Connect the account again.";
  CHECK(off(delivery_state::waiting, sentence) == begin + ": " + sentence + waits);
  CHECK(off(delivery_state::unknown, "X says: \"Unauthorized\"") ==
        begin +
            ": X says: \"Unauthorized\". Whether this is live there is looked up once the account is connected "
            "again.");
}

TEST_CASE("every state has a kind of event of its own, and a sentence") {
  std::set<event_kind> kinds;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<delivery_state>>([&kinds](auto each) {
    const auto told = facts_after(each.value, {});
    INFO(each.name);
    CHECK_FALSE(sentence_of(told).empty());
    CHECK(kinds.insert(kind_of(told)).second);
  });
  CHECK(kinds.size() == 8);
}

TEST_CASE("a thread is as late as its first part, however late the others follow") {
  auto first = after(delivery_state::waiting);
  const auto out = describe_change(
      first,
      {.external_id = "1", .kind = outcome_kind::published, .reason = "Part 1 of 3 is out.", .part = 1, .parts = 3},
      channel_type::x, {.first_byte_at = noon + 5ms, .duration = 100ms}, noon + 105ms);
  const auto& told = std::get<publish_retry_scheduled>(out);
  CHECK(told.lateness_ms == Approx(5));
  CHECK(told.part == 1);
  CHECK(told.parts == 3);
  CHECK(told.parts_out == 1);

  auto last = after(delivery_state::published, 3);
  last.is_begun = true;
  last.began_late = 5ms;
  const delivery_effect::commit_change whole{
      .external_id = "1", .kind = outcome_kind::published, .success = true, .part = 3, .parts = 3};
  const call_times later{.first_byte_at = noon + 1h, .duration = 100ms};
  const auto ended = describe_change(last, whole, channel_type::x, later, noon + 1h);
  CHECK(std::get<publish_succeeded>(ended).lateness_ms == Approx(5));
  CHECK(std::get<publish_succeeded>(ended).parts_out == 3);
  last.began_late.reset();  // nobody knows: its own would be another's
  CHECK_FALSE(std::get<publish_succeeded>(describe_change(last, whole, channel_type::x, later, noon + 1h)).lateness_ms);

  // A part that is refused is as late as the post, too, and is not out.
  last.state = delivery_state::failed;
  last.began_late = 5ms;
  const auto refused = describe_change(
      last,
      {.kind = outcome_kind::invalid, .reason = "2 of 3 parts are out; part 3 was refused: no.", .part = 3, .parts = 3},
      channel_type::x, later, noon + 1h);
  CHECK(std::get<publish_failed>(refused).lateness_ms == Approx(5));
  CHECK(std::get<publish_failed>(refused).parts_out == 2);
  CHECK(sentence_of(refused) == "Published on X in part: 2 of 3 parts are out; part 3 was refused: no.");
}

TEST_CASE("a part that is out says when the next one follows, and of no retry") {
  for (const auto found : {std::optional<reconciliation_kind>{}, std::optional{reconciliation_kind::live}}) {
    const auto told = facts_after(delivery_state::waiting, {.external_id = "1",
                                                            .kind = outcome_kind::published,
                                                            .reason = "Part 1 of 3 is out.",
                                                            .found = found,
                                                            .part = 1,
                                                            .parts = 3});
    const auto& facts = std::get<publish_retry_scheduled>(told);
    CHECK(facts.next_part_at == noon + 30s);
    CHECK_FALSE(facts.retry_at);
    CHECK_FALSE(facts.obeyed);
  }
}

}  // namespace pulse::domain
