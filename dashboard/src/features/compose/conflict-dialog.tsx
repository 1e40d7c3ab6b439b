/** Somebody else was faster: theirs and mine beside each other, and nothing is overwritten before somebody chooses. */
import { diffWordsWithSpace } from 'diff';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { composeStrings as words } from '@strings/compose';
import type { Draft } from './draft';

const Part = ({ name, theirs, mine }: { name: string; theirs: string; mine: string }) => (
  <section>
    <h3 className="text-meta text-muted">{name}</h3>
    {theirs === mine ? (
      <p className="text-secondary">{words.same}</p>
    ) : (
      <p className="rounded-control border border-line bg-sunken px-3 py-2 break-words whitespace-pre-wrap">
        {diffWordsWithSpace(theirs, mine).map((part, index) => {
          if (part.added) {
            return (
              <ins key={index} className="rounded-kbd bg-success-tint text-success-text no-underline">
                <span className="sr-only">{words.added} </span>
                <span aria-hidden>+</span>
                {part.value}
              </ins>
            );
          }
          if (part.removed) {
            return (
              <del key={index} className="rounded-kbd bg-danger-tint text-danger-text">
                <span className="sr-only">{words.removed} </span>
                <span aria-hidden>−</span>
                {part.value}
              </del>
            );
          }
          return part.value;
        })}
      </p>
    )}
  </section>
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
            name={words.textForPlatform(platform)}
            theirs={theirs.variants[platform] ?? theirs.text}
            mine={mine.variants[platform] ?? mine.text}
          />
        ))}
      </div>
    </Dialog>
  );
};

export default ConflictDialog;
