// Sessions: one row a signing in. Whatever renews or ends one locks its row first, so that of two at the same moment
// one comes second and sees what the first has done.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::sessions {

/// Live sessions that one member may have; with one more the one that was renewed least lately ends.
inline constexpr int live_max = 100;
/// How long ended sessions are kept: they tell which networks a member uses.
inline constexpr std::chrono::hours kept_when_over{24 * 30};

enum class ending { logout, reuse, password, revoked, deactivated, surplus };
BOOST_DESCRIBE_ENUM(ending, logout, reuse, password, revoked, deactivated, surplus)

/// Who signs in from where.
struct origin {
  std::string network;
  std::string address;
  std::string device;  // at most 300 characters
};

struct opening {
  base::uuid id;
  base::uuid member_id;
  base::timestamp now;
  base::timestamp idle_ends_at;
  base::timestamp ends_at;
  origin from;
  bool is_strong = false;  // it began with a passkey or at an identity provider
};

struct session {
  base::uuid member_id;
  int generation = 0;
  base::timestamp rotated_at;
  base::timestamp idle_ends_at;
  base::timestamp ends_at;
  std::optional<base::timestamp> ended_at;
};
BOOST_DESCRIBE_STRUCT(session, (), (member_id, generation, rotated_at, idle_ends_at, ends_at, ended_at))

/// A live session as its member sees it.
struct listed {
  base::uuid id;
  std::string device;
  std::string address;
  base::timestamp created_at;
  base::timestamp last_used_at;
  base::timestamp ends_at;
};
BOOST_DESCRIBE_STRUCT(listed, (), (id, device, address, created_at, last_used_at, ends_at))

/// A member's live sessions, the one used last first; at most `live_max`.
bound_query<listed> list(const base::uuid& member_id, base::timestamp now);

/// Opens a session of the transaction's tenant, forgets those of the member that are long over, and ends the surplus.
void open(transaction& tx, const opening& made);

/// The session, locked until the transaction ends; nothing if there is none.
std::optional<session> lock(transaction& tx, const base::uuid& id);

/// Of a locked session that is live: its next refresh token is good from now on.
void rotate(transaction& tx, const base::uuid& id, base::timestamp now, base::timestamp idle_ends_at,
            const origin& from);

/// Ends the session if it is live.
void end(transaction& tx, const base::uuid& id, ending why, base::timestamp now);

/// Ends a live session of this member; false when the member has none of this id.
bool end_own(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);

/// Ends every live session of the member but `but`.
void end_all(transaction& tx, const base::uuid& member_id, std::optional<base::uuid> but, ending why,
             base::timestamp now);

/// Forgets sessions of all tenants that were over before; as the engine. A batch at a time: how many.
std::size_t forget_over(transaction& tx, base::timestamp before);

}  // namespace pulse::persistence::sessions
