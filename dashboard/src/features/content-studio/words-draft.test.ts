import { describe, expect, it } from 'vitest';
import type { Content } from '@/data/content';
import { requestOfWords, wordsOf } from './words-draft';

describe('the words of an item', () => {
  it('come back as they were read', () => {
    const of = {
      title: 'Spring',
      text: 'Hello',
      variants: [
        { platform: 'x', text: 'Hi' },
        { platform: 'linkedin', text: 'Good day' },
      ],
      image: { url: 'https://example.com/a.png', alt_text: 'A tree' },
    } as unknown as Content;
    expect(requestOfWords(wordsOf(of))).toEqual({
      title: 'Spring',
      text: 'Hello',
      variants: [
        { platform: 'linkedin', text: 'Good day' },
        { platform: 'x', text: 'Hi' },
      ],
      image: { url: 'https://example.com/a.png', alt_text: 'A tree' },
    });
  });

  it('have no image where no address is given', () => {
    expect(requestOfWords({ ...wordsOf(), imageUrl: '  ', imageAlt: 'A tree' }).image).toBeNull();
    expect(requestOfWords(wordsOf()).variants).toEqual([]);
  });
});
