#include "domain/campaigns/run_trace.hpp"

#include <fmt/core.h>

#include "base/describe.hpp"
#include "domain/calendar/time_words.hpp"
#include "domain/explaining/sentence.hpp"

namespace pulse::domain::campaigns {

namespace {

std::string shown(const base::omittable<base::timestamp>& at, const zone_clock& zone) {
  return at ? time_formatter{zone}.format(*at) : std::string{"a time"};
}

std::string many(int count, std::string_view one, std::string_view more) {
  return fmt::format("{} {}", count, count == 1 ? one : more);
}

std::string with_reason(std::string said, const run_figures& of) {
  if (!of.reason || of.reason->empty()) return said + ".";
  said += ": " + *of.reason;
  if (said.back() != '.' && said.back() != '!' && said.back() != '?') said += '.';
  return said;
}

std::string event_in_words(trigger_event event) {
  switch (event) {
    case trigger_event::post_published: return "a post was published";
    case trigger_event::post_published_partial: return "a post was published in part";
    case trigger_event::post_failed: return "a post failed";
    case trigger_event::channel_auth_failed: return "a platform refused a channel's account";
    case trigger_event::content_approved: return "content was approved";
    case trigger_event::content_rejected: return "content was rejected";
    case trigger_event::campaign_activated: return "the campaign was activated";
  }
  return "something happened";
}

std::string tell_cause(const run_figures& of, const zone_clock& zone) {
  switch (of.cause.value_or(run_cause::person)) {
    case run_cause::schedule: return fmt::format("Its moment came: {}.", shown(of.moment, zone));
    case run_cause::event:
      return fmt::format("It was set off because {}{}",
                         event_in_words(of.event.value_or(trigger_event::post_published)),
                         of.name && !of.name->empty() ? fmt::format(" (“{}”).", *of.name) : ".");
    case run_cause::feed:
      return "The feed has a new item" +
             (of.name && !of.name->empty() ? fmt::format(": “{}”.", *of.name) : std::string{"."});
    case run_cause::person: return "A person asked for it.";
  }
  return "It was set off.";
}

std::string tell_left_out(const run_figures& of, const zone_clock& zone) {
  const int count = of.count.value_or(0);
  auto made = fmt::format(
      "{}{} from {} to {}{}", of.is_more.value_or(false) ? "More than " : std::string{},
      many(count, "moment", "moments"), shown(of.first, zone), shown(of.last, zone),
      count == 1 ? " came while nobody could act, and is left out" : " came while nobody could act, and are left out");
  switch (of.missed.value_or(missed_kind::skip)) {
    case missed_kind::skip: return made + ": the rule makes none of them up.";
    case missed_kind::last: return made + ": the rule makes up for the last one only.";
    case missed_kind::all: return made + ": there were more than the rule makes up for.";
  }
  return made + ".";
}

std::string condition_in_words(condition of) {
  switch (of) {
    case condition::channel_types: return "it did not happen on a channel of the platforms that the rule names";
    case condition::labels: return "the campaign has none of the labels that the rule names";
    case condition::text_contains: return "the text has none of the words that the rule names";
    case condition::late_by_seconds: return "it was not late enough";
    case condition::week_days: return "it is none of the rule's days of the week";
    case condition::hours: return "it is outside the rule's hours";
  }
  return "a condition does not hold";
}

std::string refusal_in_words(start_refusal of) {
  switch (of) {
    case start_refusal::rule_off: return "The rule was switched off before the run began, so it does nothing.";
    case start_refusal::campaign_ended:
      return "The campaign is over, or this is outside its days, so its rules do nothing.";
    case start_refusal::campaign_rests: return "The campaign is not active, so its rules do nothing.";
    case start_refusal::project_paused: return "Publishing in the project is paused, so its rules do nothing.";
    case start_refusal::company_paused: return "Publishing of the company is paused, so its rules do nothing.";
  }
  return "It must not start.";
}

std::string tell_stopped(const run_figures& of) {
  if (of.stopped.value_or(hearing_kind::circle) == hearing_kind::too_deep)
    return many(of.depth.value_or(most_depth), "rule has", "rules have") +
           " led to each other before this: it is stopped here, so that they do not go on for ever.";
  return "A run of this rule itself led to this: it is stopped here, so that it does not go on for ever.";
}

std::string tell_time(const run_figures& of, const zone_clock& zone) {
  switch (of.release.value_or(release_kind::draft)) {
    case release_kind::draft: return "It stays a draft: the rule lets a person decide when it goes out.";
    case release_kind::publish: return "It is to go out at once.";
    case release_kind::after:
      return fmt::format("It is to go out at {}, as long after as the rule says.", shown(of.at, zone));
    case release_kind::next_slot:
      return fmt::format("It is to go out at {}, the next of the rule's times at which nothing is planned.",
                         shown(of.at, zone));
  }
  return "A time was chosen.";
}

std::string tell_channels(const run_figures& of) {
  std::string names;
  if (of.channels) {
    for (const auto each : *of.channels) names += (names.empty() ? "" : ", ") + std::string{display_name(each)};
  }
  return fmt::format("It is for {}{}", many(of.count.value_or(0), "channel", "channels"),
                     names.empty() ? "." : fmt::format(": {}.", names));
}

std::string tell_guardrail(const run_figures& of, const zone_clock& zone) {
  if (of.reason && !of.reason->empty()) return *of.reason;
  const std::string name{of.guardrail ? base::to_name(*of.guardrail) : "guardrail"};
  switch (of.verdict.value_or(verdict_kind::allow)) {
    case verdict_kind::allow: return fmt::format("The guardrail {} allows it.", name);
    case verdict_kind::move_to: return fmt::format("The guardrail {} moves it to {}.", name, shown(of.at, zone));
    case verdict_kind::needs_approval: return fmt::format("The guardrail {} asks for somebody's approval.", name);
    case verdict_kind::block: return fmt::format("The guardrail {} blocks it.", name);
  }
  return "A guardrail was asked.";
}

std::string name_of(const run_figures& of, std::string_view otherwise) {
  return of.name && !of.name->empty() ? fmt::format("“{}”", *of.name) : std::string{otherwise};
}

std::string tell_raw(const run_step& step, const zone_clock& zone) {
  const auto& of = step.figures;
  switch (step.kind) {
    case run_step_kind::set_off: return tell_cause(of, zone);
    case run_step_kind::moments_left_out: return tell_left_out(of, zone);
    case run_step_kind::condition_unmet:
      return fmt::format("It does nothing, because {}.", condition_in_words(of.condition.value_or(condition::hours)));
    case run_step_kind::conditions_met: return "All conditions of the rule hold.";
    case run_step_kind::stopped: return tell_stopped(of);
    case run_step_kind::refused: return refusal_in_words(of.refusal.value_or(start_refusal::rule_off));
    case run_step_kind::started: return "It began.";
    case run_step_kind::taken_up: return "Whoever worked on it is gone; it is taken up where it was left.";
    case run_step_kind::text_filled:
      return fmt::format("The template {}{} was filled in{}", name_of(of, "of the rule"),
                         of.version ? fmt::format(", version {},", *of.version) : "",
                         of.characters ? fmt::format(": {}.", many(*of.characters, "character", "characters")) : ".");
    case run_step_kind::ai_asked:
      return fmt::format("The AI provider {} was asked for a text.", of.provider.value_or("of this installation"));
    case run_step_kind::ai_answered:
      return fmt::format("The AI provider {} has answered{}", of.provider.value_or("of this installation"),
                         of.tokens ? fmt::format(", with {} used.", many(*of.tokens, "token", "tokens")) : ".");
    case run_step_kind::ai_failed: return with_reason("The AI provider gave no text", of);
    case run_step_kind::channels_chosen: return tell_channels(of);
    case run_step_kind::time_chosen: return tell_time(of, zone);
    case run_step_kind::guardrail: return tell_guardrail(of, zone);
    case run_step_kind::content_made: return "The content is in the studio.";
    case run_step_kind::approval_asked: return with_reason("Somebody must approve it before it goes on", of);
    case run_step_kind::approved: return "It was approved.";
    case run_step_kind::rejected: return with_reason("It was rejected", of);
    case run_step_kind::scheduled: return fmt::format("A post was made of it, for {}.", shown(of.at, zone));
    case run_step_kind::told: return many(of.count.value_or(0), "member is", "members are") + " told by mail.";
    case run_step_kind::retry_scheduled:
      return with_reason(fmt::format("It is tried again at {} (try {} of {})", shown(of.at, zone),
                                     of.attempt.value_or(1) + 1, most_tries),
                         of);
    case run_step_kind::requested: return "A person asked for another try.";
    case run_step_kind::withdrawn: return "A person cancelled it.";
    case run_step_kind::succeeded: return "Done.";
    case run_step_kind::failed: return with_reason("It has failed", of);
    case run_step_kind::blocked: return with_reason("It was held back", of);
  }
  return "Something was recorded.";
}

}  // namespace

std::string_view rule_of(run_step_kind kind) {
  switch (kind) {
    case run_step_kind::set_off: return "trigger";
    case run_step_kind::moments_left_out: return "missed_moments";
    case run_step_kind::condition_unmet:
    case run_step_kind::conditions_met: return "conditions";
    case run_step_kind::stopped: return "circle";
    case run_step_kind::refused: return "start";
    case run_step_kind::started:
    case run_step_kind::taken_up: return "takeover";
    case run_step_kind::text_filled:
    case run_step_kind::content_made: return "template";
    case run_step_kind::ai_asked:
    case run_step_kind::ai_answered:
    case run_step_kind::ai_failed: return "ai_provider";
    case run_step_kind::channels_chosen:
    case run_step_kind::time_chosen:
    case run_step_kind::scheduled:
    case run_step_kind::told: return "action";
    case run_step_kind::guardrail: return "guardrail";
    case run_step_kind::approval_asked:
    case run_step_kind::approved:
    case run_step_kind::rejected: return "approval";
    case run_step_kind::retry_scheduled: return "retry";
    case run_step_kind::requested:
    case run_step_kind::withdrawn: return "person";
    case run_step_kind::succeeded:
    case run_step_kind::failed:
    case run_step_kind::blocked: return "outcome";
  }
  return "other";
}

std::string tell(const run_step& step, const zone_clock& zone) { return in_reading_order(tell_raw(step, zone)); }

run_step step_of(const verdict& of) {
  run_step made{run_step_kind::guardrail, {}};
  made.figures.guardrail = of.by;
  made.figures.verdict = of.kind;
  made.figures.at = of.at;
  made.figures.limit = of.limit;
  made.figures.found = of.found;
  made.figures.similar_post_id = of.similar_post_id;
  if (!of.sentence.empty()) made.figures.reason = of.sentence;
  return made;
}

}  // namespace pulse::domain::campaigns
