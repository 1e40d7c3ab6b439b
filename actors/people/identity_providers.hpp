// The interface by which the front door signs people in through identity providers: where to send them, and who has
// come back.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/secure.hpp"
#include "base/time.hpp"

namespace pulse::actors {

/// A provider: LinkedIn, or a company's own as its owner has set it up.
struct identity_provider {
  bool is_linkedin = false;  // then the settings say the rest
  std::string issuer{};
  std::string client_id{};
  base::secret client_secret{};
  std::string redirect_uri{};
};

/// What is known before a person is sent away, and must be known again when they come back. Never in an address, but
/// for `state`, and `nonce` and the challenge of `verifier`.
struct identity_request {
  std::string state;
  std::string nonce;
  std::string verifier;
};

enum class identity_trouble {
  none,
  not_configured,  // the provider cannot be used as it is set up: an operator or an owner must act
  refused,         // it did not accept the code
  forged,          // its word is not good
  unavailable,     // it could not be asked
};

struct identity_started {
  identity_trouble trouble = identity_trouble::none;
  std::string reason{};  // a sentence without secrets
  std::string authorization_url{};
};

struct identity_found {
  identity_trouble trouble = identity_trouble::none;
  std::string reason{};
  std::string issuer{};
  std::string subject{};  // with the issuer, for ever the same person
  std::string email{};    // lower case; empty: it is not told, or the provider has not verified it
  std::string name{};     // may be empty
  // What may be done in the person's name, where they have allowed it (LinkedIn).
  base::secret access_token{};
  std::optional<base::secret> refresh_token{};
  std::optional<base::timestamp> expires_at{};
  std::optional<base::timestamp> refresh_expires_at{};
  std::string scope{};
};

class identity_providers {
 public:
  virtual ~identity_providers() = default;

  /// Whether people can sign in with LinkedIn here.
  virtual bool has_linkedin() const = 0;

  /// Reads the provider's document: whether it can be used. Calls back once, on any thread; so do the others.
  virtual void look(identity_provider at, std::function<void(identity_started)> done) = 0;
  virtual void start(identity_provider at, identity_request with, std::function<void(identity_started)> done) = 0;
  /// Exchanges the code, once.
  virtual void identify(identity_provider at, identity_request with, std::string code,
                        std::function<void(identity_found)> done) = 0;
};

}  // namespace pulse::actors
