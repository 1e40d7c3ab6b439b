// What the events of a login at a platform carry.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "domain/events/kind.hpp"

namespace pulse::domain {

/// Of a login at a provider.
struct login_facts {
  base::omittable<std::string> provider;  // as people know it
  base::omittable<std::string> name;      // of the login
  base::omittable<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(login_facts, (), (provider, name, reason))

struct account_disconnected : login_facts {
  static constexpr auto kind = event_kind::AccountDisconnected;
};
BOOST_DESCRIBE_STRUCT(account_disconnected, (login_facts), ())

struct account_revoked : login_facts {
  static constexpr auto kind = event_kind::AccountRevoked;
};
BOOST_DESCRIBE_STRUCT(account_revoked, (login_facts), ())

struct account_not_revoked : login_facts {
  static constexpr auto kind = event_kind::AccountNotRevoked;
};
BOOST_DESCRIBE_STRUCT(account_not_revoked, (login_facts), ())

}  // namespace pulse::domain
