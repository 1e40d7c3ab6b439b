import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { ActivityRow } from '@/components/activity-row';
import { Skeleton } from '@/components/states';
import { activityQuery } from '@/data/activity';
import { recentPostsQuery } from '@/data/posts';
import { useProject, useZone } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { zoneName } from '@/lib/time/format';
import { overviewStrings as words } from '@strings/overview';

const shown_max = 60;

/** Events as they happen, newest first. Only the frame's polite region reads them out. */
export const LiveRail = () => {
  const project = useProject();
  const zone = useZone();
  const now = useSlowNow(60_000);
  const activity = useQuery(activityQuery(project?.id));
  // The posts' titles are needed first: otherwise rows would grow while they are read.
  const posts = useQuery(recentPostsQuery(project?.id));
  const data = activity.data ?? [];
  // Events from before the first rendering do not count as new.
  const seen = useRef<number>(undefined);
  seen.current ??= data[0]?.id;
  const first = seen.current;
  return (
    <div className="py-4">
      <div className="flex items-baseline justify-between px-4 pb-2">
        <h2 className="font-heading">{words.live}</h2>
        <span className="text-meta text-muted">
          {project ? words.liveOf : words.liveAll} · {zoneName(now, zone)}
        </span>
      </div>
      {activity.isLoading || posts.isLoading ? (
        <Skeleton rows={8} />
      ) : data.length === 0 ? (
        <p className="px-4 text-muted">{words.liveNothing}</p>
      ) : (
        <ol aria-live="off">
          {data.slice(0, shown_max).map((each) => (
            <ActivityRow key={each.id} of={each} isFresh={first !== undefined && each.id > first} />
          ))}
        </ol>
      )}
    </div>
  );
};
