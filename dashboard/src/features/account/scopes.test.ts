import { expect, it } from 'vitest';
import { scopesFor } from './scopes';

const rights = [
  { name: 'manage_self' as const, is_scope: false, is_of_projects: false },
  { name: 'manage_projects' as const, is_scope: true, is_of_projects: false },
  { name: 'read_posts' as const, is_scope: true, is_of_projects: true },
  { name: 'write_posts' as const, is_scope: true, is_of_projects: true },
];

it('a token is offered no more than I may, and nothing that is never a token’s', () => {
  expect(scopesFor(rights, ['manage_self', 'read_posts'], false)).toEqual(['read_posts']);
});

it('a token for single projects is offered only what is about projects', () => {
  expect(scopesFor(rights, ['manage_projects', 'read_posts', 'write_posts'], true)).toEqual([
    'read_posts',
    'write_posts',
  ]);
});
