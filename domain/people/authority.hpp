// Who may change whom: roles, removal, invitations and teams. Nobody raises themselves or above themselves, and a
// company always has an owner.
#pragma once

#include <cstdint>
#include <optional>

#include <boost/describe.hpp>

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"

namespace pulse::domain {

/// The part of a member that these rules need.
struct person {
  base::uuid id;
  domain::role role = domain::role::analyst;
  std::optional<base::uuid> team_id = std::nullopt;
};

enum class refusal_of_authority : std::uint8_t {
  own_role,       // nobody changes their own role or access, or erases themselves
  own_factor,     // nobody resets their own second factor
  above_self,     // the other's role, or the one to be given, is above one's own, or an owner's
  not_below,      // the other's role is not below one's own
  last_owner,     // a company always has an owner
  owner_invited,  // nobody is invited as an owner
  other_team,     // a team leader acts for their own team only
  not_theirs,     // the role of the one who acts does not include this at all
};
BOOST_DESCRIBE_ENUM(refusal_of_authority, own_role, own_factor, above_self, not_below, last_owner, owner_invited,
                    other_team, not_theirs)

/// Nothing: it is in order.
using authority = std::optional<refusal_of_authority>;

/// Giving `target` another role.
authority may_set_role(const person& actor, const person& target, role wanted);

/// Deactivating `target`, which may be `actor` themselves; `owners` is how many active owners the company has.
authority may_deactivate(const person& actor, const person& target, int owners);

/// Taking away what `target` signs in with beside a password: owners from everybody else, admins from those below
/// them. Stricter than giving a role, because what stays opens the account to whoever knows its password.
authority may_reset_factor(const person& actor, const person& target);

/// Making somebody else the owner in one's own place.
authority may_transfer(const person& actor, const person& target);

/// Inviting somebody for a role, into a team or none. Owners come by promotion and transfer only.
authority may_invite(const person& actor, role wanted, const std::optional<base::uuid>& team_id);

/// Renaming a team.
authority may_rename_team(const person& actor, const base::uuid& team_id);

}  // namespace pulse::domain
