#include "domain/explaining/explanation_steps.hpp"

#include <utility>

#include <fmt/core.h>

#include "domain/publishing/first_comment.hpp"
#include "domain/publishing/thread.hpp"

namespace pulse::domain {

namespace {

std::string who(const recorded_event& event) { return event.by.empty() ? "Somebody" : event.by; }

explained_step make(const recorded_event& event, step_kind kind, decision_rule rule, std::string sentence) {
  return {event.at, kind, rule, std::move(sentence), event.about};
}

std::string scheduled_words(const story& in, const recorded_event& event) {
  if (!event.about.scheduled_at) return who(event) + " scheduled it.";
  return fmt::format("{} scheduled it on {} for {}.", who(event), in.of.channel_name,
                     in.clock.format(*event.about.scheduled_at));
}

std::string published_words(const story& in, const recorded_event& event) {
  if (event.about.reconciliation == reconciliation_kind::live) return "So it had gone out, and is not sent again.";
  std::string words = in.platform + " has it";
  if (event.about.publish_duration_ms && *event.about.publish_duration_ms > 0) {
    words += "; the call took " + format_span(span_of(*event.about.publish_duration_ms));
  }
  words += ".";
  // What follows below it is not there, and why.
  const bool is_half = event.about.parts_out && event.about.parts_out < event.about.parts;
  return is_half && event.reason ? fmt::format("{} {}", words, as_sentence(*event.reason)) : words;
}

std::string counted_words(const step_figures& figures) {
  std::string words = "the retry policy";
  if (figures.max_attempts) words += fmt::format(" allows {} failed attempts", *figures.max_attempts);
  if (figures.failures) words += ", and this was number " + std::to_string(*figures.failures);
  return words;
}

std::string delay_words(const step_figures& figures) {
  if (!figures.retry_delay_seconds || !figures.backoff_strategy) return {};
  std::string words = "; it waits about " + format_span(std::chrono::seconds{*figures.retry_delay_seconds});
  switch (*figures.backoff_strategy) {
    case backoff_strategy::exponential: return words + " after the first, and twice as long after each further one";
    case backoff_strategy::linear: return words + " after the first, and as much longer after each further one";
  }
  return words;
}

/// Which rule makes it wait, and which budget the attempt used.
std::string because_words(const story& in, const step_figures& about, bool is_at_once) {
  if (about.obeyed == "platform") return fmt::format(", when {} asked for", in.platform);
  if (about.interruptions)
    return fmt::format(
        ": Pulse itself had stopped in the middle, so this does not count as a failed attempt (number {} of {} such "
        "stops)",
        *about.interruptions, most_interruptions);
  if (about.failures)
    return fmt::format(": {}{}", counted_words(about), is_at_once ? std::string{} : delay_words(about));
  return "; this does not count as a failed attempt";
}

explained_step retry_step(const story& in, const recorded_event& event) {
  const auto& about = event.about;
  if (about.outcome == outcome_kind::published) {
    const auto reason = reason_of(event);
    return make(event, step_kind::published, decision_rule::platform_answer,
                as_sentence(reason) +
                    (reason.starts_with(comment_follows) ? std::string{} : " The next part goes out below it."));
  }
  // What a reconciliation found is a step of its own.
  std::string words = about.reconciliation ? std::string{} : as_sentence(reason_of(event)) + " ";
  words += "It is to be tried again";
  const bool is_at_once = about.retry_at && *about.retry_at <= event.at;
  if (about.retry_at) words += is_at_once ? std::string{" at once"} : " at " + in.clock.format(*about.retry_at);
  return make(event, step_kind::retry_scheduled,
              about.obeyed == "platform" ? decision_rule::platform_time : decision_rule::retry_policy,
              as_sentence(words + because_words(in, about, is_at_once)));
}

/// A part of a thread, or of a post with its first comment.
std::string part_words(const story& in, const step_figures& about) {
  if (in.of.parts.is_comment) return about.part == 1 ? "the post" : "the first comment";
  return fmt::format("part {} of {}", *about.part, *about.parts);
}

std::string found_words(const story& in, const recorded_event& event) {
  switch (*event.about.reconciliation) {
    case reconciliation_kind::live:
      if (event.about.part && event.about.parts)
        return fmt::format("{} was asked, and has {}", in.platform, part_words(in, event.about));
      return in.platform + " was asked, and has it";
    case reconciliation_kind::absent: return in.platform + " was asked, and does not have it";
    case reconciliation_kind::repeat_tells:
      return in.platform + " cannot be asked, but refuses the same post a second time: sending it again tells";
    case reconciliation_kind::cannot_know: return in.platform + " cannot tell whether it has it";
    case reconciliation_kind::try_again: return in.platform + " was asked and did not answer";
  }
  return {};
}

/// When the platform is asked next, where it is not at once.
std::string next_look_words(const story& in, const recorded_event& event) {
  if (!event.about.look_at || *event.about.look_at <= event.at) return {};
  return fmt::format(" {} asked to be left alone, and is asked at {}.", in.platform,
                     in.clock.format(*event.about.look_at));
}

/// "It was 2 h late, and its lateness policy allows 1 h".
std::string lateness_words(const story& in, const recorded_event& event) {
  const auto due_at = due_by(in, event.at);
  std::string words =
      due_at ? fmt::format("It was {} late", format_span(event.at - *due_at)) : std::string{"It was late"};
  if (!event.about.lateness_after_seconds) return words + " by its lateness policy";
  return fmt::format("{}, and its lateness policy allows {}", words,
                     format_span(std::chrono::seconds{*event.about.lateness_after_seconds}));
}

/// The data recorded with an outcome.
std::optional<explained_step> outcome_step(const story& in, const recorded_event& event) {
  const auto reason = reason_of(event);
  if (event.kind == event_kind::PublishSucceeded) {
    const bool is_stopped = event.about.parts_out && !event.about.outcome && !event.about.decision;
    if (is_stopped)  // before its comment was sent
      return make(event, step_kind::cancelled, decision_rule::person, as_sentence(reason));
    return make(event, step_kind::published, decision_rule::platform_answer, published_words(in, event));
  }
  if (event.kind == event_kind::PublishFailed) {
    return make(event, step_kind::failed,
                event.about.failures ? decision_rule::retry_policy : decision_rule::platform_answer,
                as_sentence(reason));
  }
  if (event.kind == event_kind::PublishRetryScheduled) {
    return retry_step(in, event);
  }
  if (event.kind == event_kind::PublishOutcomeUnknown) {
    return make(event, step_kind::outcome_unknown, decision_rule::reconciliation,
                fmt::format("{} Nothing is sent again before that is known.{}", as_sentence(reason),
                            next_look_words(in, event)));
  }
  if (event.kind == event_kind::PublishUnconfirmed) {
    // A person withdrew a delivery that may be live: the reason says what happened.
    return make(event, step_kind::unconfirmed, decision_rule::reconciliation,
                as_sentence(event.by.empty() ? reason : std::string_view{event.message}));
  }
  if (event.kind == event_kind::PublishMissed) {
    return make(event, step_kind::missed, decision_rule::lateness_policy,
                lateness_words(in, event) + ": it is not sent any more.");
  }
  if (event.kind == event_kind::LatenessAsked) {
    return make(event, step_kind::asked, decision_rule::lateness_policy,
                lateness_words(in, event) + ": a person was asked whether it is still to go out.");
  }
  return std::nullopt;
}

/// What somebody decided about the delivery after it had failed, come late, or been lost sight of.
std::optional<explained_step> decision_step(const story& in, const recorded_event& event) {
  if (!event.about.decision) return std::nullopt;
  const auto& decided = *event.about.decision;
  std::string words = who(event);
  if (decided == "retry") {
    words += " asked for it to be sent again, with all attempts of the retry policy.";
  } else if (decided == "send_again") {
    words += fmt::format(" has looked: it is not on {}, and is to be sent again.", in.platform);
  } else if (decided == "is_live") {
    words += " has seen it on " + in.platform + ".";
  } else if (decided == "drop") {
    words += " decided that it is not to be sent.";
  } else if (decided == "send") {
    words += " decided that it is still to go out, late as it is.";
  } else if (decided == "skip") {
    words += " decided that it is too late for it to go out.";
  } else {
    words = as_sentence(event.message);
  }
  return make(event, step_kind::decided, decision_rule::person, std::move(words));
}

/// Who withdrew the delivery, and how. An older version did not record how.
std::string cancelled_words(const story& in, const recorded_event& event) {
  if (!event.because) return as_sentence(event.message);
  const auto out = event.about.parts_out;
  // What is out when somebody stops a thread in the middle stays there.
  const auto when = [&](std::string_view where) {
    if (!out) return fmt::format("before it went out{}.", where);
    return fmt::format("when {}{}; what is out stays there, and the rest is not sent.",
                       parts_were_out_words(*out, event.about.parts.value_or(*out)), where);
  };
  const auto on_channel = " on " + in.of.channel_name;
  switch (*event.because) {
    case withdrawal_cause::cancelled: return fmt::format("{} cancelled it {}", who(event), when(on_channel));
    case withdrawal_cause::post_deleted: return fmt::format("{} deleted the post {}", who(event), when(on_channel));
    case withdrawal_cause::channel_removed: break;
  }
  if (event.by.empty()) return fmt::format("The channel {} was removed {}", in.of.channel_name, when(" there"));
  return fmt::format("{} removed the channel {} {}", event.by, in.of.channel_name, when(" there"));
}

/// What somebody did to the post.
std::optional<explained_step> command_step(const story& in, const recorded_event& event) {
  constexpr auto by_person = decision_rule::person;
  if (auto step = decision_step(in, event)) return step;
  if (event.kind == event_kind::PostCreated) {
    return make(event, step_kind::written, by_person, who(event) + " wrote the post.");
  }
  if (event.kind == event_kind::PostEdited) {
    return make(event, step_kind::edited, by_person, who(event) + " edited the post.");
  }
  if (event.kind == event_kind::PostDeleted) {
    return make(event, step_kind::deleted, by_person, who(event) + " deleted the post; what is published stays there.");
  }
  if (event.kind == event_kind::PublishScheduled) {
    return make(event, step_kind::scheduled, by_person, scheduled_words(in, event));
  }
  if (event.kind == event_kind::PublishRequested) {
    return make(event, step_kind::requested, by_person, who(event) + " asked for it to go out at once.");
  }
  if (event.kind == event_kind::PublishCancelled) {
    return make(event, step_kind::cancelled, by_person, cancelled_words(in, event));
  }
  return std::nullopt;
}

/// An older version stored the reason only within its sentence, which is then quoted in full.
std::string refused_words(const story& in, const recorded_event& event) {
  if (!event.reason && !event.message.empty()) return as_sentence(event.message);
  const auto words =
      fmt::format("{} refused the account, so the channel {} was switched off", in.platform, in.of.channel_name);
  return as_sentence(event.reason ? fmt::format("{}: {}", words, *event.reason) : words);
}

/// What ended a hold, with what it had held.
explained_step release(const story& in, const recorded_event& event, step_kind kind, decision_rule rule,
                       std::string words) {
  auto step = make(event, kind, rule, std::move(words));
  const auto ended = hold_ended_by(in, event);
  if (!ended) return step;
  step.sentence += fmt::format(" The post was held because {}.", held_words(in, *ended));
  step.figures.since = ended->from;
  step.figures.until = ended->to;
  return step;
}

explained_step pause_step(const recorded_event& event, const std::string& subject) {
  return make(event, step_kind::paused, decision_rule::pause,
              fmt::format("{} paused {}: nothing more starts.", who(event), subject));
}

explained_step resume_step(const story& in, const recorded_event& event, const std::string& subject) {
  return release(in, event, step_kind::resumed, decision_rule::pause,
                 fmt::format("{} resumed {}.", who(event), subject));
}

/// What happened above the delivery: a pause, a channel that was switched off, a budget that was used up.
std::optional<explained_step> holding_step(const story& in, const recorded_event& event) {
  const auto channel = "the channel " + in.of.channel_name;
  if (event.kind == event_kind::ChannelPaused) {
    return pause_step(event, channel);
  }
  if (event.kind == event_kind::ProjectPaused) {
    return pause_step(event, "the project");
  }
  if (event.kind == event_kind::CompanyPaused) {
    return pause_step(event, "the company");
  }
  if (event.kind == event_kind::ChannelResumed) {
    return resume_step(in, event, channel);
  }
  if (event.kind == event_kind::ProjectResumed) {
    return resume_step(in, event, "the project");
  }
  if (event.kind == event_kind::CompanyResumed) {
    return resume_step(in, event, "the company");
  }
  if (event.kind == event_kind::ChannelAuthFailed) {
    return make(event, step_kind::channel_off, decision_rule::channel_state, refused_words(in, event));
  }
  if (event.kind == event_kind::ChannelSwitchedOff) {
    return make(event, step_kind::channel_off, decision_rule::channel_state,
                fmt::format("{} switched {} off: nothing more starts on it.", who(event), channel));
  }
  if (event.kind == event_kind::ChannelSwitchedOn) {
    return release(in, event, step_kind::channel_on, decision_rule::channel_state,
                   fmt::format("{} switched {} on again.", who(event), channel));
  }
  if (event.kind == event_kind::ChannelReconnected) {
    return release(in, event, step_kind::channel_on, decision_rule::channel_state,
                   fmt::format("{} connected the account of {} again.", who(event), channel));
  }
  if (event.kind == event_kind::DeliveryThrottled) {
    return make(event, step_kind::throttled, decision_rule::rate_limit, as_sentence(throttle_words(in, event.about)));
  }
  return std::nullopt;
}

/// Whether an attempt's own trace already has this wait.
bool is_in_trace(const story& in, const recorded_event& event) {
  for (const auto& each : in.of.attempts) {
    if (each.throttled_until && each.throttled_until == event.about.until) return true;
  }
  return false;
}

/// Whether what happened to its channel or above it touched this delivery: from when it was there until it was over,
/// and a throttle only while it was due and had not started.
bool touches(const story& in, const recorded_event& event) {
  if (event.at < in.of.created_at || event.at > in.end()) return false;
  if (event.channel_id && *event.channel_id != in.of.channel_id) return false;
  if (event.kind != event_kind::DeliveryThrottled) return true;
  return in.of.not_before && event.at >= *in.of.not_before && !is_in_trace(in, event);
}

}  // namespace

void add_steps_of(const story& in, const recorded_event& event, std::vector<explained_step>& to) {
  const bool is_own = event.delivery_id == in.of.id;
  // A budget that is used up, and credentials that are refused, hold all of the channel.
  const bool is_of_channel = event.kind == event_kind::DeliveryThrottled || event.kind == event_kind::ChannelAuthFailed;
  if (event.delivery_id && !is_own && !is_of_channel) return;
  if (event.kind) {
    if (auto step = command_step(in, event)) return to.push_back(std::move(*step));
    if (is_own && event.about.reconciliation) {
      to.push_back(
          make(event, step_kind::reconciled, decision_rule::reconciliation, as_sentence(found_words(in, event))));
    }
    if (auto step = is_own ? outcome_step(in, event) : std::nullopt) return to.push_back(std::move(*step));
  }
  if (event.kind == event_kind::PublishStarted || !touches(in, event)) return;  // an attempt's own row tells more
  if (auto step = event.kind ? holding_step(in, event) : std::nullopt) return to.push_back(std::move(*step));
  const bool is_decision = is_own && !event.by.empty();
  to.push_back(make(event, is_decision ? step_kind::decided : step_kind::noted,
                    is_decision ? decision_rule::person : decision_rule::other, as_sentence(event.message)));
}

}  // namespace pulse::domain
