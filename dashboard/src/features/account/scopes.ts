import type { Permission } from '@/data/people';
import type { Right } from '@/data/roles';

/** The possible scopes of my token: at most my own permissions, and for single projects only theirs. */
export const scopesFor = (
  rights: readonly Pick<Right, 'name' | 'is_scope' | 'is_of_projects'>[],
  mine: readonly Permission[],
  isLimited: boolean,
): Permission[] =>
  rights
    .filter((each) => each.is_scope && mine.includes(each.name) && (!isLimited || each.is_of_projects))
    .map((each) => each.name);
