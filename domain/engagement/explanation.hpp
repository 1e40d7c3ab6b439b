// An engagement explained: why it is planned when it is, what holds it, and what comes next, in sentences.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "domain/engagement/choreography.hpp"
#include "domain/engagement/engagement.hpp"

namespace pulse::domain {

/// The recorded facts.
struct engagement_circumstances {
  engagement_kind kind = engagement_kind::like;
  engagement_state state = engagement_state::waiting_confirmation;
  std::string page_name = {};
  std::string source = {};  // of the post: feed, linkedin, link, whatsapp
  base::timestamp published_at = {};
  base::timestamp found_at = {};
  base::timestamp planned_at = {};
  base::timestamp not_before = {};
  base::timestamp expires_at = {};
  bool is_automatic = false;
  bool is_confirmed = false;
  bool needs_decision = false;
  std::optional<std::string> hold = std::nullopt;
  std::optional<std::string> reason = std::nullopt;
  std::optional<act_way> way = std::nullopt;       // of the last attempt
  std::optional<act_way> next_way = std::nullopt;  // that it would go by now; none: its member has none
  int gap_seconds = 0;
  int spread_seconds = 0;
  working_hours hours = {};
  std::string reader_zone = {};  // an IANA name: of the times that are told; empty: the member's own
};

/// How the post was found.
std::string how_found(const engagement_circumstances& of);
/// Why the act has the time that it has.
std::string how_planned(const engagement_circumstances& of);
/// The present state, and the next step.
std::string summary_of(const engagement_circumstances& of);
/// What holds an act, by its name in the rows; the name itself where a newer version has written it.
std::string hold_in_words(const std::string& hold);

}  // namespace pulse::domain
