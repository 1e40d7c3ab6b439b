import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { statusWords } from '@strings/status';
import { allLooks, Status, type StateOf, type StatusOf } from './status';

describe('every state', () => {
  const cases = Object.entries(allLooks).flatMap(([of, states]) =>
    Object.keys(states).map((state) => [of, state] as const),
  );
  it.each(cases)('%s %s has its word and icon', (of, state) => {
    render(<Status of={of as StatusOf} state={state as StateOf<StatusOf>} />);
    const word = (statusWords as Record<string, Record<string, string>>)[of]?.[state];
    expect(word).toBeTruthy();
    const badge = screen.getByText(word ?? '');
    expect(badge).toHaveAttribute('data-state', state);
    expect(badge.querySelector('svg')).not.toBeNull();
  });
  it('in the words is one of the looks', () => {
    for (const [of, words] of Object.entries(statusWords)) {
      expect(Object.keys(words).sort()).toEqual(Object.keys(allLooks[of as StatusOf]).sort());
    }
  });
});
