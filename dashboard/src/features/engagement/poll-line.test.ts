import { describe, expect, it } from 'vitest';
import { pollLineOf } from './poll-line';

const page = { next_poll_at: '2026-12-01T09:00:00Z', last_polled_at: '2026-12-01T08:56:00Z', poll_problem: null, poll_hold: null };

describe('how looking at a page goes', () => {
  it('is when it was looked at, where all is well', () => {
    expect(pollLineOf(page)).toEqual({ tone: 'rest', text: 'looked at', at: page.last_polled_at });
  });
  it('is when it is tried again, where the last look came to nothing', () => {
    const line = pollLineOf({ ...page, poll_problem: 'the server answers 503' });
    expect(line).toEqual({ tone: 'asks', text: 'again', at: page.next_poll_at });
  });
  it('is that it waits, where its time has come and its budget has not', () => {
    const line = pollLineOf({ ...page, poll_problem: 'a failure of before', poll_hold: 'the budget at LinkedIn' });
    expect(line).toEqual({ tone: 'rest', text: 'waits, looked at', at: page.next_poll_at });
  });
  it('says that nothing can be polled, and that nothing was yet', () => {
    expect(pollLineOf({ ...page, next_poll_at: null }).text).toBe('Posts come by their addresses');
    expect(pollLineOf({ ...page, last_polled_at: null })).toEqual({ tone: 'rest', text: 'Not looked at yet' });
  });
});
