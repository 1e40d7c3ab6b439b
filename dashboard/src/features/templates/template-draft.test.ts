import { describe, expect, it } from 'vitest';
import { emptyTemplate, undeclared, wordsOf } from './template-draft';

describe('a template in its form', () => {
  it('finds names that are declared nowhere, and knows those that Pulse fills in', () => {
    const draft = {
      ...emptyTemplate,
      text: '{{ product }} for {{ price | default: "9" }}, {{product}} on {{ now | date: "%d" }} by {{ feed.title }}',
      variables: [{ name: 'price', value: '' }],
    };
    expect(undeclared(draft)).toEqual(['product']);
  });

  it('sends no variable without a name and no variant without a text', () => {
    const sent = wordsOf({
      ...emptyTemplate,
      text: 'x',
      variables: [
        { name: ' ', value: 'a' },
        { name: 'b ', value: 'c' },
      ],
      variants: [{ platform: 'x', text: '  ' }],
    });
    expect(sent.variables).toEqual([{ name: 'b', default_value: 'c' }]);
    expect(sent.variants).toEqual([]);
  });
});
