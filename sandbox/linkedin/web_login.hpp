// LinkedIn's site as a browser sees it: the sign-in form, the code, the session's cookies.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::linkedin {

/// A person who can sign in here.
struct web_person {
  std::string password;
  std::string code;  // empty: none is required
  std::string
      challenge;  // "captcha": they are shown a puzzle; "elsewhere": they are sent to another host; empty: neither
  std::string user_id;  // the same member's sub in the API
};

/// Strict where browsers and scripts differ: the form's token must match its cookie, and a challenge must match its
/// page.
class web_login {
 public:
  web_login();

  /// Only below /linkedin/, because paths such as /login belong to no platform.
  static bool owns(std::string_view path);
  verdict answer(const http::server::request& request, base::timestamp now);

  void add(const std::string& email, web_person person) { people_[email] = std::move(person); }
  /// Opens a session without a sign-in, by the hash of its li_at.
  void open_session(const std::string& hash, const std::string& user_id) { by_cookie_[hash] = {"", user_id}; }
  /// Makes their cookies invalid.
  void end_sessions(const std::string& user_id);
  /// The sub of the member whose cookie the request has; empty if nobody is signed in.
  std::string member_of(const http::server::request& request) const;
  boost::json::array sessions() const;

 private:
  verdict show_form(const http::server::request& request) const;
  verdict take_form(const http::server::request& request, base::timestamp now);
  verdict check_code(const http::server::request& request, base::timestamp now);
  verdict grant_session(const std::string& email);
  verdict show_feed(const http::server::request& request) const;

  struct challenge {
    std::string email;
    base::timestamp until;
    int wrong = 0;
  };
  std::map<std::string, web_person> people_;     // by e-mail address
  std::map<std::string, challenge> challenges_;  // by the id in its page
  struct session {
    std::string email;
    std::string user_id;
  };
  std::map<std::string, session> by_cookie_;  // by the hash of li_at
};

}  // namespace pulse::sandbox::linkedin
