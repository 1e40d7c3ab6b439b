import { expect, it } from 'vitest';
import type { Role } from '@/data/people';
import { hindrance, invitable, reaches } from './standing';

const person = (id: string, role: Role, is_active = true) => ({ id, role, is_active });
const owner = person('o', 'owner');
const admin = person('a', 'admin');
const member = person('m', 'member');

it('nobody changes their own role, and admins do not touch owners', () => {
  expect(hindrance('role', owner, owner, 2)).toBe('own_role');
  expect(hindrance('role', admin, owner, 2)).toBe('above_self');
  expect(hindrance('role', owner, admin, 1)).toBeUndefined();
  expect(hindrance('role', admin, member, 1)).toBeUndefined();
  expect(hindrance('role', member, admin, 1)).toBe('not_theirs');
});

it('the last owner stays, everybody else may leave', () => {
  expect(hindrance('deactivate', owner, owner, 1)).toBe('last_owner');
  expect(hindrance('deactivate', owner, owner, 2)).toBeUndefined();
  expect(hindrance('deactivate', member, member, 1)).toBeUndefined();
  expect(hindrance('deactivate', member, admin, 1)).toBe('not_theirs');
  expect(hindrance('deactivate', admin, person('p', 'owner'), 2)).toBe('above_self');
});

it('the ownership goes from an owner to somebody who is active', () => {
  expect(hindrance('own', admin, member, 1)).toBe('owners_only');
  expect(hindrance('own', owner, person('x', 'member', false), 1)).toBe('inactive');
  expect(hindrance('own', owner, member, 1)).toBeUndefined();
});

it('one’s own team is one’s to choose where one chooses for all', () => {
  expect(hindrance('team', admin, admin, 1)).toBeUndefined();
  expect(hindrance('team', member, member, 1)).toBe('not_theirs');
});

it('whoever has left is erased by whom they were in reach of, once', () => {
  const gone = person('g', 'admin', false);
  expect(hindrance('erase', owner, gone, 1)).toBeUndefined();
  expect(hindrance('erase', member, gone, 1)).toBe('not_theirs');
  expect(hindrance('erase', admin, person('p', 'owner', false), 1)).toBe('above_self');
});

it('access is limited for whoever does not manage the company', () => {
  expect(hindrance('access', owner, member, 1)).toBeUndefined();
  expect(hindrance('access', owner, admin, 1)).toBe('sees_all');
  expect(hindrance('access', member, person('x', 'analyst'), 1)).toBe('not_theirs');
});

it('owners reset the second factor of everybody else, admins of those below them', () => {
  expect(hindrance('factor', owner, owner, 2)).toBe('own_factor');
  expect(hindrance('factor', owner, person('p', 'owner'), 2)).toBeUndefined();
  expect(hindrance('factor', owner, admin, 1)).toBeUndefined();
  expect(hindrance('factor', admin, owner, 1)).toBe('not_below');
  expect(hindrance('factor', admin, person('x', 'admin'), 1)).toBe('not_below');
  expect(hindrance('factor', admin, person('x', 'team_leader'), 1)).toBeUndefined();
  expect(hindrance('factor', member, person('x', 'analyst'), 1)).toBe('not_theirs');
});

it('invitations give less than one has', () => {
  expect(invitable('owner')).not.toContain('owner');
  expect(invitable('team_leader')).toEqual(['member', 'analyst']);
  expect(invitable('analyst')).toEqual([]);
  expect(reaches('team_leader', 'analyst')).toBe(false);
});
