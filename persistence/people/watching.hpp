// Who may watch what happens: tickets that open a stream once, and whether a session still lasts.
#pragma once

#include <cstddef>
#include <optional>
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

/// Stores a ticket of the transaction's tenant by the SHA-256 of its secret, and forgets those that have expired.
void keep_ticket(transaction& tx, const activity_ticket& of, const bytes& hash, base::timestamp expires_at,
                 base::timestamp now);

/// Takes it: nothing when there is none, it has expired or was taken, or its member or session may watch no longer.
std::optional<activity_ticket> take_ticket(transaction& tx, const bytes& hash, base::timestamp now);

/// Which of the sessions have ended, by sign-out, revocation or expiry, or are of a member who is not active: their places.
std::vector<std::size_t> find_ended_sessions(transaction& tx, const base::uuid& tenant_id,
                                             const std::vector<base::uuid>& members,
                                             const std::vector<base::uuid>& sessions, base::timestamp now);

}  // namespace pulse::persistence
