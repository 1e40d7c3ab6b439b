#include "domain/engagement/browser_act.hpp"

#include <string>

namespace pulse::domain::engagement {

namespace {

constexpr std::string_view signed_out_words = "LinkedIn asks the member to sign in again.";
constexpr std::string_view asks_person_words =
    "LinkedIn asks for something that only the member can answer, such as a puzzle or their phone: they answer it in a "
    "browser of their own, and sign in again here.";

outcome told(outcome_kind kind, std::string_view reason) { return {.kind = kind, .reason = std::string{reason}}; }

outcome refusal(act_failure why, engagement_kind kind) {
  const bool is_like = kind == engagement_kind::like;
  if (why == act_failure::not_allowed)
    return told(outcome_kind::permission, is_like ? "LinkedIn does not let this member like here."
                                                  : "LinkedIn does not let this member comment here.");
  return told(outcome_kind::invalid, is_like ? "LinkedIn refused the like." : "LinkedIn refused the comment.");
}

}  // namespace

outcome outcome_of(act_failure why, engagement_kind kind, bool is_pressed) {
  switch (why) {
    case act_failure::signed_out: return told(outcome_kind::auth_expired, signed_out_words);
    case act_failure::gone: return told(outcome_kind::invalid, "The post is not there any more.");
    case act_failure::not_allowed:
    case act_failure::refused: return refusal(why, kind);
    case act_failure::rate_limited: return told(outcome_kind::rate_limited, "LinkedIn says that it was too often.");
    case act_failure::asks_person:
    case act_failure::not_answered:
    case act_failure::other_language:
    case act_failure::left_site:
    case act_failure::timed_out:
    case act_failure::no_browser:
    case act_failure::unexpected:
    case act_failure::withdrawn:
    case act_failure::too_much_memory: break;
  }
  if (is_pressed) return told(outcome_kind::unknown, "LinkedIn may have it, but its answer did not arrive.");
  switch (why) {
    case act_failure::asks_person: return told(outcome_kind::auth_expired, asks_person_words);
    case act_failure::other_language:
      return told(outcome_kind::permission,
                  "LinkedIn's pages are not in English for this member, and no others are understood. Set the language "
                  "at LinkedIn to English.");
    case act_failure::left_site: return told(outcome_kind::transient, "LinkedIn's page led away from its site.");
    case act_failure::no_browser: return told(outcome_kind::transient, "The browser could not be started.");
    case act_failure::withdrawn: return told(outcome_kind::transient, "It was about to begin too late.");
    case act_failure::too_much_memory: return told(outcome_kind::transient, "The browser took too much memory.");
    case act_failure::unexpected: return told(outcome_kind::transient, "LinkedIn's page was not what was expected.");
    case act_failure::timed_out:
    case act_failure::not_answered:
    case act_failure::signed_out:
    case act_failure::gone:
    case act_failure::not_allowed:
    case act_failure::refused:
    case act_failure::rate_limited: break;
  }
  return told(outcome_kind::transient, "LinkedIn did not answer in time.");
}

reconciliation look_of(act_failure why) {
  switch (why) {
    case act_failure::signed_out: return {.reason = std::string{signed_out_words}, .is_unauthorized = true};
    case act_failure::asks_person: return {.reason = std::string{asks_person_words}, .is_unauthorized = true};
    case act_failure::gone:
    case act_failure::not_allowed:
    case act_failure::other_language: return {.kind = reconciliation_kind::cannot_know};
    case act_failure::refused:
    case act_failure::rate_limited:
    case act_failure::not_answered:
    case act_failure::left_site:
    case act_failure::timed_out:
    case act_failure::no_browser:
    case act_failure::unexpected:
    case act_failure::withdrawn:
    case act_failure::too_much_memory: break;
  }
  return {};
}

}  // namespace pulse::domain::engagement
