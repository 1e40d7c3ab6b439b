/** How the list of posts is sorted: the address says it, and each press of the time's head goes on to the next way. */
import type { Schemas } from '@/lib/api/client';

export type Sort = Schemas['post_order'];

const unsorted: Sort = 'newest_first';
const next: Record<Sort, Sort> = {
  newest_first: 'soonest_first',
  soonest_first: 'latest_first',
  latest_first: 'newest_first',
};

/** Every way, in the order in which pressing goes through them. */
export const sorts: Sort[] = [unsorted, next[unsorted], next[next[unsorted]]];

/** What an address means; a word that is none of ours means nothing. */
export const sortOf = (word: string | undefined): Sort => sorts.find((each) => each === word) ?? unsorted;

/** How an address says it: not at all where it is as it always is. */
export const wordOf = (sort: Sort): Sort | undefined => (sort === unsorted ? undefined : sort);

export const sortAfter = (sort: Sort): Sort => next[sort];

/** How the column of the time is sorted, as its head tells it to who cannot see its arrow. */
export const timeSorted = {
  newest_first: 'none',
  soonest_first: 'ascending',
  latest_first: 'descending',
} as const satisfies Record<Sort, string>;
