/** The entry crosses the line "now", and becomes a tick with its lateness. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, LoaderCircle } from 'lucide-react';
import { buttonStyle } from '@/components/button';
import { ErrorBox } from '@/components/states';
import { explanationQuery, postQuery, titleOf } from '@/data/posts';
import { useNow } from '@/lib/clock';
import { clockOf, distanceOf, latenessOf, zoneName } from '@/lib/time/format';
import { startStrings as words } from '@strings/website';

const window_ms = 30_000;
const nowShare = 0.35;
const poll_ms = 500;
const isOver = (status: string): boolean => !['scheduled', 'publishing', 'draft'].includes(status);

export const GoingOut = ({ postId, zone }: { postId: string; zone: string }) => {
  const now = useNow();
  const { data: post, error } = useQuery({
    ...postQuery(postId),
    // No other notice about this post is shown while it is watched here.
    refetchInterval: (query) => {
      const found = query.state.data;
      if (!found || isOver(found.status)) return false;
      return Date.parse(found.scheduled_at ?? '') - now < 2000 ? poll_ms : 2000;
    },
  });
  const over = post !== undefined && isOver(post.status);
  const { data: told } = useQuery({ ...explanationQuery(postId), enabled: over });
  if (error) return <ErrorBox error={error} />;
  if (!post) return null;
  const at = Date.parse(post.scheduled_at ?? '');
  const late = told?.deliveries
    .flatMap((each) => each.steps)
    .map((step) => step.figures.lateness_ms)
    .filter((each): each is number => typeof each === 'number');
  const worst = late && late.length > 0 ? Math.max(...late) : undefined;
  const isOut = post.status === 'published';
  const share = Math.min(1, Math.max(0, nowShare + (at - now) / window_ms));
  return (
    <div className="mt-3 flex flex-col gap-3" data-going-out={post.status}>
      <div
        role="img"
        aria-label={words.lane}
        className="relative h-14 max-w-lg overflow-hidden rounded-card border border-line"
      >
        <span className="absolute inset-y-0 left-0 w-[35%] bg-sunken" />
        <span className="absolute inset-y-0 left-[35%] w-px bg-accent" />
        <span className="absolute top-1 left-[35%] -translate-x-1/2 rounded-badge bg-accent px-1.5 text-axis font-heading text-on-accent tabular">
          {clockOf(now, zone, true)}
        </span>
        <span
          className="absolute bottom-2 flex items-center gap-1.5 rounded-badge border border-line bg-surface px-2 py-0.5 text-meta whitespace-nowrap transition-[left,transform] duration-300 motion-reduce:transition-none"
          // The label moves to the left as the entry moves to the right, so that it never leaves the lane.
          style={{
            left: `${(over ? 0.08 : share) * 100}%`,
            transform: over ? undefined : `translateX(-${(Math.max(0, share - nowShare) / (1 - nowShare)) * 100}%)`,
          }}
        >
          {over ? (
            <Check size={13} strokeWidth={2} aria-hidden className="text-success-text" />
          ) : (
            <LoaderCircle
              size={13}
              strokeWidth={1.75}
              aria-hidden
              className={at <= now ? 'turning text-info-text' : 'text-muted'}
            />
          )}
          {titleOf(post)}
        </span>
      </div>
      <p className="text-title font-heading" role="status">
        {over ? (
          isOut ? (
            worst === undefined ? (
              words.out
            ) : worst < 1 ? (
              words.outOnTime
            ) : (
              `${words.out} ${latenessOf(worst).replace(/^./, (c) => c.toUpperCase())}.`
            )
          ) : (
            words.notOut
          )
        ) : (
          <span className="tabular">{at > now ? words.goesOut(distanceOf(at, now)) : words.goingOut}</span>
        )}
      </p>
      {!over && (
        <p className="text-meta text-muted tabular">
          {words.waiting} {clockOf(at, zone, true)} {zoneName(at, zone)}
        </p>
      )}
      {over && (
        <div className="flex flex-wrap gap-2">
          <Link to="/app/posts/$postId" params={{ postId }} className={buttonStyle('primary')}>
            {words.readStory}
          </Link>
          <Link to="/app/people" className={buttonStyle()}>
            {words.inviteTeam}
          </Link>
        </div>
      )}
    </div>
  );
};
