import { describe, expect, it } from 'vitest';
import { emptyTemplate, hasOpenGap, undeclared, wordsOf } from './template-draft';

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

  it('knows a gap that is still being typed, so that nobody is told that it is wrong', () => {
    const isOpen = (text: string) => hasOpenGap({ ...emptyTemplate, text });
    const typed = 'Hello {{ product | default: "us" }}, bye';
    const begun = typed.indexOf('{{') + 2;
    const closed = typed.indexOf('}}') + 2;
    for (let end = 0; end <= typed.length; end += 1)
      expect(isOpen(typed.slice(0, end)), typed.slice(0, end)).toBe(end >= begun && end < closed);
    expect(isOpen('{{ }}')).toBe(true);
    expect(isOpen('{{ product | }}')).toBe(true);
    expect(hasOpenGap({ ...emptyTemplate, title: '{{', text: '{{ a }}' }), 'each field for itself').toBe(true);
    expect(hasOpenGap({ ...emptyTemplate, title: '{{ a', text: 'b }}' }), 'each field for itself').toBe(true);
    expect(hasOpenGap({ ...emptyTemplate, text: '{{ a }}', variants: [{ platform: 'x', text: '{{ a' }] })).toBe(true);
  });
});
