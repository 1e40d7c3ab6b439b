// What the events of an attempt to publish carry, and of the delivery that it leaves behind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "domain/events/kind.hpp"
#include "domain/events/post_facts.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/outcome.hpp"
#include "domain/publishing/retry.hpp"

namespace pulse::domain {

struct publish_started {
  static constexpr auto kind = event_kind::PublishStarted;
  base::omittable<std::string> channel_name;
  base::omittable<int> attempt;
  base::omittable<outcome_kind> outcome;  // of the attempt, once it has one
  base::omittable<channel_type> platform;
};
BOOST_DESCRIBE_STRUCT(publish_started, (), (channel_name, attempt, outcome, platform))

/// What every outcome of an attempt carries: its telemetry, its lateness, and the figures that the decision was made
/// from.
struct attempt_facts {
  std::optional<std::string> external_post_id;
  std::optional<double> publish_duration_ms;  // of the call to the platform
  std::optional<double> publish_latency_ms;   // from the due time to the outcome
  /// From the due time to the first byte at the platform; of a thread, of its first part.
  std::optional<double> lateness_ms;
  domain::channel_type adapter_type = domain::channel_type::website;
  domain::channel_type platform = domain::channel_type::website;
  domain::channel_type channel_type = domain::channel_type::website;
  int retry_count = 0;
  bool success = false;
  bool retryable = false;
  base::omittable<std::string> reason;  // in words, the platform's where it gave some
  base::omittable<outcome_kind> outcome;
  base::omittable<reconciliation_kind> reconciliation;  // what the platform answered when it was asked
  base::omittable<base::timestamp> retry_at;            // waiting again: not before
  base::omittable<base::timestamp> look_at;             // not known: the platform is asked no earlier
  base::omittable<std::string> obeyed;                  // who set that time: "platform" or "policy"
  base::omittable<int> part;                      // of a thread, or a post and its comment: which it is about, from 1
  base::omittable<int> parts;                     // and how many there are
  base::omittable<int> parts_out;                 // of them, those that are out with this, the first ones
  base::omittable<base::timestamp> next_part_at;  // this one is out: when the next one follows
  base::omittable<int> failures;                  // of the attempts, those that count
  base::omittable<int> interruptions;             // those that Pulse broke off, when this was one
  base::omittable<int> max_attempts;
  base::omittable<domain::backoff_strategy> backoff_strategy;
  base::omittable<int> retry_delay_seconds;
  base::omittable<bool> was_called;  // false: no byte reached the platform, and no budget was spent; else left out
  base::omittable<lateness_action> lateness_policy;
  base::omittable<std::int64_t> lateness_after_seconds;
  base::omittable<event_decision> decision;  // a member's, instead of a platform's answer
  base::omittable<std::string> channel_name;
  base::omittable<std::string> external_url;
};
BOOST_DESCRIBE_STRUCT(attempt_facts, (),
                      (external_post_id, publish_duration_ms, publish_latency_ms, lateness_ms, adapter_type, platform,
                       channel_type, retry_count, success, retryable, reason, outcome, reconciliation, retry_at,
                       look_at, obeyed, part, parts, parts_out, next_part_at, failures, interruptions, max_attempts,
                       backoff_strategy, retry_delay_seconds, was_called, lateness_policy, lateness_after_seconds,
                       decision, channel_name, external_url))

struct publish_succeeded : attempt_facts {
  static constexpr auto kind = event_kind::PublishSucceeded;
};
BOOST_DESCRIBE_STRUCT(publish_succeeded, (attempt_facts), ())

struct publish_failed : attempt_facts {
  static constexpr auto kind = event_kind::PublishFailed;
};
BOOST_DESCRIBE_STRUCT(publish_failed, (attempt_facts), ())

struct publish_outcome_unknown : attempt_facts {
  static constexpr auto kind = event_kind::PublishOutcomeUnknown;
};
BOOST_DESCRIBE_STRUCT(publish_outcome_unknown, (attempt_facts), ())

struct publish_unconfirmed : attempt_facts {
  static constexpr auto kind = event_kind::PublishUnconfirmed;
  base::omittable<withdrawal_cause> because;  // withdrawn while an earlier attempt may be live
};
BOOST_DESCRIBE_STRUCT(publish_unconfirmed, (attempt_facts), (because))

struct publish_retry_scheduled : attempt_facts {
  static constexpr auto kind = event_kind::PublishRetryScheduled;
};
BOOST_DESCRIBE_STRUCT(publish_retry_scheduled, (attempt_facts), ())

struct publish_missed : attempt_facts {
  static constexpr auto kind = event_kind::PublishMissed;
};
BOOST_DESCRIBE_STRUCT(publish_missed, (attempt_facts), ())

struct lateness_asked : attempt_facts {
  static constexpr auto kind = event_kind::LatenessAsked;
};
BOOST_DESCRIBE_STRUCT(lateness_asked, (attempt_facts), ())

struct channel_auth_failed : attempt_facts {
  static constexpr auto kind = event_kind::ChannelAuthFailed;
  base::omittable<bool> may_be_live;  // the refused call was to look whether it is
};
BOOST_DESCRIBE_STRUCT(channel_auth_failed, (attempt_facts), (may_be_live))

}  // namespace pulse::domain
