/** Somebody else saved first: both versions side by side, and nothing is overwritten before a choice. */
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { WordDiff } from '@/components/word-diff';
import { composeStrings as words } from '@strings/compose';
import { platformNames } from '@strings/platforms';
import type { Draft } from './draft';

const Part = ({ name, theirs, mine }: { name: string; theirs: string; mine: string }) =>
  theirs === mine ? (
    <section aria-label={name}>
      <h3 className="text-meta text-muted">{name}</h3>
      <p className="text-secondary">{words.same}</p>
    </section>
  ) : (
    <WordDiff name={name} before={theirs} after={mine} />
  );

type ConflictProps = {
  theirs: Draft;
  mine: Draft;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  onClose: () => void;
};

const ConflictDialog = ({ theirs, mine, onTakeTheirs, onKeepMine, onClose }: ConflictProps) => {
  const platforms = [
    ...new Set([...Object.keys(theirs.variants), ...Object.keys(mine.variants)]),
  ] as (keyof Draft['variants'])[];
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={words.conflictTitle}
      text={words.conflictText}
      actions={
        <>
          <Button onClick={onTakeTheirs}>{words.takeTheirs}</Button>
          <Button kind="primary" onClick={onKeepMine}>
            {words.keepMine}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-meta text-muted">{words.theirsToMine}</p>
        <Part name={words.titlePart} theirs={theirs.title} mine={mine.title} />
        <Part name={words.textPart} theirs={theirs.text} mine={mine.text} />
        {platforms.map((platform) => (
          <Part
            key={platform}
            name={words.textForPlatform(platformNames[platform])}
            theirs={theirs.variants[platform] ?? theirs.text}
            mine={mine.variants[platform] ?? mine.text}
          />
        ))}
      </div>
    </Dialog>
  );
};

export default ConflictDialog;
