#include "domain/explaining/simulation_words.hpp"

#include <fmt/core.h>

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
    return fmt::format("{} itself has asked that {} sends nothing before", display_name(type), whose);
  }
  const auto& budget = *predicted.budget;
  return fmt::format("{} may send {}{} in any {} on {}, and others come before it", whose, budget.limit,
                     budget.limit == 1 ? " post" : " posts",
                     format_window(std::chrono::floor<std::chrono::seconds>(budget.window)), display_name(type));
}

std::string spread_words(const prediction& predicted, channel_type type) {
  std::string words =
      fmt::format("more is late on {} than may go out at once, so it is spread and leaves room for what is on time",
                  display_name(type));
  if (predicted.budget)
    words += ": one every " + format_span(std::chrono::ceil<std::chrono::seconds>(interval_of(*predicted.budget)));
  return words;
}

std::string late_words(const scheduled_delivery& of, const prediction& predicted, const std::string& channel_name) {
  if (!predicted.delayed_by) return ", on time.";
  std::string words = fmt::format(", {} late: ", format_span(*predicted.starts_at - of.row.due_at));
  switch (*predicted.delayed_by) {
    case delay_cause::budget: return fmt::format("{}{}.", words, budget_words(predicted, of.type));
    case delay_cause::spread: return fmt::format("{}{}.", words, spread_words(predicted, of.type));
    case delay_cause::turn: return fmt::format("{}others are before it on {}.", words, channel_name);
    case delay_cause::retry: return fmt::format("{}it is assumed to go out at attempt {}.", words, predicted.attempts);
    case delay_cause::pause: return words + "its time has already passed.";
  }
  return words;
}

std::string held_words(hold_cause cause, const std::string& because, const std::string& channel_name) {
  switch (cause) {
    case hold_cause::company_paused: return "Would not go out: the company is paused.";
    case hold_cause::project_paused: return "Would not go out: the project is paused.";
    case hold_cause::channel_paused: return fmt::format("Would not go out: the channel {} is paused.", channel_name);
    case hold_cause::account_lost: return fmt::format("Would not go out on {}: {}", channel_name, ended(because));
    case hold_cause::channel_off: return fmt::format("Would not go out: the channel {} is switched off.", channel_name);
    case hold_cause::person_asked:
      return "Would not go out before a person has said whether it is still to: it is late.";
  }
  return "Would not go out.";
}

/// Why its time had passed by so much.
std::string too_late_words(const scheduled_delivery& of) {
  return fmt::format("its turn comes more than {} after its time, and its lateness policy ",
                     format_span(of.row.lateness.after));
}

}  // namespace

std::string tell(const scheduled_delivery& of, const prediction& predicted, const std::string& channel_name,
                 const time_formatter& clock) {
  switch (predicted.fate) {
    case predicted_fate::goes_out:
      return fmt::format("Would go out at {}{}", clock.format(predicted.starts_at.value_or(of.row.due_at)),
                         late_words(of, predicted, channel_name));
    case predicted_fate::held:
      return held_words(predicted.cause.value_or(hold_cause::channel_off), of.account_lost_because, channel_name);
    case predicted_fate::refused:
      return fmt::format("Would be refused by {}: {}", display_name(of.type), ended(predicted.reason));
    case predicted_fate::failed: return "Would not go out: " + ended(predicted.reason);
    case predicted_fate::missed: return fmt::format("Would not go out: {}skips it then.", too_late_words(of));
    case predicted_fate::asks: return fmt::format("Would wait for a person: {}asks then.", too_late_words(of));
  }
  return {};
}

}  // namespace pulse::domain
