import type { Permission } from '@/data/people';
import type { Right } from '@/data/roles';

/** What a token of mine may be for: no more than I may, and with single projects only what is about them. */
export const scopesFor = (
  rights: readonly Pick<Right, 'name' | 'is_scope' | 'is_of_projects'>[],
  mine: readonly Permission[],
  isLimited: boolean,
): Permission[] =>
  rights
    .filter((each) => each.is_scope && mine.includes(each.name) && (!isLimited || each.is_of_projects))
    .map((each) => each.name);
