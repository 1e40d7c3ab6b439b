/** Posts as rows: text, page, time, and the progress of the plan. */
import { Link, useNavigate } from '@tanstack/react-router';
import { PlatformMark } from '@/components/icons';
import { Card } from '@/components/page';
import { Status } from '@/components/status';
import { Ago, Time } from '@/components/time';
import { cn } from '@/lib/cn';
import { useListKeys } from '@/lib/list-keys';
import { engagementStrings as words } from '@strings/engagement';
import { frameStrings } from '@strings/frame';
import type { FoundPost } from './engagement-data';
import { minuteOf } from './plan-model';

export const titleOf = (post: { title: string; text?: string }): string =>
  post.title.trim() || post.text?.trim().split('\n')[0] || words.untitled;

const heading_max = 100;

/** A heading of the post's own page, above its whole text: its title, or how a long text begins. */
export const headingOf = (post: { title: string; text?: string }): string => {
  const whole = titleOf(post);
  if (post.title.trim() || whole.length <= heading_max) return whole;
  const sentence = /^.{12,100}?[.!?…](?=\s)/u.exec(whole)?.[0];
  return sentence ?? `${whole.slice(0, heading_max).replace(/[\s,;:]+\S*$/u, '')}…`;
};

/** The text beyond the title, if any: many texts begin with the title. */
const moreOf = (post: FoundPost): string => {
  const [title, text] = [post.title.trim(), post.text.trim()];
  if (!title) return '';
  return text.startsWith(title) ? text.slice(title.length).replace(/^[\s.,:;!?…]+/, '') : text;
};

const PlanState = ({ of }: { of: FoundPost }) => {
  if (of.planned === 0) return <span className="text-muted">{words.planCounts(0, 0, 0)}</span>;
  const state = of.waiting > 0 ? 'waiting_confirmation' : of.completed === of.planned ? 'completed' : 'queued';
  return (
    <Status of="engagement" state={state} as="text" word={words.planCounts(of.planned, of.completed, of.waiting)} />
  );
};

const Row = ({
  post,
  withPage,
  isCurrent,
  onFocus,
}: {
  post: FoundPost;
  withPage?: boolean;
  isCurrent: boolean;
  onFocus: () => void;
}) => (
  <li
    data-post={post.id}
    onFocus={onFocus}
    aria-current={isCurrent || undefined}
    className={cn(
      'grid gap-x-6 gap-y-1 border-t border-line-subtle px-4 py-2.5 first:border-t-0 tablet:grid-cols-[minmax(0,1fr)_11rem] tablet:max-desk:[&>:first-child]:row-span-2 desk:grid-cols-[minmax(0,1fr)_12rem_10rem] desk:items-center',
      isCurrent && 'bg-accent-tint',
    )}
  >
    <span className="min-w-0">
      <Link
        to="/app/engagement/posts/$postId"
        params={{ postId: post.id }}
        className="reach block font-name break-words underline-offset-2 hover:underline"
      >
        <span className="line-clamp-2">{titleOf(post)}</span>
      </Link>
      {moreOf(post) && <span className="block truncate text-meta text-secondary">{moreOf(post)}</span>}
      {withPage && (
        <span className="flex items-center gap-1.5 text-meta text-muted">
          {post.urn && <PlatformMark of="linkedin" />}
          <span className="truncate">{post.page_name}</span>
        </span>
      )}
    </span>
    <span className="text-meta tablet:max-desk:text-right">
      <PlanState of={post} />
    </span>
    <span className="flex flex-col text-meta text-muted max-tablet:flex-row max-tablet:gap-2 tablet:items-end">
      <Time at={minuteOf(post.published_at)} as="smart" />
      <Ago at={post.published_at} />
    </span>
  </li>
);

export const FoundPosts = ({ posts, withPage }: { posts: FoundPost[]; withPage?: boolean }) => {
  const navigate = useNavigate();
  const { currentId, setCurrentId } = useListKeys({
    items: posts,
    idOf: (each) => each.id,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen: (post) => void navigate({ to: '/app/engagement/posts/$postId', params: { postId: post.id } }),
  });
  return (
    <Card>
      <ul aria-label={words.postsWhat}>
        {posts.map((post) => (
          <Row
            key={post.id}
            post={post}
            withPage={withPage}
            isCurrent={post.id === currentId}
            onFocus={() => setCurrentId(post.id)}
          />
        ))}
      </ul>
    </Card>
  );
};
