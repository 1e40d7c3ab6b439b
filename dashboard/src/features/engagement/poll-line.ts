/** The state of polling a page, as the text of a row. */
import { engagementStrings as words } from '@strings/engagement';
import type { TrackedPage } from './engagement-data';

export type PollLine = {
  tone: 'rest' | 'asks';
  text: string;
  /** A time that goes with the text. */
  at?: string;
};

export const pollLineOf = (page: Pick<TrackedPage, 'next_poll_at' | 'last_polled_at' | 'poll_problem' | 'poll_hold'>): PollLine => {
  if (!page.next_poll_at) return { tone: 'rest', text: words.linksOnly };
  if (page.poll_hold) return { tone: 'rest', text: words.waitsUntil, at: page.next_poll_at };
  if (page.poll_problem) return { tone: 'asks', text: words.again, at: page.next_poll_at };
  if (!page.last_polled_at) return { tone: 'rest', text: words.notYet };
  return { tone: 'rest', text: words.polled, at: page.last_polled_at };
};
