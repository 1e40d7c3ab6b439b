// Signing people in by a provider that speaks OpenID Connect (Core 1.0, Discovery 1.0), with the authorization code
// alone: where its pages are, what its keys are, and who somebody is whom it has sent back.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/jwk.hpp"
#include "base/result.hpp"
#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/authorize.hpp"

namespace pulse::connectors::oidc {

/// One provider, and this installation's app there.
struct provider {
  std::string issuer;
  std::string client_id;
  base::secret client_secret;
  std::string redirect_uri;
  std::string scope;
  trust address = trust::user_given;
  bool is_nonce_told = true;       // false: it is known to leave the nonce out of its tokens (LinkedIn)
  bool takes_proof_key = true;     // RFC 7636
  bool is_secret_in_body = false;  // else as its document says
};

/// Whom the provider has named, with its signature.
struct identity {
  std::string subject;  // with the issuer, for ever the same person
  std::string email;    // may be empty
  bool is_email_verified = false;
  std::string name;  // may be empty
  grant tokens;
};

struct failure {
  enum class kind {
    misconfigured,  // the issuer's document, or the app, is wrong: whoever has set it up must act
    refused,        // the code is not accepted: it may be tried again from the beginning
    forged,         // its token is not what was asked for
    unavailable,    // it could not be asked
  };
  kind why = kind::unavailable;
  std::string reason;  // a sentence without secrets
};

template <class T>
using answer = base::result<T, failure>;

/// What a provider's document says (Discovery §3), as far as it is used.
struct endpoints {
  std::string authorization;
  std::string token;
  std::string keys;
  std::string userinfo;  // may be empty
  bool takes_secret_in_body = false;
  bool takes_basic = true;
};

/// Thread-safe; calls back exactly once, on a thread of the egress client or, where it is known, the caller's.
/// Documents and keys are kept for `kept_for`; a token by a key that is not known has them read again, at most once in
/// `keys_again_after`.
class client {
 public:
  static constexpr std::chrono::minutes kept_for{60};
  static constexpr std::chrono::seconds keys_again_after{60};
  static constexpr std::size_t issuers_max = 256;

  /// Both outlive it.
  client(egress& out, const base::clock& clock) : out_(out), clock_(clock) {}

  /// Reads the provider's document: whether it can be used as it is set up.
  void look(provider with, std::function<void(answer<endpoints>)> done);
  /// Where the person's browser goes. `verifier` is the proof key, of which only the challenge is in the address.
  void start(provider with, std::string state, std::string nonce, std::string verifier,
             std::function<void(answer<std::string>)> done);
  /// Exchanges the code, once, and says who it is: the ID token's signature and claims are right.
  void identify(provider with, std::string code, std::string verifier, std::string nonce,
                std::function<void(answer<identity>)> done);

 private:
  class identifying;
  using key_set = std::shared_ptr<const std::vector<base::verifying_key>>;
  struct known {
    endpoints at;
    base::timestamp at_read_at;
    key_set keys;
    base::timestamp keys_read_at;
    std::optional<base::timestamp> keys_again_at;  // when a token by an unknown key had them read last
  };

  void read_keys(const provider& with, const endpoints& at, bool again, std::function<void(answer<key_set>)> done);
  void get(const provider& with, const std::string& url, const std::string& token,
           std::function<void(answer<std::string>)> done);

  egress& out_;
  const base::clock& clock_;
  std::mutex mutex_;
  std::map<std::string, known> known_;  // by issuer
};

}  // namespace pulse::connectors::oidc
