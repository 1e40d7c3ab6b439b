// What connectors can do beyond publishing: let a person connect accounts, and keep their tokens alive.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secure.hpp"
#include "base/time.hpp"
#include "domain/platforms/channel_type.hpp"

namespace pulse::connectors {

/// The app in whose name people are asked: from the settings.
struct oauth_app {
  std::string client_id;
  base::secret client_secret;
  std::string redirect_uri;
  std::string scope;
};

/// What a platform gave for a code or a refresh token.
struct grant {
  base::secret access_token;
  std::optional<base::timestamp> expires_at = std::nullopt;  // none: it does not expire
  std::optional<base::secret> refresh_token = std::nullopt;
  std::optional<base::timestamp> refresh_expires_at = std::nullopt;
  std::string scope{};
};

/// Something that can be published as: a member, a page, a board.
struct found_account {
  domain::channel_type platform{};
  std::string external_user_id;
  std::string handle;         // may be empty
  std::string name;           // for people, to choose by
  base::secret access_token;  // its own, where it has one; else the grant's
};

/// What a person has allowed.
struct authorization {
  grant tokens;
  std::string user_id;  // the person's at the provider
  std::string user_name;
  std::vector<found_account> accounts;
};

/// Why a call for tokens came to nothing.
struct authorization_failure {
  enum class kind {
    refused,     // the code or the token is not accepted: a person must connect again
    unfinished,  // allowed, but nothing can be published with it (a scope was taken out, no page)
    app,         // the app's own settings are refused: an operator must act
    later,       // the platform could not be asked
  };
  kind why = kind::later;
  std::string reason;  // a sentence without secrets
};

template <class T>
using authorized = base::result<T, authorization_failure>;

/// A provider of accounts (domain::oauth_provider). Thread-safe; calls back exactly once, on a thread of the egress client.
class authorizer {
 public:
  virtual ~authorizer() = default;

  /// "meta", "x": the name of the provider.
  virtual std::string_view provider() const = 0;

  /// Where the person's browser goes. `verifier` is the proof key (RFC 7636 §4.1), of which only the challenge is in the address.
  virtual std::string start_url(const oauth_app& app, const std::string& state, const std::string& verifier) const = 0;

  /// Exchanges the code, once, and finds what can be published as.
  virtual void exchange(oauth_app app, std::string code, std::string verifier,
                        std::function<void(authorized<authorization>)> done) = 0;

  /// New tokens for old ones. A refresh token is sent once: whoever calls has made sure that nobody else uses it.
  virtual void refresh(oauth_app app, grant old, std::function<void(authorized<grant>)> done) = 0;

  /// Whether tokens of this grant can be refreshed at all.
  virtual bool can_refresh(const grant& tokens) const = 0;
};

}  // namespace pulse::connectors
