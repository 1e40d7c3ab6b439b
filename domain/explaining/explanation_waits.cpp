// What a delivery waits for, and its summary in one sentence. See domain/explaining/explanation_steps.hpp.
#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "domain/explaining/explanation_steps.hpp"

namespace pulse::domain {

namespace {

using std::chrono::microseconds;

/// The last event of this kind that could have held the delivery; null if there is none.
const recorded_event* last(const story& in, event_kind kind) {
  const auto found = std::find_if(in.events.rbegin(), in.events.rend(), [&](const recorded_event& each) {
    const bool is_others = each.channel_id && *each.channel_id != in.of.channel_id;
    return each.kind == kind && !is_others;
  });
  return found == in.events.rend() ? nullptr : &*found;
}

std::string in_how_long(const story& in, base::timestamp at) {
  return fmt::format("{}, in {}", in.clock.format(at), format_span(at - in.now));
}

explained_wait pause_wait(const story& in, base::timestamp since, std::string_view what, event_kind kind) {
  const auto* event = last(in, kind);
  const auto by = event != nullptr && !event->by.empty() ? " by " + event->by : std::string{};
  step_figures figures;
  figures.since = since;
  return {wait_kind::resume, decision_rule::pause,
          as_sentence(fmt::format("{} has been paused since {}{}", what, in.clock.format(since), by)),
          fmt::format("Resume {}: what has become late meanwhile follows its lateness policy.", what), figures};
}

explained_wait off_wait(const story& in) {
  const auto& of = in.of;
  const auto* event = last(in, of.disabled_reason ? event_kind::ChannelAuthFailed : event_kind::ChannelSwitchedOff);
  step_figures figures;
  std::string words = "The channel " + of.channel_name;
  if (event != nullptr) {
    figures.since = event->at;
    words += fmt::format(" has been switched off since {}{}", in.clock.format(event->at),
                         event->by.empty() ? "" : " by " + event->by);
  } else {
    words += " is switched off";
  }
  if (of.disabled_reason) words += ": " + *of.disabled_reason;
  return {wait_kind::channel, decision_rule::channel_state, as_sentence(words),
          of.disabled_reason ? "Connect the account again: what waits then goes out by itself."
                             : "Switch the channel on again: what waits then goes out by itself.",
          figures};
}

void add_holds(const story& in, std::vector<explained_wait>& to) {
  const auto& of = in.of;
  if (of.paused.company) to.push_back(pause_wait(in, *of.paused.company, "the company", event_kind::CompanyPaused));
  if (of.paused.project) to.push_back(pause_wait(in, *of.paused.project, "the project", event_kind::ProjectPaused));
  if (of.is_channel_removed) {
    to.push_back({wait_kind::channel,
                  decision_rule::channel_state,
                  fmt::format("The channel {} was removed.", of.channel_name),
                  "Write the post again for another channel.",
                  {}});
  } else if (!of.is_channel_on) {
    to.push_back(off_wait(in));
  }
  if (of.paused.channel && !of.is_channel_removed) {
    to.push_back(pause_wait(in, *of.paused.channel, "the channel " + of.channel_name, event_kind::ChannelPaused));
  }
}

/// Until when the last throttle of its channel holds; nothing when it is over.
const recorded_event* throttle_now(const story& in) {
  const auto* event = last(in, event_kind::DeliveryThrottled);
  return event != nullptr && event->about.until && *event->about.until > in.now ? event : nullptr;
}

/// The outcome of the attempt before.
std::string last_words(const story& in) {
  if (!in.of.reason) return {};
  const auto* event = last(in, event_kind::PublishRetryScheduled);
  const bool is_part = event != nullptr && event->about.outcome == outcome_kind::published;
  return (is_part ? " " : " The last one did not go through: ") + as_sentence(*in.of.reason);
}

explained_wait time_wait(const story& in, base::timestamp at) {
  step_figures figures;
  figures.until = at;
  figures.attempt = in.of.attempt + 1;
  if (in.of.attempt == 0) {
    return {wait_kind::time, decision_rule::schedule, fmt::format("Its time is {}.", in_how_long(in, at)),
            "Publish it now, move it, or cancel it.", figures};
  }
  figures.failures = in.of.failures;
  figures.max_attempts = in.of.retry.max_attempts;
  if (in.of.due_at == at) {  // a person has moved it since
    return {wait_kind::time, decision_rule::schedule,
            fmt::format("Its time is {}, which begins attempt {}.", in_how_long(in, at), in.of.attempt + 1),
            "Publish it now, move it, or cancel it.", figures};
  }
  const auto* event = last(in, event_kind::PublishRetryScheduled);
  const bool by_platform = event != nullptr && event->about.obeyed == "platform";
  return {wait_kind::retry, by_platform ? decision_rule::platform_time : decision_rule::retry_policy,
          fmt::format("Attempt {} is to begin at {}.{}", in.of.attempt + 1, in_how_long(in, at), last_words(in)),
          "Nothing is to be done. Publish it now, move it, or cancel it if it shall go out otherwise.", figures};
}

/// It is due, and nothing above it holds it.
void add_turns(const story& in, std::vector<explained_wait>& to) {
  const auto& of = in.of;
  if (!of.lease_until || *of.lease_until <= in.now) {
    to.push_back({wait_kind::owner,
                  decision_rule::takeover,
                  "The process that sends for this company does not answer, and another is about to take over.",
                  "If this lasts longer than a minute, tell the operator.",
                  {}});
  }
  if (const auto* event = throttle_now(in)) {
    to.push_back({wait_kind::throttle, decision_rule::rate_limit, as_sentence(throttle_words(in, event->about)),
                  "Nothing is to be done: it goes out as soon as the budget allows.", event->about});
  }
  if (of.ahead > 0) {
    step_figures figures;
    figures.ahead = of.ahead;
    to.push_back(
        {wait_kind::turn, decision_rule::one_at_a_time,
         fmt::format("{} before it on {}; they go out one after the other, oldest first.",
                     of.ahead == 1 ? std::string{"One delivery is"} : std::to_string(of.ahead) + " deliveries are",
                     of.channel_name),
         "Nothing is to be done.", figures});
  }
  if (to.empty()) {
    to.push_back({wait_kind::start,
                  decision_rule::schedule,
                  "Its time has come, and it is about to start.",
                  "Nothing is to be done.",
                  {}});
  }
}

std::vector<explained_wait> waits_of_waiting(const story& in) {
  const auto& of = in.of;
  std::vector<explained_wait> waits;
  if (of.asked_at) {
    step_figures figures;
    figures.since = of.asked_at;
    waits.push_back({wait_kind::answer, decision_rule::lateness_policy,
                     fmt::format("It is late, and since {} a person is asked whether it is still to go out.",
                                 in.clock.format(*of.asked_at)),
                     "Say whether it is still to go out.", figures});
  }
  add_holds(in, waits);
  if (!of.due_at || !of.not_before) {
    waits.insert(waits.begin(), {wait_kind::schedule,
                                 decision_rule::schedule,
                                 "It is a draft: nobody has given it a time.",
                                 "Schedule it, or publish it now.",
                                 {}});
  } else if (*of.not_before > in.now) {
    waits.push_back(time_wait(in, *of.not_before));
  } else if (waits.empty()) {
    add_turns(in, waits);
  }
  return waits;
}

/// Its platform is asked at once, unless it asked to be left alone or refuses the account.
explained_wait look_wait(const story& in) {
  const auto& of = in.of;
  constexpr auto kind = wait_kind::look;
  constexpr auto rule = decision_rule::reconciliation;
  step_figures figures;
  figures.attempt = of.attempt;
  figures.until = of.deadline_at;
  figures.look_at = of.look_at;
  const std::string until_known = "nothing is sent again before that is known.";
  if (of.disabled_reason && !of.is_channel_on) {
    return {kind, rule,
            fmt::format("{} is asked whether it has the post once the account is connected again; {}", in.platform,
                        until_known),
            "Connect the account again.", figures};
  }
  std::string words = in.platform + " is being asked whether it has the post; ";
  if (of.look_at && *of.look_at > in.now) {
    words = fmt::format("{} asked to be left alone, and is asked whether it has the post at {}; ", in.platform,
                        in_how_long(in, *of.look_at));
  } else if (of.deadline_at && *of.deadline_at > in.now) {
    words = fmt::format(
        "{} is asked whether it has the post; that it does not is believed after {} only, when the attempt is surely "
        "over; ",
        in.platform, in.clock.format_clock(*of.deadline_at));
  }
  return {kind, rule, words + until_known, "Nothing is to be done.", figures};
}

/// Without the platform's id and address, which are fields: a sentence is read.
std::string out_summary(const story& in, const explanation& told) {
  const auto& of = in.of;
  const auto sent = std::find_if(told.steps.rbegin(), told.steps.rend(),
                                 [](const auto& each) { return each.kind == step_kind::first_byte; });
  if (sent == told.steps.rend()) {
    return fmt::format("Is on {}, known since {}.", in.platform, in.clock.format(in.end()));
  }
  const auto late = span_of(sent->figures.lateness_ms.value_or(0));
  std::string words = fmt::format("Went out on {} at {}, ", in.platform, in.clock.format_exactly(sent->at));
  words += late < microseconds{1'000} ? std::string{"on time"} : format_span(late) + " late";
  if (late >= std::chrono::seconds{1}) {
    const auto why = why_late(in, told, sent->at);
    words += why.empty() && of.attempt > 1 ? ", at attempt " + std::to_string(of.attempt) : why;
  }
  return words + ".";
}

/// With what it says of a first comment that is not there.
std::string published_summary(const story& in, const explanation& told) {
  const auto words = out_summary(in, told);
  return in.of.is_comment_missing && in.of.reason ? fmt::format("{} {}", words, as_sentence(*in.of.reason)) : words;
}

/// "On X 2 of 5 parts are out at …. ", or nothing where it is not in the middle.
std::string half_words(const story& in) {
  if (!in.of.parts.is_in_the_middle()) return {};
  return fmt::format("On {} {} ", in.platform, ended(out_words(in.of.parts)));
}

/// What happens to the next part.
std::string half_summary(const story& in, std::string_view next) {
  const auto& parts = in.of.parts;
  const auto what = parts.is_comment ? std::string{"its first comment"} : "part " + std::to_string(parts.out + 1);
  return half_words(in) + as_sentence(fmt::format("{} {}", what, next));
}

std::string waiting_summary(const story& in, const std::vector<explained_wait>& waits) {
  const auto& first = waits.front();
  if (in.of.parts.is_in_the_middle()) return fmt::format("{} {}", half_summary(in, "follows"), first.sentence);
  if (first.kind == wait_kind::time && waits.size() == 1) {
    return fmt::format("Is to go out on {} at {}.", in.platform, in_how_long(in, *in.of.not_before));
  }
  return fmt::format("Has not gone out on {}. {}", in.platform, first.sentence);
}

std::string reason_of(const story& in) { return in.of.reason ? ": " + *in.of.reason : std::string{}; }

/// With what kept it from starting. If a person decided that it is too late, that is the only reason.
std::string missed_summary(const story& in, const explanation& told) {
  const auto* event = last(in, event_kind::PublishMissed);
  if (event == nullptr || !event->about.lateness_after_seconds || !in.of.due_at)
    return as_sentence(fmt::format("Did not go out on {}{}", in.platform, reason_of(in)));
  return fmt::format(
      "Did not go out on {}: its time was {}, and it could not start within the {} that its lateness policy allows{}.",
      in.platform, in.clock.format(*in.of.due_at),
      format_span(std::chrono::seconds{*event->about.lateness_after_seconds}), why_late(in, told, in.end()));
}

}  // namespace

std::vector<explained_wait> waits_of(const story& in) {
  const auto& of = in.of;
  step_figures figures;
  figures.attempt = of.attempt;
  figures.until = of.deadline_at;
  switch (of.state) {
    case delivery_state::waiting: return waits_of_waiting(in);
    case delivery_state::sending:
      return {{wait_kind::platform, decision_rule::platform_answer,
               fmt::format("It is being sent; the answer of {} is waited for{}.", in.platform,
                           of.deadline_at ? " until " + in.clock.format_clock(*of.deadline_at) : std::string{}),
               "Nothing is to be done.", figures}};
    case delivery_state::unknown: return {look_wait(in)};
    case delivery_state::unconfirmed:
      return {{wait_kind::decision, decision_rule::reconciliation,
               as_sentence(fmt::format("A person must look whether it is live on {}{}", in.platform, reason_of(in))),
               "Look there, and say that it is live (with its address), that it is to be sent again, or that it is to "
               "be dropped.",
               figures}};
    case delivery_state::published:
    case delivery_state::failed:
    case delivery_state::cancelled:
    case delivery_state::missed: return {};
  }
  return {};
}

std::string summary_of(const story& in, const explanation& told) {
  switch (in.of.state) {
    case delivery_state::waiting: return waiting_summary(in, told.waits);
    case delivery_state::sending:
      if (in.of.parts.is_in_the_middle()) return half_summary(in, "is going out just now");
      return fmt::format("Is going out on {} just now, as attempt {}.", in.platform, in.of.attempt);
    case delivery_state::published: return published_summary(in, told);
    case delivery_state::failed:
      // The reason says which parts are out.
      return as_sentence((in.of.parts.is_in_the_middle() ? "Went out in part on " : "Did not go out on ") +
                         in.platform + reason_of(in));
    case delivery_state::unknown:
      if (in.of.parts.is_in_the_middle())
        return fmt::format("{} {}", half_summary(in, "may be there, too"), told.waits.front().sentence);
      return fmt::format("May have gone out on {}. {}", in.platform, told.waits.front().sentence);
    case delivery_state::unconfirmed:
      if (in.of.parts.is_in_the_middle())
        return half_summary(in, "may be there, too: only a person who looks there can tell");
      return fmt::format("May be live on {}: only a person who looks there can tell.", in.platform);
    case delivery_state::cancelled:
      if (in.of.parts.is_in_the_middle())
        return fmt::format("{}The rest was cancelled at {}.", half_words(in), in.clock.format(in.end()));
      return fmt::format("Did not go out on {}: it was cancelled at {}.", in.platform, in.clock.format(in.end()));
    case delivery_state::missed: return missed_summary(in, told);
  }
  return {};
}

std::string advice_for(const story& in) {
  switch (in.of.state) {
    case delivery_state::failed:
      if (in.of.parts.is_in_the_middle())
        return "Mend what the reason names, and send this delivery again: it goes on behind the parts that are out.";
      return "Mend what the reason names, and send this delivery again. What is on the other channels stays as it is.";
    case delivery_state::missed: return "Write the post again if it is still to go out.";
    case delivery_state::published:
      if (in.of.is_comment_missing)
        return "Mend what the reason names, and send the first comment once more: retrying this delivery sends just "
               "that.";
      return {};
    case delivery_state::cancelled:
      if (in.of.parts.is_in_the_middle())
        return "What is out can be deleted at the platform, where that lets programs.";
      return {};
    case delivery_state::waiting:
    case delivery_state::sending:
    case delivery_state::unknown:
    case delivery_state::unconfirmed: return {};
  }
  return {};
}

}  // namespace pulse::domain
