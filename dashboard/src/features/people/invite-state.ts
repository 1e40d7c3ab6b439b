import type { Invite } from '@/data/members';
import { toMs } from '@/lib/time/format';

type InviteState = 'open' | 'used' | 'expired' | 'revoked';

/** The state of an invitation; if it is over for several reasons, the one that a person gave. */
export const stateOfInvite = (
  of: Pick<Invite, 'revoked_at' | 'uses' | 'uses_max' | 'expires_at'>,
  now: number,
): InviteState => {
  if (of.revoked_at) return 'revoked';
  if (of.uses >= of.uses_max) return 'used';
  return toMs(of.expires_at) <= now ? 'expired' : 'open';
};
