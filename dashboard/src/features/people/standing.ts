/** Why a person may not do something to a member, to say it beforehand. The server decides. */
import type { Person } from '@/data/members';
import type { Role } from '@/data/people';

export type Act = 'role' | 'team' | 'deactivate' | 'reactivate' | 'own' | 'erase' | 'access' | 'factor';
type Hindrance =
  | 'not_theirs'
  | 'own_role'
  | 'own_factor'
  | 'above_self'
  | 'not_below'
  | 'last_owner'
  | 'inactive'
  | 'owners_only'
  | 'sees_all';
type Actor = { id: string; role: Role };

const manages = (role: Role): boolean => role === 'owner' || role === 'admin';

/** Owners may act on everybody, admins on all but owners. */
export const reaches = (actor: Role, whom: Role): boolean =>
  actor === 'owner' || (actor === 'admin' && whom !== 'owner');

export const hindrance = (
  act: Act,
  actor: Actor,
  target: Pick<Person, 'id' | 'role' | 'is_active'>,
  owners: number,
): Hindrance | undefined => {
  const isSelf = actor.id === target.id;
  if (act === 'own') {
    if (actor.role !== 'owner') return 'owners_only';
    if (isSelf) return 'own_role';
    return target.is_active ? undefined : 'inactive';
  }
  if (act === 'deactivate') {
    if (target.role === 'owner' && owners <= 1) return 'last_owner';
    if (isSelf) return undefined;
  }
  if (!manages(actor.role)) return 'not_theirs';
  if (act === 'team') return undefined;
  if (act === 'factor') {
    if (isSelf) return 'own_factor';
    return actor.role === 'owner' || !manages(target.role) ? undefined : 'not_below';
  }
  if (act === 'access' && manages(target.role)) return 'sees_all';
  if (isSelf) return 'own_role';
  return reaches(actor.role, target.role) ? undefined : 'above_self';
};

/** The roles that this person may give in an invitation. */
export const invitable = (actor: Role): Role[] => {
  if (manages(actor)) return ['admin', 'team_leader', 'member', 'analyst'];
  return actor === 'team_leader' ? ['member', 'analyst'] : [];
};
