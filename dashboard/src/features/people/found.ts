import type { Person } from '@/data/members';

export type Filters = { q?: string; role?: string; team?: string; state?: string };

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** People who match the whole query; by name, active ones first. Accents and case are ignored. */
export const found = (people: readonly Person[], { q, role, team, state }: Filters): Person[] => {
  const words = plain(q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return people
    .filter((each) => !role || each.role === role)
    .filter((each) => !team || each.team_id === team)
    .filter((each) => !state || each.is_active === (state === 'active'))
    .filter((each) => {
      const text = plain(`${each.full_name} ${each.email}`);
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => Number(b.is_active) - Number(a.is_active) || a.full_name.localeCompare(b.full_name, 'en'));
};

/** Possible successors: active, another person, and with a role that writes and decides; by name. */
export const heirs = (people: readonly Person[], of: string): Person[] =>
  found(people, { state: 'active' }).filter((each) => each.id !== of && each.role !== 'analyst');
