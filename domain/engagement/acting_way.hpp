// By which way an act reaches LinkedIn: the official API first, and else the member's own session in a browser, where
// operator and member both want that.
#pragma once

#include <optional>
#include <string_view>

#include <boost/describe.hpp>

namespace pulse::domain {

enum class act_way { api, browser };
BOOST_DESCRIBE_ENUM(act_way, api, browser)

/// What is open to a member at this moment.
struct open_ways {
  bool has_account = false;          // of their own at LinkedIn, connected and in order
  bool has_permission = false;       // that account's: to like and to comment
  bool has_session = false;          // they have switched the browser on, and its session is valid
  bool is_browser_operated = false;  // the operator has switched it on, and the machine has what it takes
};

/// The API wherever it may be used. An account without the permission is still used where there is no session: LinkedIn
/// says what it lacks. None: the act waits for its member.
std::optional<act_way> choose_way(const open_ways& of);

/// Whether a token with this scope may like and comment; one of which LinkedIn told no scope may.
bool may_engage(std::string_view scope);

/// As the end of "The like goes out …": "by LinkedIn's API".
std::string_view words_of(act_way way);

}  // namespace pulse::domain
