import { unreachable } from '@/lib/problem';
import { makeStore, useStore } from '@/lib/store';

/** Whether the server answered the last request. */
export const reachStore = makeStore<'there' | 'lost'>('there');

/** Why nothing can be sent just now, in words; nothing: the server answers. */
export const useNoAnswer = (): string | undefined =>
  useStore(reachStore) === 'lost' ? unreachable().message : undefined;
