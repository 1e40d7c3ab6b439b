#include "domain/events/publish_event.hpp"

#include <set>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "tests/support/random_case.hpp"

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

}  // namespace

TEST_CASE("a success is told with its id, its times and its attempts") {
  const auto told =
      describe_change(after(delivery_state::published, 3), {.external_id = "77", .success = true}, channel_type::x,
                      {.first_byte_at = noon + 12ms, .duration = 250'500us}, noon + 263ms);
  CHECK(told.type == "PublishSucceeded");
  CHECK(told.message.find("77") != std::string::npos);
  CHECK(told.metadata.external_post_id == "77");
  CHECK(told.metadata.publish_duration_ms == Approx(250.5));
  CHECK(told.metadata.publish_latency_ms == Approx(263));
  CHECK(told.metadata.lateness_ms == Approx(12));
  CHECK(told.metadata.retry_count == 2);
  CHECK(told.metadata.success);
  CHECK_FALSE(told.metadata.retryable);
  CHECK(told.metadata.adapter_type == "x");
  CHECK(told.metadata.platform == "x");
  CHECK(told.metadata.channel_type == "x");
}

TEST_CASE("a plain success is said once, and what was found out is said with it") {
  const auto message_of = [](const delivery_effect::commit_change& change) {
    return describe_change(after(delivery_state::published), change, channel_type::x, {}, noon).message;
  };
  CHECK(message_of(
            {.external_id = "77", .kind = outcome_kind::published, .reason = "Published on X.", .success = true}) ==
        "Published on X as 77");
  CHECK(message_of({.external_id = "77", .kind = outcome_kind::duplicate, .reason = "X has it", .success = true}) ==
        "Published on X as 77: X has it");
}

TEST_CASE("a change without a call says nothing of a call") {
  const auto told =
      describe_change(after(delivery_state::missed, 0), {.reason = "too late"}, channel_type::website, {}, noon + 1h);
  CHECK(told.type == "PublishMissed");
  CHECK_FALSE(told.metadata.publish_duration_ms);
  CHECK_FALSE(told.metadata.publish_latency_ms);
  CHECK_FALSE(told.metadata.lateness_ms);
  CHECK(told.metadata.retry_count == 0);
  CHECK(told.message.find("too late") != std::string::npos);
}

TEST_CASE("the telemetry of the seeds is in every event, the figures of a decision only where one was made") {
  const auto names_of = [](const publish_event& told) {
    std::set<std::string> names;
    const auto read = boost::json::parse(base::json::to_json(told.metadata));
    for (const auto& member : read.as_object()) names.insert(std::string{member.key()});
    return names;
  };
  const std::set<std::string> telemetry{
      "external_post_id", "publish_duration_ms", "publish_latency_ms", "lateness_ms", "adapter_type",
      "platform",         "channel_type",        "retry_count",        "success",     "retryable"};
  CHECK(names_of(describe_change(after(delivery_state::published), {.external_id = "77", .success = true},
                                 channel_type::x, {}, noon)) == telemetry);
  auto with_decision = telemetry;
  with_decision.merge(std::set<std::string>{"outcome", "retry_at", "obeyed", "failures", "max_attempts",
                                            "backoff_strategy", "retry_delay_seconds"});
  auto refused = after(delivery_state::waiting);
  refused.failures = 1;
  CHECK(names_of(describe_change(refused, {.kind = outcome_kind::rate_limited, .reason = "too many", .retryable = true},
                                 channel_type::x, {}, noon)) == with_decision);
}

TEST_CASE("a retry says when, and a switched-off channel says what to do") {
  const auto retry = describe_change(after(delivery_state::waiting),
                                     {.reason = "the platform is away", .retryable = true}, channel_type::x, {}, noon);
  CHECK(retry.type == "PublishRetryScheduled");
  CHECK(retry.message.find("2026-11-22T12:00:30") != std::string::npos);
  CHECK(retry.metadata.retryable);
  const auto off =
      describe_change(after(delivery_state::waiting), {.reason = "401", .retryable = true, .disables_channel = true},
                      channel_type::x, {}, noon);
  CHECK(off.type == "ChannelAuthFailed");
  CHECK(off.message ==
        "The channel was switched off because X refuses its credentials: 401. What waits goes out once the account is "
        "connected again.");
  const auto while_looking =
      describe_change(after(delivery_state::unknown), {.reason = "401", .retryable = true, .disables_channel = true},
                      channel_type::x, {}, noon);
  CHECK(while_looking.type == "ChannelAuthFailed");
  CHECK(while_looking.message ==
        "The channel was switched off because X refuses its credentials: 401. Whether this is live there is looked up "
        "once the account is connected again.");
}

TEST_CASE("refused credentials read well, whatever the reason ends with, and the reason is found again") {
  const auto told = [](delivery_state state, std::string reason) {
    return describe_change(after(state), {.reason = std::move(reason), .retryable = true, .disables_channel = true},
                           channel_type::x, {}, noon)
        .message;
  };
  const std::string sentence = "X no longer accepts the access to this account. Connect the account again.";
  const auto of_sentence = told(delivery_state::waiting, sentence);
  CHECK(of_sentence == "The channel was switched off because X refuses its credentials: " + sentence +
                           " What waits goes out once the account is connected again.");
  CHECK(refusal_in(of_sentence) == sentence);
  const auto of_quotation = told(delivery_state::unknown, "X says: \"Unauthorized\"");
  CHECK(
      of_quotation ==
      "The channel was switched off because X refuses its credentials: X says: \"Unauthorized\". Whether this is live "
      "there is looked up once the account is connected again.");
  CHECK(refusal_in(of_quotation) == "X says: \"Unauthorized\".");
  const auto of_nothing = told(delivery_state::waiting, "");
  CHECK(of_nothing ==
        "The channel was switched off because X refuses its credentials. What waits goes out once the account is "
        "connected again.");
  CHECK(refusal_in(of_nothing).empty());
}

TEST_CASE("every state has a kind of event of its own, and a sentence") {
  std::set<std::string> types;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<delivery_state>>([&types](auto each) {
    const auto told = describe_change(after(each.value), {}, channel_type::x, {}, noon);
    INFO(each.name);
    CHECK_FALSE(told.message.empty());
    CHECK(types.insert(told.type).second);
  });
  CHECK(types.size() == 8);
}

}  // namespace pulse::domain
