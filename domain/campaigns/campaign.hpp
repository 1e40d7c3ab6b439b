// A campaign: posts, rules and a goal between two days.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

namespace pulse::domain::campaigns {

enum class campaign_state : std::uint8_t {
  draft,      // being prepared: its rules do not run
  active,     // its rules run
  paused,     // its rules do not run until it is activated again; scheduled posts stay scheduled
  completed,  // over: its rules no longer run (final)
};
BOOST_DESCRIBE_ENUM(campaign_state, draft, active, paused, completed)

/// The commands that a person may give a campaign.
enum class campaign_command : std::uint8_t { activate, pause, complete };
BOOST_DESCRIBE_ENUM(campaign_command, activate, pause, complete)

/// The state after the command; nothing when it cannot be given in this state. A command that changes nothing is
/// allowed: the same button pressed twice is no mistake.
constexpr std::optional<campaign_state> state_after(campaign_state before, campaign_command command) {
  if (before == campaign_state::completed) {
    if (command == campaign_command::complete) return before;
    return std::nullopt;
  }
  switch (command) {
    case campaign_command::activate: return campaign_state::active;
    case campaign_command::complete: return campaign_state::completed;
    case campaign_command::pause:
      if (before == campaign_state::draft) return std::nullopt;
      return campaign_state::paused;
  }
  return std::nullopt;
}

/// Bytes of one UTM value.
inline constexpr std::size_t most_utm_bytes = 200;

/// The UTM fields for the links of a campaign's posts (`utm_source=…`). Empty ones are left out.
struct utm_fields {
  std::string source;
  std::string medium;
  std::string campaign;
  std::string term;
  std::string content;

  friend bool operator==(const utm_fields&, const utm_fields&) = default;
};
BOOST_DESCRIBE_STRUCT(utm_fields, (), (source, medium, campaign, term, content))

/// The text with the fields on each of its http and https links. A link that has a field already keeps its own;
/// fragments stay last.
std::string with_utm(std::string_view text, const utm_fields& fields);

}  // namespace pulse::domain::campaigns
