import { expect, it } from 'vitest';
import { stateOfInvite } from './invite-state';

const now = Date.parse('2026-12-01T12:00:00Z');
const invite = (more: object) => ({
  revoked_at: null,
  uses: 0,
  uses_max: 2,
  expires_at: '2026-12-02T12:00:00Z',
  ...more,
});

it('an invitation is open until it is used up, too old or revoked', () => {
  expect(stateOfInvite(invite({}), now)).toBe('open');
  expect(stateOfInvite(invite({ uses: 1 }), now)).toBe('open');
  expect(stateOfInvite(invite({ uses: 2 }), now)).toBe('used');
  expect(stateOfInvite(invite({ expires_at: '2026-12-01T12:00:00Z' }), now)).toBe('expired');
  expect(stateOfInvite(invite({ uses: 2, revoked_at: '2026-11-30T12:00:00Z' }), now)).toBe('revoked');
});
