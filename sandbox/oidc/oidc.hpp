// The stand-in for a company's own identity provider: OpenID Connect with discovery, key rotation, and pages to click
// through.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sandbox/core/id_tokens.hpp"
#include "sandbox/core/oauth_desk.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::oidc {

/// Served below /oidc/; that address is its issuer. Strict: the app's secret by Basic, a proof key, a nonce in every
/// sign-in, and codes that work once within a minute. Its people are the demo company's owner, a new person, and one
/// with an unverified address.
class oidc_platform final : public platform {
 public:
  oidc_platform();

  std::string_view name() const override { return "oidc"; }
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  http::server::response failure(int status) const override;

  /// `{"user_id": "7", "name": "Jane", "email": "jane@example.com", "email_verified": true}`.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  /// `{"rotate_keys": true}`: new keys from now on. `{"claims": {"aud": "another"}}`: claims to replace in the next
  /// tokens.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object&, base::timestamp) override {}
  boost::json::object state() const override;

 private:
  struct person {
    std::string name;
    std::string email;
    bool is_verified = true;
  };

  boost::json::object document(const std::string& issuer) const;
  verdict give_tokens(const http::server::request& request, const std::string& issuer, base::timestamp now);
  boost::json::object claims_of(const std::string& id) const;

  std::map<std::string, person> people_;                // by sub
  std::map<std::string, std::string> people_by_token_;  // by the token's hash
  boost::json::object instead_;
  id_tokens tokens_;
  oauth_desk desk_;
};

}  // namespace pulse::sandbox::oidc
