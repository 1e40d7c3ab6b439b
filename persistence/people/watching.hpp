// Access to the live stream: tickets that open a stream once, and whether a session is still valid.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

/// A member who may open one stream, once, until it expires.
struct activity_ticket {
  base::uuid member_id;
  base::uuid session_id;
};
BOOST_DESCRIBE_STRUCT(activity_ticket, (), (member_id, session_id))

/// A ticket that was taken.
struct admitted_watcher {
  base::uuid member_id;
  base::uuid session_id;
  std::string reach;  // as pulse_watch_reach says it; empty: the whole company
};

/// Somebody who watches, with what they were let see when they began.
struct watching_now {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;
  std::string reach;
};

/// The watchers to disconnect, by their index in the request.
struct watch_over {
  std::size_t place = 0;
  bool may_return = false;  // signed in as before, and let see something else
};

/// Stores a ticket of the transaction's tenant by the SHA-256 of its secret, and forgets those that have expired.
void keep_ticket(transaction& tx, const activity_ticket& of, const bytes& hash, base::timestamp expires_at,
                 base::timestamp now);

/// Redeems it; nothing if there is none, it has expired or was redeemed, or its member or session may not watch any
/// more.
std::optional<admitted_watcher> take_ticket(transaction& tx, const bytes& hash, base::timestamp now);

/// Whose session has ended, by sign-out, revocation or expiry, who is not active, and who is let see something else
/// now; of any companies, for a transaction that is bound to none.
std::vector<watch_over> find_watches_over(transaction& tx, const std::vector<watching_now>& who, base::timestamp now);

}  // namespace pulse::persistence
