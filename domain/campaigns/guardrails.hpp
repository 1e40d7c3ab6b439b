// A project's guardrails: posts a day, quiet hours, blackout dates, forbidden phrases, topics that must not come again,
// approval. The same for content of rules, for the API and for the simulation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/calendar/local_time.hpp"

namespace pulse::domain::campaigns {

/// How many days ahead a time is searched that the guardrails allow.
inline constexpr int most_days_moved = 60;
inline constexpr std::size_t most_blackouts = 100;
inline constexpr std::size_t most_forbidden_phrases = 500;
inline constexpr int most_duplicate_days = 365;

/// Nothing goes out between these times of day, in the project's zone. `from` after `to` spans midnight; equal means
/// never quiet.
struct quiet_hours {
  int from_minute = 0;  // of the day: 0 to 1439
  int to_minute = 0;

  friend bool operator==(const quiet_hours&, const quiet_hours&) = default;
};
BOOST_DESCRIBE_STRUCT(quiet_hours, (), (from_minute, to_minute))

/// Days on which nothing goes out, both included, in the project's zone. Written as 2026-12-24.
struct blackout {
  std::string first_day;
  std::string last_day;
  std::string reason;

  friend bool operator==(const blackout&, const blackout&) = default;
};
BOOST_DESCRIBE_STRUCT(blackout, (), (first_day, last_day, reason))

/// A project's settings. A guardrail that is left out is not in force.
struct guardrails {
  std::optional<int> most_posts_a_day = std::nullopt;           // of the project
  std::optional<int> most_channel_posts_a_day = std::nullopt;   // on one channel
  std::optional<int> most_campaign_posts_a_day = std::nullopt;  // of one campaign
  std::optional<campaigns::quiet_hours> quiet_hours = std::nullopt;
  std::vector<blackout> blackouts = {};
  std::optional<int> duplicate_topic_days = std::nullopt;  // how long a topic must not come again
  int duplicate_percent = 80;                              // from which similarity on two texts have one topic
  std::vector<std::string> forbidden_phrases = {};
  bool needs_approval = false;  // a person must have approved what a rule makes
  bool binds_people = false;    // also what people schedule
};
BOOST_DESCRIBE_STRUCT(guardrails, (),
                      (most_posts_a_day, most_channel_posts_a_day, most_campaign_posts_a_day, quiet_hours, blackouts,
                       duplicate_topic_days, duplicate_percent, forbidden_phrases, needs_approval, binds_people))

/// A day written as 2026-12-24; nothing if the calendar has no such day.
std::optional<date::local_days> day_of(const std::string& text);

/// Why the guardrails cannot be as they are: a JSON pointer into them, and the end of a sentence.
struct guardrail_mistake {
  std::string pointer;
  std::string problem;
};
std::optional<guardrail_mistake> check(const guardrails& settings);

enum class guardrail : std::uint8_t {
  project_posts_a_day,
  channel_posts_a_day,
  campaign_posts_a_day,
  quiet_hours,
  blackout,
  duplicate_topic,
  forbidden_phrase,
  approval,
};
BOOST_DESCRIBE_ENUM(guardrail, project_posts_a_day, channel_posts_a_day, campaign_posts_a_day, quiet_hours, blackout,
                    duplicate_topic, forbidden_phrase, approval)

enum class verdict_kind : std::uint8_t {
  allow,
  move_to,         // it may go out, at another time
  needs_approval,  // a person must approve it first
  block,           // it must not go out
};
BOOST_DESCRIBE_ENUM(verdict_kind, allow, move_to, needs_approval, block)

/// The verdict of one guardrail, with the figures by which it decided.
struct verdict {
  guardrail by = guardrail::approval;
  verdict_kind kind = verdict_kind::allow;
  std::optional<base::timestamp> at = std::nullopt;  // move_to: when
  std::optional<int> limit = std::nullopt;           // a day's posts, or the percent from which a topic is the same
  std::optional<int> found = std::nullopt;           // so many posts that day, or so many percent alike
  std::optional<std::string> what = std::nullopt;    // the phrase, the blackout's reason
  std::optional<base::uuid> similar_post_id = std::nullopt;
  std::string sentence = {};
};
BOOST_DESCRIBE_STRUCT(verdict, (), (by, kind, at, limit, found, what, similar_post_id, sentence))

/// A post that counts against a day: planned, on its way or out.
struct counted_post {
  base::timestamp at;
  std::vector<base::uuid> channel_ids = {};
  std::optional<base::uuid> campaign_id = std::nullopt;
};

/// A post within `duplicate_topic_days` of the time in question, with its similarity to the text.
struct similar_text {
  base::uuid post_id;
  int percent = 0;
  std::string name = {};  // as people know it; see name_of_post
};

/// How people know a post: its title, or how its text begins; on one line.
std::string name_of_post(std::string_view title, std::string_view text);

/// The text and time to be judged.
struct guardrail_question {
  std::string text;
  base::timestamp at;  // when it is to go out
  std::vector<base::uuid> channel_ids = {};
  std::optional<base::uuid> campaign_id = std::nullopt;
  bool is_approved = false;
  std::vector<counted_post> others = {};       // around the days in question
  std::span<const counted_post> planned = {};  // more of them, in the order of their times: who asks often keeps them
  std::optional<similar_text> most_similar = std::nullopt;
};

struct judgement {
  verdict_kind kind = verdict_kind::allow;  // the strictest of all
  base::timestamp at;                       // when it may go out, where it may
  std::vector<verdict> verdicts = {};       // of the guardrails that had something to say
};

/// Judges it. A time is moved forward, never back; if none is allowed within `most_days_moved`, it is blocked.
judgement judge(const guardrails& settings, const guardrail_question& question, const zone_clock& zone);

/// The verdicts about text and approval only: for an edit that keeps the time.
judgement about_words(judgement from);

/// The sentences of the strictest verdicts, one after the other.
std::string sentences_of(const judgement& from);

}  // namespace pulse::domain::campaigns
