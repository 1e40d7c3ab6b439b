// What a platform is to Pulse: its one description, from which rules, API, settings and documentation are made.
//
// A platform's description lies in its own folder, connectors/NAME/description.cpp, and belongs to this room: it holds
// values and includes nothing but domain and base.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "domain/budgets/throttle.hpp"
#include "domain/platforms/channel_type.hpp"
#include "domain/platforms/media.hpp"
#include "domain/platforms/oauth.hpp"
#include "domain/platforms/post_option.hpp"
#include "domain/platforms/setting.hpp"
#include "domain/platforms/text_rules.hpp"

namespace pulse::domain {

/// The possible actions on a publication. Each is a role that the platform's connector implements (connectors/roles).
struct abilities {
  bool can_list = false;
  bool can_edit = false;
  bool can_delete = false;
  bool can_measure = false;  // likes, comments, shares, views are told
};
BOOST_DESCRIBE_STRUCT(abilities, (), (can_list, can_edit, can_delete, can_measure))

/// One platform, described once.
struct platform {
  channel_type type{};
  std::string_view name{};          // the word of the API, SQL and the folder: "x"
  std::string_view display_name{};  // as people know it: "X"
  bool needs_account = true;        // whether a channel publishes as an account at the platform
  bool has_app = true;              // whether all accounts are called through one app of this installation
  text_rules text{};
  media_rules media{};
  abilities can{};
  /// Publish calls that an account may make, and that all accounts together may make through this installation's app;
  /// none: nothing documented.
  rate account_rate{};
  std::optional<rate> app_rate = std::nullopt;
  std::vector<post_option> options{};  // what is chosen with a post
  std::vector<platform_setting> settings{};
  std::optional<oauth_provider> oauth = std::nullopt;  // none: no account, or one that is handed over by hand
};

/// All platforms, in the order in which people see them.
std::span<const platform> platforms();

/// The description of `type`.
const platform& platform_of(channel_type type);

/// Adds a platform that the program's list does not name. Its `type` must be a value that no other platform has. Only
/// while the program starts, before anything reads the list; not thread-safe.
void add_platform(platform added);

}  // namespace pulse::domain
