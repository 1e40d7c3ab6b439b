// How a member is asked by mail or chat to confirm: what would go out in their name, when, and a link for each act.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/describe.hpp>

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

/// Chats that take messages at an address of their own.
enum class chat_kind { slack, teams, discord };
BOOST_DESCRIBE_ENUM(chat_kind, slack, teams, discord)

/// A part of a message, with at most one link.
struct chat_part {
  std::string text;  // lines
  std::string link;  // may be empty
  std::string link_title;
};
BOOST_DESCRIBE_STRUCT(chat_part, (), (text, link, link_title))

/// The text of a chat message; none of it is markup.
struct chat_message {
  std::string title;  // one line
  std::vector<chat_part> parts;
};
BOOST_DESCRIBE_STRUCT(chat_message, (), (title, parts))

/// Acts that one mail asks about.
inline constexpr int most_asked_acts = 10;

/// `zone` is the member's, an IANA name. Nothing of it is markup: what a page posted stands there as it is, on one
/// line, cut.
asking_mail write_asking_mail(const std::vector<asked_act>& acts, const std::string& zone);
/// The same for a chat that is the member's own.
chat_message write_asking_chat(const std::vector<asked_act>& acts, const std::string& zone);

/// A post under which acts wait.
struct post_with_waiting {
  std::string page_name;
  std::string post_title;  // may be empty
  std::int64_t acts = 0;
  std::int64_t members = 0;
};

/// For a chat of the company: how many acts wait under which posts. Names nobody; `queue` leads to the page where each
/// member, signed in, finds their own.
chat_message write_company_chat(const std::vector<post_with_waiting>& posts, const std::string& queue);

}  // namespace pulse::domain
