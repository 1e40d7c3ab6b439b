/** A form about what others may save meanwhile: what is typed, and the choice where somebody else was faster. */
import { useState } from 'react';
import { isChangedMeanwhile } from './api/versioned';
import { useSharedDraft, type Basis, type SharedDraft } from './shared-draft';

/** Saves what is typed over this version. */
export type SaveOver<Draft> = (over: Basis<Draft>) => void;

export type SharedForm<Draft> = Omit<SharedDraft<Draft>, 'setBase'> & {
  /** Whether both versions are to be shown, as soon as the other one is known. */
  isChoosing: boolean;
  setChoosing: (is: boolean) => void;
  /** Saves, or shows both versions where somebody else has saved. */
  keep: (save: SaveOver<Draft>) => void;
  /** Goes on with `next`, which is not saved yet, on their version. */
  take: (next: Draft) => void;
  /** Saves what is typed over theirs. */
  keepMine: (save: SaveOver<Draft>) => void;
  /** `sent` was saved and is `saved` by now; what was typed meanwhile stays. */
  onSaved: (saved: Basis<Draft>, sent: Draft) => void;
  /** A save was refused: both versions are shown if that is why. */
  onRefused: (error: unknown) => void;
};

/** `now` is what the server has by now. */
export const useSharedForm = <Draft extends object>(now: Basis<Draft>): SharedForm<Draft> => {
  const { setBase, ...shared } = useSharedDraft(now);
  const { base, setDraft, theirs } = shared;
  const [isChoosing, setChoosing] = useState(false);
  return {
    ...shared,
    isChoosing,
    setChoosing,
    keep: (save) => {
      setChoosing(theirs !== undefined);
      if (!theirs) save(base);
    },
    take: (next) => {
      setChoosing(false);
      if (theirs) setBase(theirs);
      setDraft(next);
    },
    keepMine: (save) => {
      setChoosing(false);
      if (!theirs) return;
      setBase(theirs);
      save(theirs);
    },
    onSaved: (saved, sent) => {
      setBase(saved);
      setDraft((typed) => (typed === sent ? saved.draft : typed));
    },
    onRefused: (error) => setChoosing(isChangedMeanwhile(error)),
  };
};
