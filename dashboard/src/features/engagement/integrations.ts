import type { Schemas } from '@/lib/api/client';

/** The providers at which a member may connect an own account. */
export type OwnProvider = 'linkedin' | 'meta';
export const isOwnProvider = (name: string): name is OwnProvider => name === 'linkedin' || name === 'meta';

const soon_ms = 14 * 24 * 3_600_000;

export const integrationState = (
  of: Pick<Schemas['integration'], 'is_connected' | 'needs_reconnect' | 'expires_at'>,
  now: number,
): 'connected' | 'expiring' | 'reconnect' | 'not_connected' => {
  if (of.needs_reconnect) return 'reconnect';
  if (!of.is_connected) return 'not_connected';
  return of.expires_at && Date.parse(of.expires_at) - now < soon_ms ? 'expiring' : 'connected';
};

/** LinkedIn first, because most acts go there. */
export const ownFirst = <T extends { provider: string }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => Number(b.provider === 'linkedin') - Number(a.provider === 'linkedin'));

type LoginState = Schemas['browser_login']['state'];
const underWay: readonly LoginState[] = ['starting', 'needs_code', 'checking'];

/** A browser sign-in that is under way. */
export const isSigningIn = <T extends { state: LoginState }>(
  login: T | null | undefined,
): login is T & { state: 'starting' | 'needs_code' | 'checking' } => !!login && underWay.includes(login.state);
