import { Link } from '@tanstack/react-router';
import { PlatformMark } from '@/components/icons';
import { Status } from '@/components/status';
import { Lateness, Time } from '@/components/time';
import { titleOf, type Post } from '@/data/posts';
import { postsStrings as words } from '@strings/posts';

/** Only being checked at the platform: nobody needs to act yet. */
export const stateOfPost = (post: Post) =>
  post.status === 'needs_attention' &&
  post.deliveries.every((each) => each.state !== 'unconfirmed') &&
  post.deliveries.some((each) => each.state === 'unknown')
    ? 'checking'
    : post.status;

const marksOf = (post: Post) => [...new Set(post.deliveries.map((each) => each.channel_type))];

/** The platforms that it goes to. */
export const Marks = ({ post }: { post: Post }) => (
  <span className="flex items-center gap-1.5">
    {marksOf(post).map((type) => (
      <PlatformMark key={type} of={type} named />
    ))}
  </span>
);

/** A row on a phone: two lines, all of it one target. */
export const PostCard = ({ post, zone }: { post: Post; zone: string }) => (
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
      {post.lateness_ms !== null && (
        <Lateness ms={post.lateness_ms} className="min-w-0 truncate max-phone:hidden" />
      )}
      <span className="ml-auto">
        <Marks post={post} />
      </span>
    </span>
  </Link>
);
