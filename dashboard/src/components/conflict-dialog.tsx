/** Somebody else saved first: both versions side by side, and nothing is overwritten before a choice. */
import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { WordDiff } from '@/components/word-diff';
import { commonStrings } from '@strings/common';
import { conflictStrings as words } from '@strings/conflict';

export type ConflictPart = { name: string; theirs: string; mine: string };

const Part = ({ name, theirs, mine }: ConflictPart) =>
  theirs === mine ? (
    <section aria-label={name}>
      <h3 className="text-meta text-muted">{name}</h3>
      <p className="text-secondary">{words.same}</p>
    </section>
  ) : (
    <WordDiff name={name} before={theirs} after={mine} />
  );

type ConflictProps = {
  title: string;
  /** Who changed it last, and when. */
  by?: ReactNode;
  parts: ConflictPart[];
  /** What differs besides these, by name: whoever keeps theirs or mine decides about it, too. */
  others?: string[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  /** Where both changed different parts. */
  onJoin?: () => void;
  onClose: () => void;
};

export const ConflictDialog = (of: ConflictProps) => (
  <Dialog
    open
    wide
    onOpenChange={(open) => !open && of.onClose()}
    title={of.title}
    text={
      <>
        {of.by} {words.text}
      </>
    }
    actions={
      <>
        <Button onClick={of.onTakeTheirs}>{words.takeTheirs}</Button>
        <Button kind={of.onJoin ? 'quiet' : 'primary'} onClick={of.onKeepMine}>
          {words.keepMine}
        </Button>
        {of.onJoin && (
          <Button kind="primary" onClick={of.onJoin}>
            {words.join}
          </Button>
        )}
      </>
    }
  >
    <div className="flex flex-col gap-3">
      <p className="text-meta text-muted">{words.theirsToMine}</p>
      {of.parts.map((each) => (
        <Part key={each.name} {...each} />
      ))}
      {of.others !== undefined && of.others.length > 0 && <p>{words.alsoDiffers(commonStrings.list(of.others))}</p>}
    </div>
  </Dialog>
);
