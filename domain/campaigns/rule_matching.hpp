// Matches rules with events: whether an event is what a rule waits for, and whether the rule's conditions hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/rule.hpp"
#include "domain/events/kind.hpp"
#include "domain/publishing/post.hpp"

namespace pulse::domain::campaigns {

/// Maximum depth of rules that trigger each other.
inline constexpr int most_depth = 5;

/// The event, as far as rules can ask about it. For a scheduled run only `at` is set.
struct occurrence {
  std::optional<trigger_event> event = std::nullopt;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id = std::nullopt;  // that it belongs to
  base::timestamp at;
  std::vector<channel_type> channel_types = {};  // on which it happened
  std::vector<std::string> labels = {};
  std::string title = {};
  std::string text = {};
  std::optional<std::int64_t> late_by_seconds = std::nullopt;
  /// The chain of rules whose runs led to it, in order; empty: a person did it.
  std::vector<base::uuid> origin = {};
};

/// The trigger that an event of the stream sets off, given what its post has come to: a post's events tell of one
/// delivery each, and what rules wait for is the post. Nothing: no rule waits for it.
std::optional<trigger_event> trigger_of(event_kind kind, std::optional<post_state> post);

/// The kinds of events that can trigger a rule.
const std::vector<event_kind>& kinds_that_trigger();

enum class condition : std::uint8_t { channel_types, labels, text_contains, late_by_seconds, week_days, hours };
BOOST_DESCRIBE_ENUM(condition, channel_types, labels, text_contains, late_by_seconds, week_days, hours)

/// The first condition that does not hold; nothing when all do.
std::optional<condition> unmet(const rule_conditions& of, const occurrence& about, const zone_clock& zone);

/// The part of a rule that decides whether an event concerns it.
struct listening_rule {
  base::uuid id;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id = std::nullopt;  // it hears of this campaign only
  rule_trigger trigger = {};
  rule_conditions conditions = {};
};

enum class hearing_kind : std::uint8_t {
  not_for_it,  // it waits for something else
  unmet,       // a condition does not hold
  run,
  circle,    // a run of the rule itself led to this: it does not run
  too_deep,  // too many rules have led to this: it does not run
};
BOOST_DESCRIBE_ENUM(hearing_kind, not_for_it, unmet, run, circle, too_deep)

struct hearing {
  hearing_kind kind = hearing_kind::not_for_it;
  std::optional<condition> unmet = std::nullopt;
};

hearing hear(const listening_rule& rule, const occurrence& about, const zone_clock& zone);

/// What a rule waits for and what it causes, as far as its definition tells.
struct rule_reach {
  base::uuid id;
  std::string name = {};
  base::uuid project_id;
  std::optional<base::uuid> campaign_id = std::nullopt;
  rule_trigger trigger = {};
  rule_conditions conditions = {};
  rule_action action = {};
  std::vector<channel_type> action_channels = {};  // the types of the channels that its action names or means
};

/// The cycle of rules through which `from` would trigger itself, beginning and ending with it; empty if the definitions
/// show none. A cycle that only shows when the rules run is stopped there (`hear`). A rule that writes drafts triggers
/// nothing.
std::vector<base::uuid> find_circle(const rule_reach& from, const std::vector<rule_reach>& others);

}  // namespace pulse::domain::campaigns
