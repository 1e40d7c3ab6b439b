#include "domain/publish_event.hpp"

#include <set>

#include "base/describe.hpp"
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
  CHECK(off.message.find("connect the account again") != std::string::npos);
  const auto while_looking =
      describe_change(after(delivery_state::unknown), {.reason = "401", .retryable = true, .disables_channel = true},
                      channel_type::x, {}, noon);
  CHECK(while_looking.type == "ChannelAuthFailed");
  CHECK(while_looking.message.find("looked up once the account is connected again") != std::string::npos);
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
