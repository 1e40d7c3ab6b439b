/** Pausing and resuming everything. Before: what the pause holds. After: who paused, and what had begun already. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CirclePause, CirclePlay } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { pausedTitleStore } from '@/components/page';
import { Time } from '@/components/time';
import { useCompany } from '@/data/company';
import { useMay } from '@/data/people';
import { useProject } from '@/data/projects';
import { comingQuery } from '@/data/simulation';
import type { Schemas } from '@/lib/api/client';
import { serverNow } from '@/lib/clock';
import { makeStore, useStore } from '@/lib/store';
import { frameStrings as words } from '@strings/frame';
import { paletteStore } from './palette-store';

export type Scope = 'project' | 'company';
type Begun = Schemas['delivery_under_way'][];

/** The deliveries that had begun, from the answer to the pause. */
export const begunStore = makeStore<Begun>([]);
const day_h = 24;
const minute_ms = 60_000;

/** The start of the simulation, rounded to a minute, so that it is requested once a minute. */
const thisMinute = () => Math.floor(serverNow() / minute_ms) * minute_ms;

/** Deliveries due within a day; nothing while unknown. */
export const useComing = (wanted: boolean) => {
  const project = useProject();
  const [from] = useState(thisMinute);
  const query = useQuery({ ...comingQuery(project?.id, from, day_h), enabled: wanted && project !== undefined });
  // Without an answer from the server the state is unknown, whatever was read before.
  return query.error ? undefined : query.data?.deliveries;
};

export const usePaused = () => {
  const company = useCompany();
  const project = useProject();
  if (company?.paused_at)
    return { scope: 'company' as Scope, at: company.paused_at, by: company.paused_by, name: company.name };
  if (project?.paused_at)
    return {
      scope: 'project' as Scope,
      at: project.paused_at,
      by: project.paused_by,
      name: project.name,
      id: project.id,
    };
  return undefined;
};

/** In the head of every page. */
export const PauseButton = () => {
  const mayPause = useMay('publish_posts');
  const paused = usePaused();
  if (!mayPause) return null;
  return (
    <Button
      kind={paused ? 'warning' : 'quiet'}
      onClick={() => paletteStore.set('pause')}
      aria-label={paused ? words.resume : words.pauseAll}
      className="max-tablet:border-transparent max-tablet:px-3 max-tablet:shadow-none"
    >
      {paused ? (
        <CirclePlay size={16} strokeWidth={1.75} aria-hidden />
      ) : (
        <CirclePause size={16} strokeWidth={1.75} aria-hidden />
      )}
      <span className="max-tablet:hidden">{paused ? words.resume : words.pauseAll}</span>
    </Button>
  );
};

/** Over every page while something is paused. */
export const PausedBanner = () => {
  const paused = usePaused();
  const begun = useStore(begunStore);
  const coming = useComing(paused !== undefined);
  useEffect(() => pausedTitleStore.set(paused ? words.pausedTitle : ''), [paused]);
  if (!paused) return null;
  return (
    <div
      role="status"
      className="hatched relative z-30 flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-sunken px-5 py-1.5 max-tablet:px-4"
    >
      <CirclePause size={16} strokeWidth={1.75} aria-hidden className="text-warning-text" />
      <p className="min-w-0 flex-1">
        <span className="font-name">
          {paused.scope === 'company' ? words.pausedCompany : words.pausedProject(paused.name)}{' '}
          <Time at={paused.at} as="smart" />
          {paused.by ? ` ${words.pausedBy(paused.by)}` : ''}.
        </span>{' '}
        {paused.scope === 'project' && coming && words.pausedHeld(coming.length)}
        {begun.length > 0 && (
          <>
            {' '}
            {words.hadBegun(begun.length)}{' '}
            {begun.slice(0, 3).map((each) => (
              <Link
                key={each.id}
                to="/app/posts/$postId"
                params={{ postId: each.post_id }}
                search={{ delivery: each.id }}
                className="mr-2 text-accent-text hover:underline reach"
              >
                {each.channel_name}
              </Link>
            ))}
          </>
        )}
      </p>
      <Button size="small" onClick={() => paletteStore.set('pause')}>
        {words.resume}
      </Button>
    </div>
  );
};
