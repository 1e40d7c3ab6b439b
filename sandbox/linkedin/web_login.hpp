// LinkedIn's site as a person's browser sees it: the form to sign in, the code, the session's cookies. No page shows anything else.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::linkedin {

/// Who can sign in here.
struct web_person {
  std::string password;
  std::string code;  // empty: none is asked for
  std::string
      challenge;  // "captcha": they are shown a puzzle; "elsewhere": they are sent to another host; empty: neither
};

/// Strict where a browser is told from a script: the form's token must be the one of its cookie, and a challenge that of its page.
class web_login {
 public:
  web_login();

  /// Below /linkedin/ alone, because paths such as /login are no platform's own.
  static bool owns(std::string_view path);
  verdict answer(const http::server::request& asked, base::timestamp now);

  void add(const std::string& email, web_person person) { people_[email] = std::move(person); }
  boost::json::array sessions() const;

 private:
  verdict show_form(const http::server::request& asked) const;
  verdict take_form(const http::server::request& asked, base::timestamp now);
  verdict take_code(const http::server::request& asked, base::timestamp now);
  verdict let_in(const std::string& email);
  verdict show_feed(const http::server::request& asked) const;

  struct challenge {
    std::string email;
    base::timestamp until;
    int wrong = 0;
  };
  std::map<std::string, web_person> people_;      // by e-mail address
  std::map<std::string, challenge> challenges_;   // by what its page carries
  std::map<std::string, std::string> by_cookie_;  // the hash of li_at → the e-mail address
};

}  // namespace pulse::sandbox::linkedin
