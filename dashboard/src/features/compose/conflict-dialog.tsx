/** Somebody else saved first: both versions side by side, and nothing is overwritten before a choice. */
import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Time } from '@/components/time';
import { WordDiff } from '@/components/word-diff';
import { explanationQuery } from '@/data/posts';
import { commonStrings } from '@strings/common';
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

/** What differs besides the words, by name: whoever keeps theirs or mine decides about it, too. */
const othersOf = (theirs: Draft, mine: Draft): string[] => {
  const differs = (of: (draft: Draft) => unknown) => JSON.stringify(of(theirs)) !== JSON.stringify(of(mine));
  return [
    ...(differs((each) => [each.media, each.image]) ? [words.otherParts.media] : []),
    ...(differs((each) => each.options) ? [words.otherParts.options] : []),
    ...(differs((each) => each.threads) ? [words.otherParts.threads] : []),
    ...(theirs.lateness === mine.lateness ? [] : [words.otherParts.lateness]),
  ];
};

/** "Jonas Weil edited the post.", and when: what a person did to it last. */
const LastChange = ({ postId, zone }: { postId: string; zone: string }) => {
  const { data } = useQuery({ ...explanationQuery(postId), staleTime: 0 });
  const last = data?.deliveries[0]?.steps.findLast((each) => each.rule === 'person');
  if (!last) return null;
  return (
    <span data-last-change>
      {last.sentence} <Time at={last.at} zone={zone} />.{' '}
    </span>
  );
};

type ConflictProps = {
  postId: string;
  zone: string;
  theirs: Draft;
  mine: Draft;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  onClose: () => void;
};

const ConflictDialog = ({ postId, zone, theirs, mine, onTakeTheirs, onKeepMine, onClose }: ConflictProps) => {
  const platforms = [
    ...new Set([...Object.keys(theirs.variants), ...Object.keys(mine.variants)]),
  ] as (keyof Draft['variants'])[];
  const others = othersOf(theirs, mine);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={words.conflictTitle}
      text={
        <>
          <LastChange postId={postId} zone={zone} />
          {words.conflictText}
        </>
      }
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
        {others.length > 0 && <p>{words.alsoDiffers(commonStrings.list(others))}</p>}
      </div>
    </Dialog>
  );
};

export default ConflictDialog;
