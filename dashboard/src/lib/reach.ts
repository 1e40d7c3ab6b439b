import { makeStore } from '@/lib/store';

/** Whether the server answered the last time that it was asked. */
export const reachStore = makeStore<'there' | 'lost'>('there');
