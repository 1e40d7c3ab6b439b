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

/** What happens, as it happens, newest first. Read out by the one polite region of the frame, not by itself. */
export const LiveRail = () => {
  const project = useProject();
  const zone = useZone();
  const now = useSlowNow(60_000);
  const activity = useQuery(activityQuery(project?.id));
  // The titles of its posts, without which rows would grow while they are read.
  const posts = useQuery(recentPostsQuery(project?.id));
  const data = activity.data ?? [];
  // What was there when the rail was first drawn does not arrive.
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
