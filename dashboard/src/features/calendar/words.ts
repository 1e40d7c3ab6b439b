/** "Would be late, 12 min"; the length only where there is one. */
export const wordsOfLate = (word: string, length: string): string =>
  length.startsWith('0') ? word : `${word}, ${length}`;
