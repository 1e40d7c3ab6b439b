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
  std::string instance{};  // where it is registered, of a provider with many instances: "mastodon.social"
};

/// The tokens that a platform returned for a code or a refresh token.
struct grant {
  base::secret access_token;
  std::optional<base::timestamp> expires_at = std::nullopt;  // none: it does not expire
  std::optional<base::secret> refresh_token = std::nullopt;
  std::optional<base::timestamp> refresh_expires_at = std::nullopt;
  std::string scope{};
  std::string user_id{};  // whose, at the provider; known when it is refreshed
};

/// Something that can be published as: a member, a page, a board.
struct found_account {
  domain::channel_type platform{};
  std::string external_user_id;
  std::string handle;         // may be empty
  std::string name;           // for people, to choose by
  base::secret access_token;  // its own, where it has one; else the grant's
};

/// What a person has granted.
struct authorization {
  grant tokens;
  std::string user_id;  // the person's at the provider
  std::string user_name;
  std::vector<found_account> accounts;
};

/// Why a token call failed.
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

/// A provider of accounts (domain::oauth_provider). Thread-safe; calls back exactly once, on a thread of the egress
/// client.
class authorizer {
 public:
  virtual ~authorizer() = default;

  /// "meta", "x": the name of the provider.
  virtual std::string_view provider() const = 0;

  /// Where the person's browser goes. `verifier` is the proof key (RFC 7636 §4.1), of which only the challenge is in
  /// the address.
  virtual std::string start_url(const oauth_app& app, const std::string& state, const std::string& verifier) const = 0;

  /// Exchanges the code, once, and finds what can be published as.
  virtual void exchange(oauth_app app, std::string code, std::string verifier,
                        std::function<void(authorized<authorization>)> done) = 0;

  /// Refreshes tokens. A refresh token is sent once: the caller has made sure that nobody else uses it.
  virtual void refresh(oauth_app app, grant old, std::function<void(authorized<grant>)> done) = 0;

  /// Whether tokens of this grant can be refreshed at all.
  virtual bool can_refresh(const grant& tokens) const = 0;
};

/// Why the given text names no instance, as the end of a sentence about it.
struct instance_problem {
  std::string sentence;
};

/// An instance, in one spelling: "mastodon.social".
struct instance_name {
  std::string host;
};

/// A provider of many instances, each of which must know an app before people are sent to it. Thread-safe; calls back
/// exactly once, on a thread of the egress client.
class registers_apps {
 public:
  virtual ~registers_apps() = default;

  /// The instance that a person means by an address, a name or a handle.
  virtual base::result<instance_name, instance_problem> instance_of(std::string_view given) const = 0;

  /// Makes an app at `wanted.instance` with its redirect address and scope, and gives it back with its id and secret.
  virtual void register_app(oauth_app wanted, std::function<void(authorized<oauth_app>)> done) = 0;
};

/// A provider that takes a name and a password which people make for apps. Thread-safe; calls back exactly once, on a
/// thread of the egress client.
class signs_in {
 public:
  virtual ~signs_in() = default;

  /// `failure.why` is `refused` for a wrong name or password. The password is sent once, and never kept.
  virtual void sign_in(std::string identifier, base::secret password,
                       std::function<void(authorized<authorization>)> done) = 0;
};

}  // namespace pulse::connectors
