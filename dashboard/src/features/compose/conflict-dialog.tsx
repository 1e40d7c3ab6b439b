/** Somebody else saved the post first: their words and mine. */
import { useQuery } from '@tanstack/react-query';
import { ConflictDialog } from '@/components/conflict-dialog';
import { Time } from '@/components/time';
import { explanationQuery } from '@/data/posts';
import { composeStrings as words } from '@strings/compose';
import { platformNames } from '@strings/platforms';
import type { Draft } from './draft';

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
      {last.sentence} <Time at={last.at} zone={zone} />.
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

const PostConflict = ({ postId, zone, theirs, mine, onTakeTheirs, onKeepMine, onClose }: ConflictProps) => {
  const platforms = [
    ...new Set([...Object.keys(theirs.variants), ...Object.keys(mine.variants)]),
  ] as (keyof Draft['variants'])[];
  return (
    <ConflictDialog
      title={words.conflictTitle}
      by={<LastChange postId={postId} zone={zone} />}
      parts={[
        { name: words.titlePart, theirs: theirs.title, mine: mine.title },
        { name: words.textPart, theirs: theirs.text, mine: mine.text },
        ...platforms.map((platform) => ({
          name: words.textForPlatform(platformNames[platform]),
          theirs: theirs.variants[platform] ?? theirs.text,
          mine: mine.variants[platform] ?? mine.text,
        })),
      ]}
      others={othersOf(theirs, mine)}
      onTakeTheirs={onTakeTheirs}
      onKeepMine={onKeepMine}
      onClose={onClose}
    />
  );
};

export default PostConflict;
