// What is told of a published post that is changed at its platform, and of accounts that are disconnected.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "base/if_any.hpp"
#include "base/time.hpp"
#include "domain/events/kind.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/publication_change.hpp"

namespace pulse::domain {

struct publication_change_facts {
  base::if_any<std::string> channel_name;
  base::if_any<channel_type> platform;
  base::if_any<publication_change_kind> change;
  base::if_any<int> attempt;
  base::if_any<std::string> reason;       // in words, the platform's where it gave some
  base::if_any<base::timestamp> until;    // of the next attempt
  base::if_any<std::string> external_id;  // of the post
};
BOOST_DESCRIBE_STRUCT(publication_change_facts, (),
                      (channel_name, platform, change, attempt, reason, until, external_id))

struct publication_change_requested : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationChangeRequested;
};
BOOST_DESCRIBE_STRUCT(publication_change_requested, (publication_change_facts), ())

struct publication_deleted : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationDeleted;
};
BOOST_DESCRIBE_STRUCT(publication_deleted, (publication_change_facts), ())

struct publication_edited : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationEdited;
};
BOOST_DESCRIBE_STRUCT(publication_edited, (publication_change_facts), ())

struct publication_commented : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationCommented;
};
BOOST_DESCRIBE_STRUCT(publication_commented, (publication_change_facts), ())

struct publication_change_delayed : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationChangeDelayed;
};
BOOST_DESCRIBE_STRUCT(publication_change_delayed, (publication_change_facts), ())

struct publication_change_failed : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationChangeFailed;
};
BOOST_DESCRIBE_STRUCT(publication_change_failed, (publication_change_facts), ())

/// Of a login at a provider.
struct login_facts {
  base::if_any<std::string> provider;  // as people know it
  base::if_any<std::string> name;      // of the login
  base::if_any<std::string> reason;
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
