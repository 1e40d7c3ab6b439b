import { makeStore } from '@/lib/store';

/** Whether the server answered the last request. */
export const reachStore = makeStore<'there' | 'lost'>('there');
