// Passkeys of members, the challenges that were answered, and when a session's person has last shown that it is they.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/passkeys.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::passkeys {

/// That one member may have.
inline constexpr std::int64_t of_member_max = 20;

/// As its member sees it.
struct passkey {
  base::uuid id;
  std::string name;
  bool is_synced = false;
  base::timestamp created_at;
  std::optional<base::timestamp> last_used_at;
  std::optional<base::timestamp> refused_at;  // when its counter went back last
};
BOOST_DESCRIBE_STRUCT(passkey, (), (id, name, is_synced, created_at, last_used_at, refused_at))

/// A member's, the oldest first.
bound_query<passkey> list(const base::uuid& member_id);

struct credential {
  bytes credential_id;
};
BOOST_DESCRIBE_STRUCT(credential, (), (credential_id))
/// What a member's authenticators know them by.
bound_query<credential> list_credentials(const base::uuid& member_id);

/// Whose a credential is, where they are let in.
struct owner {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(owner, (), (tenant_id, id, member_id))
/// Whose a credential is, by its id. Runs without a tenant.
bound_query<owner> find_owner(const bytes& credential_id);

/// The constraint that a credential breaks that is somebody's already.
inline constexpr std::string_view credential_once = "passkeys_credential_once";

enum class adding : std::uint8_t { done, too_many };
/// For a member, whose row is locked; fails as a conflict of `credential_once` where it is somebody's already.
adding add(transaction& tx, const base::uuid& id, const base::uuid& member_id, const domain::made_passkey& made,
           const std::string& name, base::timestamp now);
/// Each false: the member has no such passkey.
bool rename(transaction& tx, const base::uuid& member_id, const base::uuid& id, const std::string& name);
bool remove(transaction& tx, const base::uuid& member_id, const base::uuid& id);
/// All that the member has; how many those were.
std::size_t remove_all(transaction& tx, const base::uuid& member_id);

struct kept {
  base::uuid id;
  bytes public_key;
  std::int64_t uses = 0;
};
BOOST_DESCRIBE_STRUCT(kept, (), (id, public_key, uses))
/// The member's by what the authenticator calls it, locked until the transaction ends.
std::optional<kept> lock(transaction& tx, const base::uuid& member_id, const std::string& credential_id);
void note_use(transaction& tx, const base::uuid& id, const domain::passkey_use& use, base::timestamp now);
/// Its counter went back.
void note_refusal(transaction& tx, const base::uuid& id, base::timestamp now);

/// Uses a challenge up; false where it was used before. Forgets those that are over.
bool use_challenge(transaction& tx, const std::string& challenge, base::timestamp expires_at, base::timestamp now);

/// How many a member has.
std::int64_t count(transaction& tx, const base::uuid& member_id);

// --- that it is they -------------------------------------------------------------------------------------------------

void note_confirmation(transaction& tx, const base::uuid& session_id, base::timestamp now);
/// What a session's person has shown since some moment.
struct confirmation {
  bool has_signed_in = false;  // or confirmed it
  bool has_confirmed = false;
  /// A password alone has let them in, though their company asks for a second factor: so far they may be anybody who
  /// knows it. Not where the session began with a link that was mailed to them (of an invitation, or that confirms the
  /// address).
  bool has_password_alone = false;
};
BOOST_DESCRIBE_STRUCT(confirmation, (), (has_signed_in, has_confirmed, has_password_alone))
bound_query<confirmation> find_confirmation(const base::uuid& session_id, base::timestamp since);

}  // namespace pulse::persistence::passkeys
