#include "domain/events/sentences.hpp"

#include "base/describe.hpp"
#include "domain/explaining/sentence.hpp"
#include "domain/publishing/first_comment.hpp"
#include "domain/publishing/thread.hpp"

namespace pulse::domain {

namespace {

std::string name_of(const base::omittable<std::string>& channel_name) { return channel_name.value_or("the channel"); }

std::string because_of(const attempt_facts& of) { return of.reason ? ": " + *of.reason : std::string{}; }

std::string platform_of(const attempt_facts& of) { return std::string{display_name(of.platform)}; }

/// " for Tue 24 Nov 2026, 09:00 CET", or nothing.
std::string at_time(std::string_view before, const base::omittable<base::timestamp>& at, const time_formatter& clock) {
  return at ? std::string{before} + clock.format(*at) : std::string{};
}

// One overload a kind; std::visit finds it. Those with times in them take a clock.

std::string tell(const post_created& of) {
  if (!of.channels) return "The post was written.";
  return *of.channels == 1 ? "The post was written, for one channel."
                           : "The post was written, for " + std::to_string(*of.channels) + " channels.";
}
std::string tell(const post_edited&) { return "The post was edited."; }
std::string tell(const post_deleted& of) {
  if (of.everywhere.value_or(false))
    return "The post was deleted, here and wherever its platforms let Pulse delete it.";
  return "The post was deleted here and taken off the website; what is published elsewhere stays there.";
}
std::string tell(const publication_corrected& of) {
  return "What " + name_of(of.channel_name) + " shows was corrected.";
}
std::string tell(const publication_withdrawn& of) { return "It was taken off " + name_of(of.channel_name) + "."; }

std::string tell(const publish_scheduled& of, const time_formatter& clock) {
  return "Scheduled for " + (of.scheduled_at ? clock.format(*of.scheduled_at) : "a time") + " on " +
         name_of(of.channel_name) + ".";
}

std::string tell(const publish_requested& of) {
  const auto where = name_of(of.channel_name);
  if (!of.decision) return "Asked to go out on " + where + " now.";
  switch (*of.decision) {
    case event_decision::retry: return "Asked to be tried again on " + where + ".";
    case event_decision::send_again: return "It is not on " + where + ", says a person: asked to be sent again.";
    case event_decision::send: return "Late, and still wanted on " + where + ", says a person: to be sent now.";
    case event_decision::is_live:
    case event_decision::drop:
    case event_decision::skip: break;  // these send nothing
  }
  return "Asked to go out on " + where + " now.";
}

std::string tell(const publish_cancelled& of) {
  if (!of.because) {
    const auto where = of.platform ? std::string{display_name(*of.platform)} : name_of(of.channel_name);
    return "Cancelled before it was sent to " + where + ".";
  }
  auto words = "Publishing on " + name_of(of.channel_name) + " was cancelled";
  if (of.parts_out)
    words += " when " + parts_were_out_words(*of.parts_out, of.parts.value_or(*of.parts_out)) +
             "; what is out stays there, and the rest is not sent";
  switch (*of.because) {
    case withdrawal_cause::cancelled: return words + ".";
    case withdrawal_cause::post_deleted: return words + ": the post was deleted.";
    case withdrawal_cause::channel_removed: return words + ": the channel was removed.";
  }
  return words + ".";
}

std::string tell(const publish_started& of) {
  const auto where =
      of.channel_name ? *of.channel_name : std::string{display_name(of.platform.value_or(channel_type::website))};
  return of.attempt ? "Attempt " + std::to_string(*of.attempt) + " on " + where + " began."
                    : "An attempt on " + where + " began.";
}

/// Its reason is left out where it only repeats that it was published. The platform's id tells a reader nothing: it is
/// a field.
std::string tell(const publish_succeeded& of) {
  if (of.decision) return "Published on " + name_of(of.channel_name) + ": a person has seen it there.";
  // Without an outcome its comment was withdrawn.
  const bool is_with_comment =
      of.reason && (of.reason->starts_with(comment_is_out) || (of.parts_out && !of.outcome && !of.reconciliation));
  if (is_with_comment) return "Published on " + platform_of(of) + ". " + *of.reason;
  const bool is_plain = of.outcome == outcome_kind::published && !of.reconciliation;
  return ended("Published on " + platform_of(of) + (is_plain ? std::string{} : because_of(of)));
}

std::string tell(const publish_failed& of) {
  if (of.decision) {
    return "Not published on " + name_of(of.channel_name) + ": a person said that it is not to be sent.";
  }
  // Its reason says which parts are out.
  if (of.parts_out.value_or(0) > 0) return "Published on " + platform_of(of) + " in part" + because_of(of);
  return "Not published on " + platform_of(of) + because_of(of);
}

std::string tell(const publish_outcome_unknown& of) {
  return "It is not known yet whether this is live on " + platform_of(of) + because_of(of);
}

std::string tell(const publish_unconfirmed& of) {
  if (!of.because) return "A person must say whether this is live on " + platform_of(of) + because_of(of);
  const auto where = name_of(of.channel_name);
  switch (*of.because) {
    case withdrawal_cause::cancelled:
    case withdrawal_cause::post_deleted:
      if (of.parts_out)
        return "Publishing on " + where + " was cancelled when " +
               parts_were_out_words(*of.parts_out, of.parts.value_or(*of.parts_out)) +
               ", and the next one may be live there: a person must look.";
      return "Publishing on " + where + " was cancelled, but it may be live there: a person must look.";
    case withdrawal_cause::channel_removed: break;
  }
  return "The channel " + where + " was removed, but the post may be live there: a person must look.";
}

std::string tell(const publish_retry_scheduled& of, const time_formatter& clock) {
  if (of.reason && of.reason->starts_with(comment_follows)) return *of.reason;
  // A part of a thread.
  if (of.outcome == outcome_kind::published)
    return of.reason.value_or("A part is out.") + " The next one follows on " + platform_of(of) + ".";
  return "Will be tried again on " + platform_of(of) + at_time(" at ", of.retry_at, clock) + because_of(of);
}

std::string tell(const publish_missed& of) {
  if (of.decision) {
    return "Not sent to " + name_of(of.channel_name) + ": it was late, and a person said that it is no longer wanted.";
  }
  return "Not sent to " + platform_of(of) + because_of(of);
}

std::string tell(const lateness_asked& of) { return "Not sent to " + platform_of(of) + " yet" + because_of(of); }

std::string tell(const delivery_throttled& of, const time_formatter& clock) {
  const bool is_told = of.scope == "platform" && of.platform;
  auto why = of.budget.value_or("a budget");
  if (is_told) {
    why = std::string{display_name(*of.platform)} + " itself asks for it";
  } else if (of.scope != "backlog") {
    why += " is used up";
  }
  return "Waits until " + (of.until ? clock.format(*of.until) : "a time") + ": " + why;
}

/// The reason is often a sentence or two, so the delivery's next step comes after it.
std::string tell(const channel_auth_failed& of) {
  return ended("The channel was switched off because " + platform_of(of) + " refuses its credentials" +
               because_of(of)) +
         (of.may_be_live.value_or(false)
              ? " Whether this is live there is looked up once the account is connected again."
              : " What waits goes out once the account is connected again.");
}

std::string tell(const channel_degraded& of) {
  std::string what;
  switch (of.part.value_or(degraded_part::channel)) {
    case degraded_part::channel: what = "The channel"; break;
    case degraded_part::budgets: what = "What counts the channel's posts"; break;
    case degraded_part::company: what = "What publishes for the company"; break;
  }
  return what +
         " keeps failing inside Pulse and is left alone for a minute; what waits will be sent then. Please tell the "
         "operator.";
}
std::string tell(const channel_paused& of) { return "Publishing on " + name_of(of.channel_name) + " was paused."; }
std::string tell(const channel_resumed& of) { return "Publishing on " + name_of(of.channel_name) + " was resumed."; }
std::string tell(const channel_switched_off& of) {
  return "The channel " + name_of(of.channel_name) + " was switched off.";
}
std::string tell(const channel_switched_on& of) {
  return "The channel " + name_of(of.channel_name) + " was switched on again.";
}
std::string tell(const channel_reconnected& of) {
  return "The account of the channel " + name_of(of.channel_name) + " was connected again: what waits for it goes out.";
}
std::string tell(const project_paused&) { return "Publishing in this project was paused."; }
std::string tell(const project_resumed&) { return "Publishing in this project was resumed."; }
std::string tell(const company_paused&) { return "Publishing of the whole company was paused."; }
std::string tell(const company_resumed&) { return "Publishing of the whole company was resumed."; }

std::string act_of(const engagement_facts& of) {
  return "The " + of.act.value_or("act") + (of.page_name ? " under a post of " + *of.page_name : std::string{});
}
std::string because(const base::omittable<std::string>& reason) {
  return reason && !reason->empty() ? ended(": " + *reason) : std::string{"."};
}
std::string until(const base::omittable<base::timestamp>& at, const time_formatter& clock) {
  return at_time(" until ", at, clock);
}

std::string tell(const tracked_post_found& of) {
  return of.page_name.value_or("A tracked page") + " has a new post" +
         (of.planned ? "; " + std::to_string(*of.planned) + " likes and comments are planned." : ".");
}
std::string tell(const page_poll_failed& of, const time_formatter& clock) {
  return of.page_name.value_or("A tracked page") + " could not be looked at and is left alone" +
         until(of.until, clock) + because(of.reason);
}
std::string tell(const engagement_confirmed& of) { return act_of(of) + " was confirmed by its member."; }
std::string tell(const engagement_skipped& of) { return act_of(of) + " was skipped" + because(of.reason); }
std::string tell(const engagement_held& of, const time_formatter& clock) {
  return act_of(of) + " waits" + until(of.until, clock) + because(of.reason);
}
std::string tell(const engagement_retried& of, const time_formatter& clock) {
  return act_of(of) + " did not work and waits" + until(of.until, clock) + because(of.reason);
}
std::string tell(const engagement_unknown& of) {
  return "It is not known whether " + (of.act ? "the " + *of.act : std::string{"the act"}) + " is there" +
         because(of.reason);
}
std::string tell(const engagement_completed& of) { return act_of(of) + " is there" + because(of.reason); }
std::string tell(const engagement_failed& of) { return act_of(of) + " was not done" + because(of.reason); }
std::string tell(const engagement_expired& of) { return act_of(of) + " was left" + because(of.reason); }

std::string quoted(const base::omittable<std::string>& name, std::string_view otherwise) {
  return name && !name->empty() ? "“" + *name + "”" : std::string{otherwise};
}

std::string why(const base::omittable<std::string>& reason) {
  return reason ? ended(": " + *reason) : std::string{"."};
}

std::string tell(const content_submitted& of) {
  return quoted(of.title, "The content") +
         (of.rule_id ? " was written by a rule and waits" : " was handed in and waits") + " for approval.";
}
std::string tell(const content_approved& of) {
  return quoted(of.title, "The content") + " was approved" + (of.reviewer ? " by " + *of.reviewer + "." : ".");
}
std::string tell(const content_rejected& of) {
  return quoted(of.title, "The content") + " was rejected" + (of.reviewer ? " by " + *of.reviewer : std::string{}) +
         why(of.reason);
}
std::string tell(const content_scheduled& of, const time_formatter& clock) {
  auto made = quoted(of.title, "The content") + " was scheduled" + at_time(" for ", of.scheduled_at, clock) + ".";
  if (of.reason) made += " The guardrails were overridden" + why(of.reason);
  return made;
}

std::string tell(const campaign_activated& of) {
  return "The campaign " + quoted(of.campaign_name, "of this project") + " was activated.";
}
std::string tell(const campaign_paused& of) {
  return "The campaign " + quoted(of.campaign_name, "of this project") + " was paused: its rules rest.";
}
std::string tell(const campaign_completed& of) {
  return "The campaign " + quoted(of.campaign_name, "of this project") + " was completed.";
}

std::string of_rule(const rule_facts& of, std::string_view what) {
  return "The rule " + quoted(of.rule_name, "of this project") + " was " + std::string{what} + ".";
}
std::string tell(const rule_created& of) { return of_rule(of, "made"); }
std::string tell(const rule_changed& of) { return of_rule(of, "changed"); }
std::string tell(const rule_switched_on& of) { return of_rule(of, "switched on"); }
std::string tell(const rule_switched_off& of) { return of_rule(of, "switched off"); }
std::string tell(const rule_removed& of) { return of_rule(of, "removed"); }

std::string of_template(const template_facts& of, std::string_view what) {
  return "The template " + quoted(of.template_name, "of this project") + " was " + std::string{what} + ".";
}
std::string tell(const template_created& of) { return of_template(of, "made"); }
std::string tell(const template_changed& of) { return of_template(of, "changed"); }
std::string tell(const template_removed& of) { return of_template(of, "removed"); }

std::string people_mailed(const base::omittable<int>& people) {
  const int many = people.value_or(0);
  if (many == 0) return "Nobody who may approve it could be reached by mail.";
  return many == 1 ? "One who may approve it was mailed." : std::to_string(many) + " who may approve it were mailed.";
}

std::string waited(const content_facts& of) {
  return quoted(of.title, "The content") + " has waited for approval" +
         (of.step && !of.step->empty() ? " (" + *of.step + ")" : std::string{}) + " for " +
         format_length(std::chrono::hours{of.hours.value_or(0)});
}

std::string tell(const approval_reminded& of) { return waited(of) + ". " + people_mailed(of.people); }
std::string tell(const approval_escalated& of) {
  return waited(of) + ": others may approve it now. " + people_mailed(of.people);
}
std::string tell(const guardrails_changed&) { return "The guardrails of the project were changed."; }
std::string tell(const guardrails_overridden& of, const time_formatter& clock) {
  return "The guardrails were overridden" + at_time(" for ", of.scheduled_at, clock) + why(of.reason) +
         (of.verdicts && !of.verdicts->empty() ? " They had said: " + *of.verdicts : std::string{});
}

std::string at_platform(const publication_change_facts& of) {
  return of.platform ? std::string{display_name(*of.platform)} : name_of(of.channel_name);
}
bool is(const publication_change_facts& of, publication_change_kind kind) { return of.change == kind; }

/// "The post", or what is below it.
std::string subject_of(const publication_change_facts& of) {
  return is(of, publication_change_kind::comment) ? "The first comment on " + at_platform(of)
                                                  : "The post on " + at_platform(of);
}

std::string tell(const publication_change_requested& of) {
  switch (of.change.value_or(publication_change_kind::remove)) {
    case publication_change_kind::edit: return "Asked to change the words of the post on " + at_platform(of) + ".";
    case publication_change_kind::comment:
      return "Asked to send the first comment on " + at_platform(of) + " once more.";
    case publication_change_kind::remove: break;
  }
  return "Asked to delete the post on " + at_platform(of) + ".";
}
std::string tell(const publication_deleted& of) { return "Deleted on " + at_platform(of) + why(of.reason); }
std::string tell(const publication_edited& of) { return "The post on " + at_platform(of) + " has its new words."; }
std::string tell(const publication_commented& of) {
  return "The first comment below the post on " + at_platform(of) + " is out now.";
}
std::string tell(const publication_change_delayed& of, const time_formatter& clock) {
  std::string words = " could not be deleted yet";
  if (is(of, publication_change_kind::edit)) words = " could not be changed yet";
  if (is(of, publication_change_kind::comment)) words = " is not known to be out yet";
  return subject_of(of) + words + why(of.reason) +
         (of.until ? " It is tried again at " + clock.format(*of.until) + "." : std::string{});
}
std::string tell(const publication_change_failed& of) {
  std::string words = " was not deleted and is still there";
  if (is(of, publication_change_kind::edit)) words = " was not changed";
  if (is(of, publication_change_kind::comment)) words = " is not out";
  return subject_of(of) + words + why(of.reason);
}

std::string login_of(const login_facts& of) {
  return "the login " + (of.name && !of.name->empty() ? "“" + *of.name + "” " : std::string{}) + "at " +
         of.provider.value_or("the platform");
}
std::string tell(const account_disconnected& of) {
  return "A member disconnected " + login_of(of) + ": its tokens are forgotten here.";
}
std::string tell(const account_revoked& of) {
  return of.provider.value_or("The platform") + " takes the tokens of " + login_of(of) + " no more.";
}
std::string tell(const account_not_revoked& of) {
  return "The tokens of " + login_of(of) + " are forgotten here, but were not revoked there" + why(of.reason) +
         " Remove the app in the account's settings there.";
}

std::string rule_of(const run_facts& of) { return "The rule " + quoted(of.rule_name, "of this project"); }

std::string tell(const run_started& of) { return rule_of(of) + " began to run."; }
std::string tell(const run_succeeded& of) { return rule_of(of) + " has run."; }
std::string tell(const run_failed& of) { return rule_of(of) + " could not do its work" + why(of.reason); }
std::string tell(const run_blocked& of) { return rule_of(of) + " was held back" + why(of.reason); }
std::string tell(const rule_stopped& of) { return rule_of(of) + " was switched off" + why(of.reason); }
std::string tell(const rules_degraded& of, const time_formatter& clock) {
  return "What works on the company's automation rules keeps failing inside Pulse and is left alone" +
         until(of.until, clock) +
         "; what has come due by then is made up for. Posts go out meanwhile. Please tell the operator.";
}

}  // namespace

std::string sentence_of(const event_facts& facts, const time_formatter& clock) {
  const auto told = [&clock](const auto& each) {
    if constexpr (requires { tell(each, clock); }) {
      return tell(each, clock);
    } else {
      return tell(each);
    }
  };
  return in_reading_order(std::visit(told, facts));
}

std::string sentence_of(std::string_view type, std::string_view stored, const boost::json::object& facts,
                        const time_formatter& clock) {
  if (!stored.empty()) return in_reading_order(std::string{stored});
  const auto kind = base::from_name<event_kind>(type);
  return kind ? sentence_of(read_facts(*kind, facts), clock) : std::string{type};
}

}  // namespace pulse::domain
