// The stand-in for X: creating, reading and deleting posts, a user's timeline, the own profile.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/x/limits.hpp"
#include "sandbox/x/media.hpp"
#include "sandbox/x/posts.hpp"
#include "sandbox/x/uploads.hpp"

namespace pulse::sandbox::x {

/// Strict about client errors: unknown tokens, fields and parameters, texts that are too long or duplicate, and
/// requests beyond the limits are refused as by X.
class x_platform final : public platform {
 public:
  std::string_view name() const override { return "x"; }
  bool owns(std::string_view path) const override {
    return path == "/2" || path.starts_with("/2/") || desk_.owns(path);
  }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  http::server::response failure(int status) const override;
  void process_next(processing how) override { next_ = how; }

  /// `{"user_id": "42", "username": "acme", "name": "Acme"}`; one user may have several tokens.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  /// `{"create": {"limit": 100, "window_s": 900}, …}` for create, read, list, me, remove, upload, metadata and
  /// app_create.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object& record, base::timestamp at) override;
  boost::json::object state() const override;

 private:
  struct user {
    std::string id;
    std::string username;
    std::string name;
  };

  /// The call of a request, with the id in its path; no call if X has none for it.
  struct route {
    std::optional<call> which;
    std::string id;
    bool wrong_method = false;
  };
  static route route_of(const http::server::request& request);

  verdict connect(const http::server::request& request, base::timestamp now);
  verdict carry_out(const route& to, const http::server::request& request, const user& by, base::timestamp now);
  verdict create(const http::server::request& request, const user& by, base::timestamp now);
  verdict read(const std::string& id, const http::server::request& request) const;
  verdict list(const std::string& user_id, const http::server::request& request) const;
  verdict me(const user& by) const;
  verdict remove(const std::string& id, const user& by);
  verdict upload(const http::server::request& request, const user& by, base::timestamp now);
  verdict describe(const http::server::request& request, const user& by, base::timestamp now);
  verdict begin_upload(const http::server::request& request, const user& by);
  verdict append(const std::string& id, const http::server::request& request, const user& by, base::timestamp now);
  verdict finalize(const std::string& id, const user& by, base::timestamp now);
  verdict status(const http::server::request& request, const user& by, base::timestamp now);

  std::map<std::string, std::string> users_by_token_;  // the token's hash → user id
  std::map<std::string, user> users_;
  post_store posts_;
  media_store media_;
  std::map<std::string, open_upload> uploads_;
  struct processed {
    base::timestamp until;
    bool fails = false;
  };
  std::map<std::string, processed> processing_;
  std::optional<processing> next_;
  oauth_desk desk_{{.platform = "X",
                    .authorize_path = "/i/oauth2/authorize",
                    .token_path = "/2/oauth2/token",
                    .client_id = "sandbox-x-app",
                    .client_secret = "sandbox-x-secret",
                    .how = client_auth::basic,
                    .proof = proof_rule::s256,
                    .code_life = std::chrono::seconds{30},
                    .access_life = std::chrono::hours{2},
                    .refresh_life = std::chrono::hours{24 * 180},
                    .revoke_path = "/2/oauth2/revoke"}};
  rate_limits limits_;
};

}  // namespace pulse::sandbox::x
