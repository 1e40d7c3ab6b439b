/** Both versions of a draft that two people changed: theirs, mine, or both together where they do not meet. */
import type { ReactNode } from 'react';
import { joined } from '@/lib/shared-draft';
import { conflictStrings as words } from '@strings/conflict';
import { ConflictDialog, type ConflictPart } from './conflict-dialog';

export type VersionsProps<Draft> = {
  base: Draft;
  theirs: Draft;
  mine: Draft;
  by: ReactNode;
  /** Goes on with `next`, which is not saved yet. */
  onTake: (next: Draft, said: string) => void;
  onKeepMine: () => void;
  onClose: () => void;
};

type VersionsDialogProps<Draft> = {
  of: VersionsProps<Draft>;
  title: string;
  parts: ConflictPart[];
  others?: string[];
};

export const VersionsDialog = <Draft extends object>({ of, ...shown }: VersionsDialogProps<Draft>) => {
  const together = joined(of.base, of.theirs, of.mine);
  return (
    <ConflictDialog
      {...shown}
      by={of.by}
      onTakeTheirs={() => of.onTake(of.theirs, words.tookTheirs)}
      onKeepMine={of.onKeepMine}
      {...(together ? { onJoin: () => of.onTake(together, words.joined) } : {})}
      onClose={of.onClose}
    />
  );
};
