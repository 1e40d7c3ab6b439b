// What the providers' OAuth flows share (RFC 6749, RFC 7636): challenges, the token call, and what its reply means.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "connectors/egress/egress.hpp"
#include "connectors/roles/authorize.hpp"
#include "connectors/roles/revoke.hpp"

namespace pulse::connectors {

using fields = std::vector<std::pair<std::string, std::string>>;

/// BASE64URL(SHA256(verifier)), RFC 7636 §4.2.
std::string challenge_of(std::string_view verifier);
/// The same hash in lower-case hexadecimal, as TikTok wants it.
std::string hex_challenge_of(std::string_view verifier);

/// "Basic …" of RFC 6749 §2.3.1: both parts form-encoded first.
std::string basic_authorization(const oauth_app& app);

/// `base` and the query.
std::string with_query(const std::string& base, const fields& query);

/// One authorization at a provider: requests one after the other, and one answer. Lives until it has called back.
class authorization_steps : public std::enable_shared_from_this<authorization_steps> {
 public:
  using answered = std::function<void(authorized<authorization>)>;

  authorization_steps(egress& client, const base::clock& clock, std::string provider_name, answered done)
      : client_(client), clock_(clock), provider_(std::move(provider_name)), done_(std::move(done)) {}
  virtual ~authorization_steps() = default;

 protected:
  using read_object = std::function<void(const boost::json::object&)>;

  /// POSTs a form for tokens and goes on with the reply's object; ends with what a refusal means.
  void ask_tokens(const std::string& url, const fields& form, std::vector<egress_header> headers, read_object then);
  /// GETs with a Bearer token, or without one when it is empty, and goes on with the reply's object. A refusal ends as
  /// `unfinished`.
  void get(const std::string& url, const std::string& token, std::vector<egress_header> headers, read_object then);

  void end(authorization got) { done_(std::move(got)); }
  void fail(authorization_failure::kind why, std::string reason) {
    done_(authorization_failure{why, std::move(reason)});
  }

  base::timestamp now() const { return clock_.now(); }
  const std::string& provider_name() const { return provider_; }
  authorization result_;
  trust address_ = trust::platform;  // who chose the provider's address

 private:
  egress& client_;
  const base::clock& clock_;
  const std::string provider_;
  const answered done_;
};

/// The tokens in a reply of a token call; nothing when it has no access token.
std::optional<grant> grant_in(const boost::json::object& reply, base::timestamp now);

/// A token call that refreshes: its reply becomes the new grant. What the reply leaves out stays as it was, but for the
/// expiry.
void refresh_with(egress& client, const base::clock& clock, const std::string& provider_name, egress_request request,
                  grant old, std::function<void(authorized<grant>)> done);

/// A call that revokes tokens (RFC 7009). A token that the provider does not know any more is revoked.
void revoke_with(egress& client, const std::string& provider_name, egress_request request,
                 std::function<void(revocation)> done);

/// The token that ends the others with it: the refresh token, where there is one.
const base::secret& longest_lived(const grant& of);

/// A form request for tokens.
egress_request token_request(const std::string& url, const fields& form, std::vector<egress_header> headers);

/// The failure of a token call (RFC 6749 §5.2).
authorization_failure failure_of(const egress_reply& reply, const std::string& provider_name);

/// A string, or a number as its digits: ids arrive as either.
std::string id_at(const boost::json::object& object, std::string_view name);

}  // namespace pulse::connectors
