/** Content that waits for approval, by keyboard: the next item appears by itself. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { ContentWords } from '@/components/content-words';
import { Kbd } from '@/components/kbd';
import { Card } from '@/components/page';
import { Time } from '@/components/time';
import { approvalQuery, contentTitle, type Content } from '@/data/content';
import { membersQuery } from '@/data/members';
import { useKeys } from '@/lib/keys';
import { cn } from '@/lib/cn';
import { frameStrings } from '@strings/frame';
import { studioStrings as words } from '@strings/studio';
import { Changes } from './changes';
import { RejectDialog } from './reject-dialog';
import { useContentCommands } from './studio-data';

export const Queue = ({ items, onOpen }: { items: Content[]; onOpen: (of: Content) => void }) => {
  const { data: members = [] } = useQuery(membersQuery);
  const { approve } = useContentCommands();
  const [chosenId, setChosenId] = useState<string>();
  const [isRejecting, setRejecting] = useState(false);
  const found = items.findIndex((each) => each.id === chosenId);
  const index = Math.max(0, found);
  const current = items[index];
  const { data: approval } = useQuery({ ...approvalQuery(current?.id ?? ''), enabled: current !== undefined });
  const mayDecide = approval?.may_decide === true;
  const group = frameStrings.keysPage;
  const move = (step: number) => setChosenId(items[Math.min(items.length - 1, Math.max(0, index + step))]?.id);
  const goOn = () => setChosenId((items[index + 1] ?? items[index - 1])?.id);
  const yes = () => current && mayDecide && !approve.isPending && approve.mutate(current, { onSuccess: goOn });
  useKeys([
    { key: 'j', label: words.keys.next, group, run: () => move(1) },
    { key: 'k', label: words.keys.previous, group, run: () => move(-1) },
    { key: 'a', label: words.keys.approve, group, run: yes },
    { key: 'r', label: words.keys.reject, group, run: () => mayDecide && setRejecting(true) },
    { key: 'o', label: words.keys.open, group, run: () => current && onOpen(current) },
  ]);
  if (!current) return null;
  const author = members.find((each) => each.id === current.author_id);
  return (
    <div className="grid gap-4 desk:grid-cols-[16rem_minmax(0,1fr)]" data-queue={items.length}>
      <ul
        aria-label={words.queue}
        className="flex flex-col self-start overflow-hidden rounded-card border border-line bg-surface max-desk:max-h-40 max-desk:overflow-y-auto"
      >
        {items.map((each) => (
          <li key={each.id} className="border-t border-line-subtle first:border-t-0">
            <button
              type="button"
              aria-current={each.id === current.id || undefined}
              onClick={() => setChosenId(each.id)}
              className={cn(
                'flex min-h-(--row) w-full flex-col justify-center border-l-3 px-3 py-1.5 text-left hover:bg-hover',
                each.id === current.id ? 'border-l-accent bg-accent-tint' : 'border-l-transparent',
              )}
            >
              <span className="w-full truncate font-name">{contentTitle(each)}</span>
              <span className="text-meta text-muted">
                {words.version(each.version)}
                {each.submitted_at && (
                  <>
                    {' · '}
                    <Time at={each.submitted_at} as="smart" />
                  </>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Card className="flex min-w-0 flex-col gap-4 px-4 py-4">
        <p className="flex flex-wrap gap-x-3 text-meta text-muted" role="status">
          <span>{words.position(index + 1, items.length)}</span>
          <span>{author ? words.by(author.full_name) : words.byRule}</span>
          <span>{words.version(current.version)}</span>
          {current.scheduled_at && (
            <span>
              {words.wanted} <Time at={current.scheduled_at} />
            </span>
          )}
        </p>
        <ContentWords of={current} title={current.title} />
        {current.version > 1 && <Changes key={current.id} of={current} />}
        {approval && !mayDecide && approval.why_not && (
          <p className="rounded-control bg-sunken px-3 py-2 text-secondary">{approval.why_not}</p>
        )}
        <div className="flex flex-wrap items-center gap-2">
          <Button kind="primary" icon={Check} disabled={!mayDecide} busy={approve.isPending} onClick={yes}>
            {words.approve(current.version)}
          </Button>
          <Button icon={Undo2} disabled={!mayDecide} onClick={() => setRejecting(true)}>
            {words.reject}
          </Button>
          <Link to="/app/content-studio/$contentId" params={{ contentId: current.id }} className={buttonStyle('ghost')}>
            {words.open}
          </Link>
          <span className="flex items-center gap-1.5 text-meta text-muted max-tablet:hidden" aria-hidden>
            <Kbd of="a" />
            <Kbd of="r" />
            <Kbd of="j" />
            <Kbd of="k" />
          </span>
        </div>
      </Card>
      {isRejecting && <RejectDialog of={current} onClose={() => setRejecting(false)} onDone={goOn} />}
    </div>
  );
};
