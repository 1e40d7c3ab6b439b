// What authorizers can do beyond refreshing: revoke a login's tokens at the platform.
#pragma once

#include <functional>
#include <string>

#include "connectors/roles/authorize.hpp"

namespace pulse::connectors {

enum class revocation_kind {
  revoked,  // the platform takes the tokens no more, or did not any more
  refused,  // it will not: final
  later,    // it could not be asked
};

struct revocation {
  revocation_kind kind = revocation_kind::later;
  std::string reason{};  // a sentence without secrets
};

/// An authorizer of a provider that revokes tokens. Thread-safe; calls back exactly once, on a thread of the egress
/// client.
class revokes {
 public:
  virtual ~revokes() = default;

  /// Whether it ends all access of the person through the app, and not only that of these tokens: then it must not be
  /// while another connection of the same person is in use.
  virtual bool is_of_person() const = 0;

  /// Revokes what `old` holds, by its longest-lived token. Doing it twice is the same as once.
  virtual void revoke(oauth_app app, grant old, std::function<void(revocation)> done) = 0;
};

}  // namespace pulse::connectors
