// The stand-in for LinkedIn: a member's posts, images and own profile.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/core/id_tokens.hpp"
#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/linkedin/content.hpp"
#include "sandbox/linkedin/films.hpp"
#include "sandbox/linkedin/limits.hpp"
#include "sandbox/linkedin/organizations.hpp"
#include "sandbox/linkedin/social.hpp"
#include "sandbox/linkedin/web_login.hpp"
#include "sandbox/linkedin/web_posts.hpp"

namespace pulse::sandbox::linkedin {

/// Strict about client errors: unknown tokens and fields, missing and retired versions, texts that are unescaped, too
/// long, blank or duplicate, images never uploaded, URNs without percent-encoding, and requests beyond the daily quotas
/// are refused as by LinkedIn. Tokens are members' own, and list only posts of organizations that the member
/// administers.
class linkedin_platform final : public platform {
 public:
  std::string_view name() const override { return "linkedin"; }
  bool owns(std::string_view path) const override;
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  void process_next(processing how) override {
    next_image_fails_ = how.fails;
    next_ = how;
  }
  http::server::response failure(int status) const override;

  /// `{"user_id": "782bbtaQ", "name": "John Doe"}`, where the user id is the `sub`; `username` is ignored. One member
  /// may have several tokens. `"organization": "2414183/halden-bikes"` makes them an administrator of that page. With
  /// `"email"`, `"password"` and `"code"` they can sign in at the site in a browser. With `"site": true` the token is
  /// the li_at of a session there, not for the API.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  /// `{"posts": {"limit": 150}, "images": {"limit": 150}, "app": {"limit": 100000}, "duplicates": {"window_s": 3600}}`;
  /// `site` as `web_posts::show`.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  verdict connect(const http::server::request& request, base::timestamp now);
  verdict sign_in_document(const http::server::request& request);
  std::string sign_id_token(const http::server::request& request, boost::json::object claims, base::timestamp now);
  boost::json::object claims_of(const std::string& member, bool with_email) const;
  verdict answer_rest(const http::server::request& request, const std::string& member, base::timestamp now);
  verdict create_post(const http::server::request& request, const std::string& member, base::timestamp now);
  verdict read_post(const std::string& urn, const http::server::request& request, const std::string& member) const;
  verdict remove_post(const std::string& urn, const std::string& member);
  verdict edit_post(const std::string& urn, const http::server::request& request, const std::string& member);
  verdict count_post(const std::string& urn, const http::server::request& request, const std::string& member) const;
  verdict begin_image(const http::server::request& request, const std::string& member, base::timestamp now);
  verdict take_image(const http::server::request& request, const std::string& member);
  verdict answer_films(const http::server::request& request, const std::string& member, base::timestamp now);
  /// The mark of a picture or film that a post may show; empty if it may not.
  std::string mark_of(const std::string& urn, const std::string& owner, base::timestamp now);
  verdict profile(const http::server::request& request, const std::string& member) const;

  std::map<std::string, std::string> members_by_token_;  // the token's hash → sub
  std::map<std::string, std::string> names_;             // by sub
  std::map<std::string, bool> tells_email_;              // by the token's hash: whether the scope was granted
  id_tokens id_tokens_;
  content_store content_;
  daily_limits limits_;
  social_store social_;
  organization_store organizations_;
  std::chrono::seconds duplicate_window_{3600};
  bool next_image_fails_ = false;
  std::optional<processing> next_;  // for a film
  film_store films_;
  web_login site_;
  web_posts site_posts_{site_, social_};
  oauth_desk desk_{{.platform = "LinkedIn",
                    .authorize_path = "/oauth/v2/authorization",
                    .token_path = "/oauth/v2/accessToken",
                    .client_id = "sandbox-linkedin-app",
                    .client_secret = "sandbox-linkedin-secret",
                    .code_life = std::chrono::minutes{30},
                    .access_life = std::chrono::hours{24 * 60},
                    .revoke_path = "/oauth/v2/revoke"}};
};

}  // namespace pulse::sandbox::linkedin
