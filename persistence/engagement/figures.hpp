// What a company's people did under posts of tracked pages, counted: by member, team, page and week.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::engagements {

/// Acts of one member, team, page or week. An act belongs to the time that it was planned for.
struct engagement_tally {
  std::string key;   // the id; of a week its Monday, "2026-11-30"; empty: of no team
  std::string name;  // of a week empty
  std::int64_t planned = 0;
  std::int64_t completed = 0;
  std::int64_t likes = 0;     // of the completed
  std::int64_t comments = 0;  // likewise
  std::int64_t waiting = 0;   // for their member's word
  std::int64_t skipped = 0;
  std::int64_t expired = 0;
  std::int64_t failed = 0;
  std::int64_t posts = 0;                          // under which something was planned
  std::optional<double> median_first_act_seconds;  // from a post's publication to the first act under it
};
BOOST_DESCRIBE_STRUCT(engagement_tally, (),
                      (key, name, planned, completed, likes, comments, waiting, skipped, expired, failed, posts,
                       median_first_act_seconds))

/// The most that a list of tallies has: who and what did most comes first.
inline constexpr std::int64_t most_tallies = 200;

struct engagement_figures {
  base::timestamp since;
  engagement_tally total;
  std::vector<engagement_tally> by_member;  // who did most first, at most 200
  std::vector<engagement_tally> by_team;    // likewise; members of no team under an empty key
  std::vector<engagement_tally> by_page;    // likewise
  std::vector<engagement_tally> by_week;    // of UTC, in order; weeks without a plan are left out
};
BOOST_DESCRIBE_STRUCT(engagement_figures, (), (since, total, by_member, by_team, by_page, by_week))

/// Acts that were planned for `since` or later and before `until`.
engagement_figures count(transaction& tx, base::timestamp since, base::timestamp until);

/// One line of who did most.
struct leader {
  base::uuid member_id;
  std::string name;
  std::int64_t completed = 0;
  std::int64_t likes = 0;
  std::int64_t comments = 0;
};
BOOST_DESCRIBE_STRUCT(leader, (), (member_id, name, completed, likes, comments))

/// Members on the list of who did most.
inline constexpr std::int64_t most_leaders = 50;

/// Active members with what they completed since then, who did most first; at most `most_leaders`.
bound_query<leader> list_leaders(base::timestamp since);

/// Whether the company has a list of who did most.
bool has_leaderboard(transaction& tx);

void set_leaderboard(transaction& tx, bool is_on);

}  // namespace pulse::persistence::engagements
