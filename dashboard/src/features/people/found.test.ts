import { expect, it } from 'vitest';
import { whomToAsk, type Person } from '@/data/members';
import { found, heirs } from './found';

const person = (full_name: string, more: Partial<Person> = {}) =>
  ({
    id: full_name,
    full_name,
    email: `${full_name.toLowerCase()}@example.org`,
    role: 'member',
    team_id: null,
    is_active: true,
    ...more,
  }) as Person;
const people = [
  person('Zoë Weil', { role: 'owner' }),
  person('Ada Brandt', { role: 'admin', team_id: 't' }),
  person('Gone', { is_active: false, role: 'owner' }),
];
const names = (of: Person[]) => of.map((each) => each.full_name);

it('people are found by any part of name and address, without accents', () => {
  expect(names(found(people, { q: 'zoe' }))).toEqual(['Zoë Weil']);
  expect(names(found(people, { q: 'BRANDT ada' }))).toEqual(['Ada Brandt']);
  expect(names(found(people, { q: 'nobody' }))).toEqual([]);
});

it('who is active stands first, then by name; filters hold together', () => {
  expect(names(found(people, {}))).toEqual(['Ada Brandt', 'Zoë Weil', 'Gone']);
  expect(names(found(people, { team: 't' }))).toEqual(['Ada Brandt']);
  expect(names(found(people, { role: 'owner', state: 'deactivated' }))).toEqual(['Gone']);
});

it('whom to ask: owners before admins, nobody who is gone, and not oneself', () => {
  expect(whomToAsk(people, '')).toEqual(['Zoë Weil', 'Ada Brandt']);
  expect(whomToAsk(people, 'Zoë Weil')).toEqual(['Ada Brandt']);
});

it('who takes over is active, another one, and no analyst', () => {
  const more = [...people, person('Only Reads', { role: 'analyst' })];
  expect(names(heirs(more, 'Ada Brandt'))).toEqual(['Zoë Weil']);
  expect(names(heirs(more, 'Gone'))).toEqual(['Ada Brandt', 'Zoë Weil']);
});
