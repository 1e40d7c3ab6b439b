// How a member is asked by mail for their word: what would go out in their name, when, and a link for each act.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/engagement/choreography.hpp"

namespace pulse::domain {

/// An act that waits.
struct asked_act {
  engagement_kind kind = engagement_kind::like;
  std::string page_name;
  std::string post_title;  // may be empty
  std::string text;        // of a comment; may be empty: its words are missing
  base::timestamp at;      // when it would go out, at the earliest
  std::string link;
};

struct asking_mail {
  std::string subject;  // one line
  std::string text;
};

/// Acts that one mail asks about.
inline constexpr int most_asked_acts = 10;

/// `zone` is the member's, an IANA name. Nothing of it is markup: what a page posted stands there as it is, on one line, cut.
asking_mail write_asking_mail(const std::vector<asked_act>& acts, const std::string& zone);

}  // namespace pulse::domain
