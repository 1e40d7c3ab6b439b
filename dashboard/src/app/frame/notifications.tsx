import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { ActivityRow } from '@/components/activity-row';
import { Popover } from '@/components/popover';
import { activityQuery, concernsMe } from '@/data/activity';
import { useKnowsProjects, useProject, useZone } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { makeKeptStore, useStore } from '@/lib/store';
import { zoneName } from '@/lib/time/format';
import { frameStrings as words } from '@strings/frame';

const seenStore = makeKeptStore<string>('pulse-notifications-seen', '');
const shown_max = 30;

/** Events that concern me, newest first. "Needs you" is the list of tasks, this is the history. */
export const Notifications = () => {
  const [isOpen, setOpen] = useState(false);
  const { data = [] } = useQuery({ ...activityQuery(useProject()?.id), enabled: useKnowsProjects() });
  const mine = data.filter((each) => concernsMe(each)).slice(0, shown_max);
  const seen = useStore(seenStore);
  const [zone, now] = [useZone(), useSlowNow(60_000)];
  const isNew = mine[0] !== undefined && mine[0].at > seen;
  const toggle = (open: boolean) => {
    setOpen(open);
    if (open && mine[0]) seenStore.set(mine[0].at);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={toggle}
      align="end"
      label={words.notifications}
      className="max-h-[70vh] w-95 overflow-y-auto"
      trigger={
        <button
          type="button"
          aria-label={words.notifications}
          className="relative inline-flex size-(--control) items-center justify-center rounded-control text-secondary hover:bg-hover"
        >
          <span className="relative inline-flex">
            <Bell size={16} strokeWidth={1.75} aria-hidden />
            <span className={cn('absolute -top-0.5 -right-0.5 size-1.5 rounded-full bg-warning', !isNew && 'hidden')} />
          </span>
        </button>
      }
    >
      <div className="flex items-baseline justify-between px-4 pt-3 pb-2">
        <h2 className="font-heading">
          {words.notifications}
          <span className="ml-2 text-meta font-normal text-muted">{zoneName(now, zone)}</span>
        </h2>
        <Link
          to="/app/needs-you"
          className="reach text-meta text-accent-text hover:underline"
          onClick={() => setOpen(false)}
        >
          {words.openNeedsYou}
        </Link>
      </div>
      {mine.length === 0 ? (
        <p className="px-4 pb-4 text-secondary">{words.noNotifications}</p>
      ) : (
        <ol className="flex flex-col pb-1">
          {mine.map((each) => (
            <ActivityRow key={each.id} of={each} onOpen={() => setOpen(false)} />
          ))}
        </ol>
      )}
    </Popover>
  );
};
