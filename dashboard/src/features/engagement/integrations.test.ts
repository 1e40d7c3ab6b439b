import { describe, expect, it } from 'vitest';
import { integrationState, isOwnProvider, isSigningIn, ownFirst } from './integrations';

const now = Date.parse('2026-12-01T09:00:00Z');
const of = (more: object) => ({ is_connected: true, needs_reconnect: false, expires_at: null, ...more });

describe('an account of mine', () => {
  it('is connected, soon not any more, refused, or not there', () => {
    expect(integrationState(of({}), now)).toBe('connected');
    expect(integrationState(of({ expires_at: '2027-02-01T00:00:00Z' }), now)).toBe('connected');
    expect(integrationState(of({ expires_at: '2026-12-05T00:00:00Z' }), now)).toBe('expiring');
    expect(integrationState(of({ is_connected: false, needs_reconnect: true }), now)).toBe('reconnect');
    expect(integrationState(of({ is_connected: false }), now)).toBe('not_connected');
  });
  it('is LinkedIn’s first', () => {
    const all = [{ provider: 'x' }, { provider: 'meta' }, { provider: 'linkedin' }];
    expect(ownFirst(all).map((each) => each.provider)).toEqual(['linkedin', 'x', 'meta']);
  });
  it('is at a platform where people connect themselves', () => {
    expect(isOwnProvider('linkedin')).toBe(true);
    expect(isOwnProvider('x')).toBe(false);
  });
});

describe('a sign-in by a browser', () => {
  it('goes on until it gave a session or failed', () => {
    for (const state of ['starting', 'needs_code', 'checking'] as const) expect(isSigningIn({ state })).toBe(true);
    for (const state of ['connected', 'failed'] as const) expect(isSigningIn({ state })).toBe(false);
    expect(isSigningIn(null)).toBe(false);
  });
});
