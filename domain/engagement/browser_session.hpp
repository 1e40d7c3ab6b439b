// Acting through a browser with the cookies of a member's session at LinkedIn: what it risks, how long it lasts, and
// what becomes of a sign-in that Pulse helps with. Off unless operator and member both switch it on.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <boost/describe.hpp>

namespace pulse::domain::engagement {

/// The state of an assisted sign-in. The last two are final.
enum class login_state { starting, needs_code, checking, connected, failed };
BOOST_DESCRIBE_ENUM(login_state, starting, needs_code, checking, connected, failed)

constexpr bool is_over(login_state value) { return value == login_state::connected || value == login_state::failed; }

/// Why a sign-in failed; the first eight are words of browser_worker/.
enum class login_failure {
  wrong_password,
  code_too_late,
  too_many_codes,
  asks_person,
  left_site,
  timed_out,
  no_browser,
  unexpected,
  too_much_memory,
  withdrawn,
};
BOOST_DESCRIBE_ENUM(login_failure, wrong_password, code_too_late, too_many_codes, asks_person, left_site, timed_out,
                    no_browser, unexpected, too_much_memory, withdrawn)

/// For the member: what happened, and what they can do.
std::string_view sentence(login_failure value);

/// Time limit of a sign-in from the form to the cookies, the member's time for the code included.
inline constexpr std::chrono::minutes login_time_max{5};
/// Time limit for the member to enter the code.
inline constexpr std::chrono::minutes code_time_max{3};
/// Time limit of one page.
inline constexpr std::chrono::seconds page_time_max{30};
/// Codes that may be tried; LinkedIn may allow fewer.
inline constexpr int codes_max = 3;
/// Sign-ins that a member may begin in an hour: LinkedIn locks accounts whose password is guessed.
inline constexpr std::int64_t logins_an_hour = 5;
/// Sign-ins that one process drives at a time; a company has one.
inline constexpr int logins_at_once = 2;
/// Memory that the browser of one sign-in and its worker may use, without what their processes share.
inline constexpr std::int64_t login_memory_max = 1'024LL * 1'024 * 1'024;
/// Cookies are removed after this, whatever expiry LinkedIn gives them.
inline constexpr std::chrono::days session_term{30};

/// What a member must know before they switch it on.
inline constexpr std::string_view browser_risks =
    "LinkedIn's terms forbid acting through a browser that a program drives, and LinkedIn may restrict or close the "
    "account. Where no account of yours is connected, or it may not like and comment, your likes and comments go this "
    "way, under the same rules as all others. Whoever has a session's cookies can do everything "
    "on LinkedIn that you can. Pulse seals them, shows them "
    "to nobody, and removes them when you say so, when you leave, and after 30 days. Your password passes through "
    "Pulse once and is not kept. Pulse does not hide from LinkedIn that a program is at work.";

inline constexpr std::string_view browser_not_operated =
    "Acting through a browser with a session's cookies is against LinkedIn's terms and can cost the member their "
    "account. Whoever runs this service has not switched it on; likes and comments go through LinkedIn's API.";

inline constexpr std::string_view browser_not_wanted =
    "You have not switched on acting through a browser. Read what it risks, and switch it on first.";

}  // namespace pulse::domain::engagement
