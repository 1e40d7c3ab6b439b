/** What is typed into a form about something that others may save meanwhile. */
import { useState } from 'react';

/** What the server has, in the form's shape, with its version. */
export type Basis<Draft> = { etag: string; draft: Draft };

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

type Key<Draft> = keyof Draft & string;

/** The parts that differ, by the draft's keys. */
export const differing = <Draft extends object>(a: Draft, b: Draft): Key<Draft>[] =>
  (Object.keys(a) as Key<Draft>[]).filter((key) => !isSame(a[key], b[key]));

/** Mine with their changes; undefined where both changed the same part, or one of them nothing. */
export const joined = <Draft extends object>(base: Draft, theirs: Draft, mine: Draft): Draft | undefined => {
  const [ours, others] = [differing(base, mine), differing(base, theirs)];
  if (ours.length === 0 || others.length === 0 || ours.some((key) => others.includes(key))) return undefined;
  return { ...mine, ...Object.fromEntries(others.map((key) => [key, theirs[key]])) };
};

export type SharedDraft<Draft> = {
  draft: Draft;
  setDraft: (next: Draft | ((before: Draft) => Draft)) => void;
  /** What the form began with: a save names its version. */
  base: Basis<Draft>;
  /** Goes on from another version: their changes are known, or mine were saved. */
  setBase: (next: Basis<Draft>) => void;
  isChanged: boolean;
  /** What others saved since, where it is not what is typed here. */
  theirs: Basis<Draft> | undefined;
};

/** `now` is what the server has. A form in which nothing was typed follows it; otherwise what was typed stays. */
export const useSharedDraft = <Draft extends object>(now: Basis<Draft>): SharedDraft<Draft> => {
  const [base, setBase] = useState(now);
  const [draft, setDraft] = useState(now.draft);
  const [theirs, setTheirs] = useState<Basis<Draft>>();
  const [seen, setSeen] = useState(now.etag);
  const isChanged = !isSame(draft, base.draft);
  // What was read before is old news: after a save it may still be there for a moment.
  if (now.etag !== seen) {
    setSeen(now.etag);
    const isOwn = now.etag === base.etag;
    const isMet = !isChanged || isSame(now.draft, base.draft) || isSame(now.draft, draft);
    setTheirs(isOwn || isMet ? undefined : now);
    if (!isOwn && isMet) {
      setBase(now);
      if (!isChanged) setDraft(now.draft);
    }
  }
  return {
    draft,
    setDraft,
    base,
    setBase: (next) => {
      setBase(next);
      setTheirs(undefined);
    },
    isChanged,
    theirs,
  };
};
