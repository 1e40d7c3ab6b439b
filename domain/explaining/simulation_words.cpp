#include "domain/explaining/simulation_words.hpp"

#include "domain/explaining/sentence.hpp"

namespace pulse::domain {

namespace {

std::string budget_words(const prediction& predicted, channel_type type) {
  std::string whose = "the account";
  switch (predicted.scope.value_or(limit_scope::account)) {
    case limit_scope::account: break;
    case limit_scope::tenant: whose = "the company"; break;
    case limit_scope::app:
      whose = predicted.is_own_app ? "the company's own app" : "this installation as a whole";
      break;
  }
  if (!predicted.budget) {
    return std::string{display_name(type)} + " itself has asked that " + whose + " sends nothing before";
  }
  const auto& budget = *predicted.budget;
  return whose + " may send " + std::to_string(budget.limit) + (budget.limit == 1 ? " post" : " posts") + " in any " +
         tell_window(std::chrono::floor<std::chrono::seconds>(budget.window)) + " on " +
         std::string{display_name(type)} + ", and others come before it";
}

std::string spread_words(const prediction& predicted, channel_type type) {
  std::string words = "more is late on " + std::string{display_name(type)} +
                      " than may go out at once, so it is spread and leaves room for what is on time";
  if (predicted.budget)
    words += ": one every " + tell_span(std::chrono::ceil<std::chrono::seconds>(interval_of(*predicted.budget)));
  return words;
}

std::string late_words(const scheduled_delivery& of, const prediction& predicted, const std::string& channel_name) {
  if (!predicted.delayed_by) return ", on time.";
  std::string words = ", " + tell_span(*predicted.starts_at - of.row.due_at) + " late: ";
  switch (*predicted.delayed_by) {
    case delay_cause::budget: return words + budget_words(predicted, of.type) + ".";
    case delay_cause::spread: return words + spread_words(predicted, of.type) + ".";
    case delay_cause::turn: return words + "others are before it on " + channel_name + ".";
    case delay_cause::retry:
      return words + "it is assumed to go out at attempt " + std::to_string(predicted.attempts) + ".";
    case delay_cause::pause: return words + "its time has already passed.";
  }
  return words;
}

std::string held_words(hold_cause cause, const std::string& channel_name) {
  switch (cause) {
    case hold_cause::company_paused: return "Would not go out: the company is paused.";
    case hold_cause::project_paused: return "Would not go out: the project is paused.";
    case hold_cause::channel_paused: return "Would not go out: the channel " + channel_name + " is paused.";
    case hold_cause::channel_off: return "Would not go out: the channel " + channel_name + " is switched off.";
    case hold_cause::person_asked:
      return "Would not go out before a person has said whether it is still to: it is late.";
  }
  return "Would not go out.";
}

/// Why its time had passed by so much.
std::string too_late_words(const scheduled_delivery& of) {
  return "its turn comes more than " + tell_span(of.row.lateness.after) + " after its time, and its lateness policy ";
}

}  // namespace

std::string tell(const scheduled_delivery& of, const prediction& predicted, const std::string& channel_name,
                 const time_teller& clock) {
  switch (predicted.fate) {
    case predicted_fate::goes_out:
      return "Would go out at " + clock.tell(predicted.starts_at.value_or(of.row.due_at)) +
             late_words(of, predicted, channel_name);
    case predicted_fate::held: return held_words(predicted.cause.value_or(hold_cause::channel_off), channel_name);
    case predicted_fate::refused:
      return "Would be refused by " + std::string{display_name(of.type)} + ": " + ended(predicted.reason);
    case predicted_fate::failed: return "Would not go out: " + ended(predicted.reason);
    case predicted_fate::missed: return "Would not go out: " + too_late_words(of) + "skips it then.";
    case predicted_fate::asks: return "Would wait for a person: " + too_late_words(of) + "asks then.";
  }
  return {};
}

}  // namespace pulse::domain
