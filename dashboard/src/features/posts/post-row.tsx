import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { PlatformMark } from '@/components/icons';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { titleOf, type Post } from '@/data/posts';
import { cn } from '@/lib/cn';
import { postsStrings as words } from '@strings/posts';

type PostRowProps = {
  post: Post;
  zone: string;
  /** Each row names its own zone, because rows are of several projects. */
  showZone: boolean;
  isCurrent: boolean;
  isSelected: boolean;
  onSelect: (post: Post, isOn: boolean, isRange: boolean) => void;
  onFocus: (id: string) => void;
};

/** Only being checked at the platform: nobody needs to act yet. */
export const stateOfPost = (post: Post) =>
  post.status === 'needs_attention' &&
  post.deliveries.every((each) => each.state !== 'unconfirmed') &&
  post.deliveries.some((each) => each.state === 'unknown')
    ? 'checking'
    : post.status;

const marksOf = (post: Post) => [...new Set(post.deliveries.map((each) => each.channel_type))];

const Marks = ({ post }: { post: Post }) => (
  <span className="flex items-center gap-1.5">
    {marksOf(post).map((type) => (
      <PlatformMark key={type} of={type} named />
    ))}
  </span>
);

/** Rendered again only when its content changes, because many rows scroll by. */
export const PostRow = memo(({ post, zone, showZone, isCurrent, isSelected, onSelect, onFocus }: PostRowProps) => {
  const title = titleOf(post);
  return (
    <tr
      aria-selected={isSelected}
      onFocus={() => onFocus(post.id)}
      data-post={post.id}
      className={cn(
        'h-9 border-t [&>td]:align-middle border-line-subtle hover:bg-hover',
        isSelected && 'bg-accent-tint hover:bg-accent-tint',
        isCurrent && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <td className="w-10 pl-3">
        <input
          type="checkbox"
          aria-label={words.selectPost(title)}
          checked={isSelected}
          onChange={(event) =>
            onSelect(post, event.target.checked, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
          }
          className="block size-4 accent-accent"
        />
      </td>
      <td className="max-w-0 pr-3">
        <Link
          to="/app/posts/$postId"
          params={{ postId: post.id }}
          className="block truncate font-name hover:underline"
          title={title}
        >
          {title}
        </Link>
      </td>
      <td className="pr-3">
        <Marks post={post} />
      </td>
      <td className="pr-3">
        <Status of="post" state={stateOfPost(post)} />
      </td>
      <td className="pr-3 text-right whitespace-nowrap tabular">
        {post.scheduled_at ? (
          <Time at={post.scheduled_at} zone={zone} noZone={!showZone} />
        ) : (
          <span className="text-muted">{words.notScheduled}</span>
        )}
      </td>
    </tr>
  );
});
PostRow.displayName = 'PostRow';

/** The same on a phone: two lines, all of it one target. */
export const PostCard = memo(({ post, zone }: { post: Post; zone: string }) => (
  <tr className="border-t border-line-subtle first:border-t-0" data-post={post.id}>
    <td className="p-0">
      <Link
        to="/app/posts/$postId"
        params={{ postId: post.id }}
        className="flex h-[4.75rem] flex-col justify-center gap-0.5 px-3"
      >
        <span className="flex items-center gap-2">
          <span className="line-clamp-2 min-w-0 flex-1 leading-4.5 font-name break-words">{titleOf(post)}</span>
          <Status of="post" state={stateOfPost(post)} />
        </span>
        <span className="flex items-center gap-2 text-meta text-muted">
          {post.scheduled_at ? <Time at={post.scheduled_at} zone={zone} /> : words.notScheduled}
          <span className="ml-auto">
            <Marks post={post} />
          </span>
        </span>
      </Link>
    </td>
  </tr>
));
PostCard.displayName = 'PostCard';
