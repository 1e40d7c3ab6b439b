// The authorization server of one platform: its pages, codes and tokens (RFC 6749, RFC 7636).
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "http/server/message.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox {

enum class client_auth { in_body, basic };
enum class proof_rule { none, s256, hex_s256 };

/// The rules of one platform's authorization server. Its app is the one that Pulse uses with SANDBOX_URL.
struct desk_rules {
  std::string platform;  // shown to people: "X"
  std::string authorize_path;
  std::string token_path;
  std::string client_id;
  std::string client_secret;
  std::string id_name = "client_id";
  client_auth how = client_auth::in_body;
  proof_rule proof = proof_rule::none;
  std::chrono::seconds code_life{60};
  std::chrono::seconds access_life{7'200};
  std::chrono::seconds refresh_life{0};  // 0: no refresh tokens
  bool rotates = true;                   // a refresh token works once
  std::string revoke_path{};             // empty: tokens cannot be revoked
  bool asks_nonce = false;               // every request needs a nonce (OpenID Connect)
};

/// A person for whom the app may ask to act.
struct desk_user {
  std::string id;
  std::string name;
};

/// The result of a call for tokens.
struct desk_grant {
  http::server::response response;
  bool is_granted = false;
  std::string user_id;
  std::string access_hash;  // token_hash of the new access token
  std::string scope;
  std::string nonce;           // of the request that led to the code
  boost::json::object record;  // for `restore`
};

/// Lives on the sandbox's one thread.
class oauth_desk {
 public:
  explicit oauth_desk(desk_rules rules) : rules_(std::move(rules)) {}

  bool owns(std::string_view path) const {
    return path == rules_.authorize_path || path == rules_.token_path || is_revocation(path);
  }
  bool is_revocation(std::string_view path) const { return !rules_.revoke_path.empty() && path == rules_.revoke_path; }
  bool is_token_call(std::string_view path) const { return path == rules_.token_path; }

  /// A page with a button for each user and one to refuse; a redirect after a button was pressed (`decision` and `user`
  /// in the query). A wrong client or redirect address gets an error page without a redirect.
  http::server::response authorize(const http::server::request& request, const std::vector<desk_user>& users,
                                   base::timestamp now);

  /// Exchanges a code or a refresh token, with strict checks: client, redirect, proof, single use, expiry. Reuse of a
  /// refresh token ends the whole grant.
  desk_grant token(const http::server::request& request, base::timestamp now);

  /// Revokes a token (RFC 7009): `user_id` is the owner of a refresh token; `access_hash` the hash of an access token.
  desk_grant revoke(const http::server::request& request);

  /// The same on `users_by_token` (by hash), with an answer: a refresh token takes all tokens of its user along.
  verdict revoke_among(const http::server::request& request, std::map<std::string, std::string>& users_by_token);

  /// Makes a grant without a call, for platforms with their own ways of exchange.
  desk_grant issue(const std::string& user_id, const std::string& scope, std::chrono::seconds life,
                   base::timestamp now);

  /// Whether these are the app's id and secret.
  bool is_client(const std::string& id, const std::string& secret) const {
    return id == rules_.client_id && secret == rules_.client_secret;
  }

  /// The user and the scope of a code, which is used up; nothing if it is wrong.
  struct spent_code {
    std::string user_id;
    std::string scope;
  };
  std::optional<spent_code> spend(const std::string& code, const std::string& redirect_uri, base::timestamp now);
  /// The same; also nothing if `verifier` does not match the code's challenge.
  std::optional<spent_code> spend_with_proof(const std::string& code, const std::string& redirect_uri,
                                             const std::string& verifier, base::timestamp now);

  void restore(const boost::json::object& record);

 private:
  struct issued_code {
    std::string user_id;
    std::string redirect_uri;
    std::string challenge;
    std::string scope;
    std::string nonce;
    base::timestamp until;
  };
  struct issued_refresh {
    std::string user_id;
    std::string scope;
    bool is_used = false;
    bool is_dead = false;
  };

  /// Nothing if the app's credentials are right.
  std::optional<desk_grant> refuse_client(const http::server::request& request,
                                          const std::map<std::string, std::string>& form) const;
  desk_grant exchange_code(const std::map<std::string, std::string>& form, base::timestamp now);
  desk_grant exchange_refresh(const std::map<std::string, std::string>& form, base::timestamp now);
  bool proves(const issued_code& code, const std::string& verifier) const;

  const desk_rules rules_;
  std::map<std::string, issued_code> codes_;
  std::map<std::string, issued_refresh> refreshes_;  // by hash
};

}  // namespace pulse::sandbox
