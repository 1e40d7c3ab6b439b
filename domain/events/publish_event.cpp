#include "domain/events/publish_event.hpp"

#include "base/describe.hpp"
#include "domain/explaining/sentence.hpp"

namespace pulse::domain {

namespace {

double milliseconds_of(std::chrono::microseconds span) { return static_cast<double>(span.count()) / 1000.0; }

std::string type_of(const delivery& after, const delivery_effect::commit_change& change) {
  if (change.disables_channel) return "ChannelAuthFailed";
  switch (after.state) {
    case delivery_state::published: return "PublishSucceeded";
    case delivery_state::failed: return "PublishFailed";
    case delivery_state::unknown: return "PublishOutcomeUnknown";
    case delivery_state::unconfirmed: return "PublishUnconfirmed";
    case delivery_state::missed: return "PublishMissed";
    case delivery_state::cancelled: return "PublishCancelled";
    case delivery_state::waiting: return after.is_asked ? "LatenessAsked" : "PublishRetryScheduled";
    case delivery_state::sending: return "PublishStarted";
  }
  return "PublishChanged";
}

/// What becomes of a delivery whose channel was switched off, after the reason, which often is a sentence or two.
constexpr std::string_view goes_out = " What waits goes out once the account is connected again.";
constexpr std::string_view is_looked_up =
    " Whether this is live there is looked up once the account is connected again.";

std::string because_of(const delivery_effect::commit_change& change) {
  return change.reason.empty() ? std::string{} : ": " + change.reason;
}

std::string refusal_words(const delivery_effect::commit_change& change, const std::string& platform,
                          std::string_view what_comes) {
  return ended("The channel was switched off because " + platform + " refuses its credentials" + because_of(change)) +
         std::string{what_comes};
}

/// A platform's own word for a success without more to it says the same once more.
std::string published_because_of(const delivery_effect::commit_change& change) {
  const bool is_plain = change.kind == outcome_kind::published && !change.found;
  return is_plain ? std::string{} : because_of(change);
}

std::string message_of(const delivery& after, const delivery_effect::commit_change& change,
                       const std::string& platform) {
  const auto because = because_of(change);
  switch (after.state) {
    case delivery_state::published:
      return "Published on " + platform + " as " + change.external_id.value_or("(unknown id)") +
             published_because_of(change);
    case delivery_state::failed: return "Not published on " + platform + because;
    case delivery_state::unknown:
      if (change.disables_channel) return refusal_words(change, platform, is_looked_up);
      return "It is not known yet whether this is live on " + platform + because;
    case delivery_state::unconfirmed: return "A person must say whether this is live on " + platform + because;
    case delivery_state::missed: return "Not sent to " + platform + because;
    case delivery_state::cancelled: return "Cancelled before it was sent to " + platform;
    case delivery_state::waiting:
      if (change.disables_channel) return refusal_words(change, platform, goes_out);
      if (after.is_asked) return "Not sent to " + platform + " yet" + because;
      return "Will be tried again on " + platform + " at " + base::to_string(after.not_before) + because;
    case delivery_state::sending: return "Sending to " + platform;
  }
  return platform;
}

/// The rule and the figures by which a delivery waits, or no longer does.
void explain_wait(publish_metadata& about, const delivery& after, const delivery_effect::commit_change& change) {
  const bool is_late = after.is_asked || after.state == delivery_state::missed;
  if (is_late) {
    about.lateness_policy = after.lateness.action;
    about.lateness_after_seconds = after.lateness.after.count();
  } else if (after.state == delivery_state::waiting && !change.disables_channel) {
    about.retry_at = after.not_before;
    about.obeyed = change.is_obeyed ? "platform" : "policy";
  }
  if (after.failures == 0 || is_late) return;
  about.failures = after.failures;
  about.max_attempts = after.retry.max_attempts;
  about.backoff_strategy = after.retry.strategy;
  about.retry_delay_seconds = after.retry.retry_delay_seconds;
}

}  // namespace

publish_event describe_change(const delivery& after, const delivery_effect::commit_change& change, channel_type type,
                              const call_times& times, base::timestamp now) {
  const std::string platform{base::to_name(type)};
  publish_event event;
  event.type = type_of(after, change);
  event.message = message_of(after, change, std::string{display_name(type)});
  auto& about = event.metadata;
  about.external_post_id = change.external_id;
  if (times.duration) about.publish_duration_ms = milliseconds_of(*times.duration);
  if (after.attempt > 0) about.publish_latency_ms = milliseconds_of(now - after.due_at);
  if (times.first_byte_at) about.lateness_ms = milliseconds_of(*times.first_byte_at - after.due_at);
  about.adapter_type = platform;
  about.platform = platform;
  about.channel_type = platform;
  about.retry_count = after.attempt > 0 ? after.attempt - 1 : 0;
  about.success = change.success;
  about.retryable = change.retryable;
  about.outcome = change.kind;
  about.reconciliation = change.found;
  explain_wait(about, after, change);
  return event;
}

std::string_view refusal_in(std::string_view message) {
  const auto at = message.find(": ");
  if (at == std::string_view::npos) return {};
  auto why = message.substr(at + 2);
  for (const auto what_comes : {goes_out, is_looked_up}) {
    if (why.ends_with(what_comes)) why.remove_suffix(what_comes.size());
  }
  return why;
}

}  // namespace pulse::domain
