// The page of a post on LinkedIn's site for a signed-in member: the reaction button, the comment box, the comments, and
// the calls of this page. It writes to the same store as the API.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/linkedin/social.hpp"
#include "sandbox/linkedin/web_login.hpp"

namespace pulse::sandbox::linkedin {

/// Strict where browsers and scripts differ: a missing cookie leads to the sign-in and deletes the cookie, and a call
/// must have the token of its page's cookie.
class web_posts {
 public:
  web_posts(web_login& people, social_store& social) : people_{people}, social_{social} {}

  /// Only below /linkedin/, like the sign-in.
  static bool owns(std::string_view path);
  verdict answer(const http::server::request& request, base::timestamp now);

  /// `{"of": a member's sub or a post's URN, "shows": …}`: `checkpoint` (a puzzle before every page), `signed_out`
  /// (ends their sessions once), `no_comments`, `refused_comments` (comments from the box are refused), `gone`,
  /// `other_language`; `""`: as usual.
  complaint show(const boost::json::object& command);

 private:
  verdict show_post(const http::server::request& request, const std::string& urn) const;
  verdict react(const http::server::request& request, const std::string& member, base::timestamp now);
  verdict comment(const http::server::request& request, const std::string& member, base::timestamp now);
  verdict more_comments(const http::server::request& request, const std::string& member) const;
  std::string shown_to(const std::string& member, const std::string& urn) const;
  std::string comments_html(const std::string& member, const std::string& urn, std::size_t from) const;

  web_login& people_;
  social_store& social_;
  std::map<std::string, std::string> shows_;
};

}  // namespace pulse::sandbox::linkedin
