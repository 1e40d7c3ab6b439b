#include "domain/people/authority.hpp"

namespace pulse::domain {

namespace {

using refusal = refusal_of_authority;

bool manages_people(role who) { return who == role::owner || who == role::admin; }

/// Whether `who` may act on somebody of role `whom`, or give it: owners on everybody, admins on all but owners.
bool reaches(role who, role whom) { return who == role::owner || (who == role::admin && whom != role::owner); }

}  // namespace

authority may_set_role(const person& actor, const person& target, role wanted) {
  if (!manages_people(actor.role)) return refusal::not_theirs;
  if (actor.id == target.id) return refusal::own_role;
  if (!reaches(actor.role, target.role) || !reaches(actor.role, wanted)) return refusal::above_self;
  return std::nullopt;
}

authority may_deactivate(const person& actor, const person& target, int owners) {
  if (target.role == role::owner && owners <= 1) return refusal::last_owner;
  if (actor.id == target.id) return std::nullopt;
  if (!manages_people(actor.role)) return refusal::not_theirs;
  if (!reaches(actor.role, target.role)) return refusal::above_self;
  return std::nullopt;
}

authority may_reset_factor(const person& actor, const person& target) {
  if (!manages_people(actor.role)) return refusal::not_theirs;
  if (actor.id == target.id) return refusal::own_factor;
  if (actor.role == role::owner || !manages_people(target.role)) return std::nullopt;
  return target.role == role::owner ? refusal::above_self : refusal::not_below;
}

authority may_transfer(const person& actor, const person& target) {
  if (actor.role != role::owner) return refusal::not_theirs;
  if (actor.id == target.id) return refusal::own_role;
  return std::nullopt;
}

authority may_invite(const person& actor, role wanted, const std::optional<base::uuid>& team_id) {
  if (wanted == role::owner) return refusal::owner_invited;
  if (manages_people(actor.role)) return std::nullopt;
  if (actor.role != role::team_leader) return refusal::not_theirs;
  if (!team_id || team_id != actor.team_id) return refusal::other_team;
  if (wanted != role::member && wanted != role::analyst) return refusal::above_self;
  return std::nullopt;
}

authority may_rename_team(const person& actor, const base::uuid& team_id) {
  if (manages_people(actor.role)) return std::nullopt;
  if (actor.role != role::team_leader) return refusal::not_theirs;
  if (actor.team_id != team_id) return refusal::other_team;
  return std::nullopt;
}

}  // namespace pulse::domain
