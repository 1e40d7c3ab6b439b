/** My acts that wait for a decision: one at a time, read, edited, confirmed or skipped with one key or one thumb. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { buttonStyle } from '@/components/button';
import { MayNot } from '@/components/may-not';
import { Page } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { queueQuery, type Engagement } from '@/data/engagement';
import { useMe } from '@/data/people';
import { useKeys } from '@/lib/keys';
import { cn } from '@/lib/cn';
import { engagementStrings as words } from '@strings/engagement';
import { frameStrings } from '@strings/frame';
import { EngagementNav } from './engagement-nav';
import { minuteOf } from './plan-model';
import { QueueCard } from './queue-card';
import { nextOf } from './queue-order';

const Turns = ({
  acts,
  chosenId,
  onChoose,
}: {
  acts: Engagement[];
  chosenId: string;
  onChoose: (id: string) => void;
}) => (
  <ul
    aria-label={words.queueList}
    className="flex flex-col self-start overflow-hidden rounded-card border border-line bg-surface max-desk:hidden"
  >
    {acts.map((act) => (
      <li key={act.id} className="border-t border-line-subtle first:border-t-0">
        <button
          type="button"
          aria-current={act.id === chosenId || undefined}
          onClick={() => onChoose(act.id)}
          className={cn(
            'flex w-full flex-col justify-center border-l-3 px-3 py-1.5 text-left hover:bg-hover',
            act.id === chosenId ? 'border-l-accent bg-accent-tint' : 'border-l-transparent',
          )}
        >
          <span className="w-full truncate font-name">{act.page_name}</span>
          <span className="w-full truncate text-meta text-secondary">
            {words.whatOf(act.kind, act.reaction)} · <Time at={minuteOf(act.planned_at)} as="smart" />
          </span>
        </button>
      </li>
    ))}
  </ul>
);

const Queue = ({ acts }: { acts: Engagement[] }) => {
  const navigate = useNavigate();
  const [chosenId, setChosenId] = useState(acts[0]?.id);
  const place = useRef<HTMLDivElement>(null);
  const found = acts.findIndex((each) => each.id === chosenId);
  const index = Math.max(0, found);
  // The confirmed act is the one that was read, whatever moves to its place meanwhile.
  if (found < 0 && acts[0]) setChosenId(acts[0].id);
  const current = acts[index];
  const move = (step: number) => setChosenId(acts[Math.min(acts.length - 1, Math.max(0, index + step))]?.id);
  const group = frameStrings.keysPage;
  useKeys([
    { key: 'j', label: words.queueKeys.next, group, run: () => move(1) },
    { key: 'k', label: words.queueKeys.previous, group, run: () => move(-1) },
    {
      key: 'o',
      label: words.queueKeys.open,
      group,
      run: () => current && void navigate({ to: '/app/engagement/posts/$postId', params: { postId: current.post_id } }),
    },
  ]);
  if (!current) {
    return (
      <Empty
        action={
          <Link to="/app/engagement/pages" className={buttonStyle()}>
            {words.follow}
          </Link>
        }
      >
        {words.queueEmpty}
      </Empty>
    );
  }
  return (
    <div
      ref={place}
      tabIndex={-1}
      className="grid gap-4 max-tablet:flex-1 desk:grid-cols-[16rem_minmax(0,40rem)]"
      data-queue={acts.length}
    >
      <Turns acts={acts} chosenId={current.id} onChoose={setChosenId} />
      <QueueCard
        key={current.id}
        act={current}
        position={words.position(index + 1, acts.length)}
        onDone={() => {
          setChosenId(nextOf(acts, current.id));
          // The focused button disappears with its card, so the next card takes the focus.
          requestAnimationFrame(() => document.activeElement === document.body && place.current?.focus());
        }}
      />
    </div>
  );
};

export const QueuePage = () => {
  const me = useMe();
  const mayEngage = me?.permissions.includes('engage') ?? false;
  const queue = useQuery({ ...queueQuery, enabled: mayEngage });
  return (
    <Page title={words.queue} dense ownPrimary className="max-tablet:min-h-full">
      <EngagementNav />
      {me && !mayEngage ? (
        <MayNot>{words.mayNotEngage}</MayNot>
      ) : (
        <Loaded query={queue} what={words.queueWhat} rows={6}>
          {(acts) => <Queue acts={acts} />}
        </Loaded>
      )}
    </Page>
  );
};
