// What people read about a delivery: the event that goes with every change of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/if_any.hpp"
#include "base/time.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"

namespace pulse::domain {

/// The seeds' telemetry of one attempt (`publish_events.metadata_json`), `lateness_ms`, and the figures by which was decided.
struct publish_metadata {
  std::optional<std::string> external_post_id;
  std::optional<double> publish_duration_ms;  // of the call to the platform
  std::optional<double> publish_latency_ms;   // from the due time to the outcome
  std::optional<double> lateness_ms;          // from the due time to the first byte at the platform
  std::string adapter_type;
  std::string platform;
  std::string channel_type;
  int retry_count = 0;
  bool success = false;
  bool retryable = false;
  base::if_any<outcome_kind> outcome;
  base::if_any<reconciliation_kind> reconciliation;  // what a look at the platform found
  base::if_any<base::timestamp> retry_at;            // waiting again: not before
  base::if_any<std::string> obeyed;                  // whose word that is: "platform" or "policy"
  base::if_any<int> failures;                        // of the attempts, those that count
  base::if_any<int> max_attempts;
  base::if_any<domain::backoff_strategy> backoff_strategy;
  base::if_any<int> retry_delay_seconds;
  base::if_any<lateness_action> lateness_policy;
  base::if_any<std::int64_t> lateness_after_seconds;
};
BOOST_DESCRIBE_STRUCT(publish_metadata, (),
                      (external_post_id, publish_duration_ms, publish_latency_ms, lateness_ms, adapter_type, platform,
                       channel_type, retry_count, success, retryable, outcome, reconciliation, retry_at, obeyed,
                       failures, max_attempts, backoff_strategy, retry_delay_seconds, lateness_policy,
                       lateness_after_seconds))

struct publish_event {
  std::string type;     // PublishSucceeded, PublishFailed, …
  std::string message;  // one sentence
  publish_metadata metadata;
};

/// What can be known of the call that led to a change; empty for changes without a call.
struct call_times {
  std::optional<base::timestamp> first_byte_at;
  std::optional<std::chrono::microseconds> duration;
};

/// The event for `change`, which made `after` out of a delivery to a channel of `type`.
publish_event describe_change(const delivery& after, const delivery_effect::commit_change& change, channel_type type,
                              const call_times& times, base::timestamp now);

/// Why credentials were refused, as the message of a ChannelAuthFailed tells it; empty when it gives no reason.
std::string_view refusal_in(std::string_view message);

}  // namespace pulse::domain
