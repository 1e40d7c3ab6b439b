import { expect, it } from 'vitest';
import { rightsOf } from './roles';

const operation = (summary: string, permission: string, holders: string) => ({
  summary,
  description: `Needs the permission \`${permission}\`: ${holders}. More words.`,
});

it('rights are read from what the routes need, each once, with what it is for', () => {
  const found = rightsOf({
    components: { schemas: { permission: { enum: ['operate', 'read_posts'] } } },
    paths: {
      '/a': {
        get: operation('Read a', 'read_posts', 'owner, admin, analyst'),
        post: operation('Make a', 'operate', 'owner'),
      },
      '/b': { get: operation('Read b', 'read_posts', 'owner, admin, analyst') },
      '/open': { get: { summary: 'Sign in', description: 'For everyone.' } },
    },
  });
  expect(found).toEqual([
    { permission: 'operate', roles: ['owner'], includes: ['Make a'] },
    { permission: 'read_posts', roles: ['owner', 'admin', 'analyst'], includes: ['Read a', 'Read b'] },
  ]);
});
