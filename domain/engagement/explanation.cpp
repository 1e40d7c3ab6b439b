#include "domain/engagement/explanation.hpp"

#include <chrono>

#include <fmt/core.h>

#include "base/describe.hpp"
#include "domain/calendar/time_words.hpp"

namespace pulse::domain {

namespace {

std::string on_clock(const engagement_circumstances& of, base::timestamp at) {
  return time_formatter{of.reader_zone.empty() ? of.hours.time_zone : of.reader_zone}.format(at);
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }
std::string clock_time(int minute) { return fmt::format("{}:{}", two_digits(minute / 60), two_digits(minute % 60)); }

/// Hours are the member's own. They name their zone where the other times are told in another one.
std::string hours_of(const engagement_circumstances& of) {
  const bool is_elsewhere = !of.reader_zone.empty() && of.reader_zone != of.hours.time_zone;
  return fmt::format("{} to {}{}", clock_time(of.hours.from_minute), clock_time(of.hours.to_minute),
                     is_elsewhere ? " in " + of.hours.time_zone : std::string{});
}

std::string because(const engagement_circumstances& of) {
  return of.reason && !of.reason->empty() ? ": " + *of.reason : std::string{};
}

std::string act_of(const engagement_circumstances& of) {
  return of.kind == engagement_kind::like ? "The like" : "The comment";
}

/// Told where it is not the usual one.
std::string by_way(const std::optional<act_way>& way) {
  return way == act_way::browser ? fmt::format(", {}", words_of(*way)) : std::string{};
}

}  // namespace

std::string how_found(const engagement_circumstances& of) {
  std::string way = "by the feed of the company's site";
  if (of.source == "linkedin") way = "by LinkedIn's list of the page's posts";
  if (of.source == "link") way = "by its address, which a member brought";
  if (of.source == "whatsapp") way = "by a link that somebody sent to a WhatsApp group";
  return fmt::format("A post of {} was found {}.", of.page_name, way);
}

std::string how_planned(const engagement_circumstances& of) {
  return fmt::format(
      "{} was planned for {}: within the member's hours ({}), in random order with the others', at least {} from any "
      "of "
      "theirs, spread over {}.",
      act_of(of), on_clock(of, of.planned_at), hours_of(of), format_length(std::chrono::seconds{of.gap_seconds}),
      format_length(std::chrono::seconds{of.spread_seconds}));
}

std::string hold_in_words(const std::string& hold) {
  if (hold == "account")
    return "the member has no account at LinkedIn connected here, or it must be connected again, and no session in a "
           "browser";
  const auto known = base::from_name<hold_reason>(hold);
  if (!known) return hold;
  switch (*known) {
    case hold_reason::hours: return "it is outside the member's working hours";
    case hold_reason::member_cap: return "the member's likes and comments of the day are used up";
    case hold_reason::stagger: return "the member has just done something else";
    case hold_reason::post_gap: return "somebody else has just done something under this post";
    case hold_reason::page_cap: return "the page's likes and comments of the day are used up";
  }
  return hold;
}

std::string summary_of(const engagement_circumstances& of) {
  switch (of.state) {
    case engagement_state::waiting_confirmation:
      return fmt::format(
          "{} waits for its member's word, until {}. Nothing goes out before{}.", act_of(of),
          on_clock(of, of.expires_at),
          of.next_way == act_way::browser ? fmt::format("; then it goes {}", words_of(*of.next_way)) : "");
    case engagement_state::queued:
      return fmt::format("{}{} goes out at {}{}{}.", act_of(of),
                         of.is_confirmed ? " is confirmed and" : " is automatic, as its member chose, and",
                         on_clock(of, of.not_before), by_way(of.next_way),
                         of.hold ? ", because " + hold_in_words(*of.hold) : std::string{});
    case engagement_state::sending: return fmt::format("{} is being sent{}.", act_of(of), by_way(of.way));
    case engagement_state::completed: return fmt::format("{} is at LinkedIn{}.", act_of(of), by_way(of.way));
    case engagement_state::failed: return fmt::format("{} was not done{}.", act_of(of), because(of));
    case engagement_state::unknown:
      return of.needs_decision ? fmt::format("{} may be there or not: its member must look{}.", act_of(of), because(of))
                               : fmt::format("{} may be there or not; Pulse is looking{}.", act_of(of), because(of));
    case engagement_state::skipped: return fmt::format("{} was skipped{}.", act_of(of), because(of));
    case engagement_state::expired: return fmt::format("{} was left{}.", act_of(of), because(of));
  }
  return {};
}

}  // namespace pulse::domain
