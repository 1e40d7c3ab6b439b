import type { Engagement } from '@/data/engagement';

/** The next act after this one, or the one before if it was the last. */
export const nextOf = (acts: readonly Pick<Engagement, 'id'>[], id: string): string | undefined => {
  const index = acts.findIndex((each) => each.id === id);
  return (acts[index + 1] ?? acts[index - 1])?.id;
};
