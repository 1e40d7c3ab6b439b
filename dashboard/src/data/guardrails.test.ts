import { describe, expect, it } from 'vitest';
import { Problem } from '@/lib/problem';
import { heldOf, wishBody } from './guardrails';

const problem = (code: string, detail: string) => new Problem({ status: 409, code, detail });

describe('what the guardrails said', () => {
  it('is told from other refusals', () => {
    expect(heldOf(problem('post_is_published', 'It is out.'))).toBeUndefined();
    expect(heldOf(undefined)).toBeUndefined();
    expect(heldOf(problem('guardrails_block', 'It says "cheap".'))).toEqual({ sentences: 'It says "cheap".' });
  });

  it('names the time that is free, which is the answer\'s and not read out of the sentence', () => {
    const detail = 'The time lies in the quiet hours. It goes out Tue 1 Dec 2026, 08:00 CET.';
    const refused = new Problem({ status: 409, code: 'guardrails_move', detail, otherTime: '2026-12-01T07:00:00Z' });
    expect(heldOf(refused)).toEqual({ sentences: detail, otherTime: '2026-12-01T07:00:00Z' });
  });
});

describe('a wish', () => {
  it('is sent only where there is one', () => {
    expect(wishBody()).toEqual({});
    expect(wishBody({ takesOtherTime: true })).toEqual({ takes_other_time: true });
    expect(wishBody({ reason: 'The fair' })).toEqual({ override_reason: 'The fair' });
  });
});
