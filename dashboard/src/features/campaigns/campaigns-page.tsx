/** Campaigns as spans on one axis with the line "now", and the state of each. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Choice } from '@/components/choice';
import { ChooseProject } from '@/components/choose-project';
import { Card, Page } from '@/components/page';
import { MayNot } from '@/components/may-not';
import { Empty, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { campaignsQuery, campaignSummaryQuery, type Campaign, type CampaignState } from '@/data/campaigns';
import { useMay, useMe } from '@/data/people';
import { useProject } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import { frameStrings } from '@strings/frame';
import { campaignsStrings as words } from '@strings/campaigns';
import { CampaignDialog } from './campaign-dialog';
import { CommandDialog } from './command-dialog';
import { daysText } from './days';
import { axisOf, placeOf, type Axis } from './spans';

const states = ['all', 'active', 'draft', 'paused', 'completed'] as const;
type Filter = (typeof states)[number];

const bars: Record<CampaignState, string> = {
  draft: 'border-dashed border-line-control bg-surface',
  active: 'border-success-line bg-success-tint',
  paused: 'hatched border-line-control bg-surface',
  completed: 'border-line bg-pressed',
};

const Track = ({ of, axis }: { of: Campaign; axis: Axis }) => {
  const place = placeOf(of, axis);
  return (
    <span className="relative block h-full" aria-hidden>
      {axis.months.map((each) => (
        <span key={each.at} className="absolute inset-y-0 w-px bg-line-subtle" style={{ left: `${each.at}%` }} />
      ))}
      {place && (
        <span
          className={cn('absolute top-1/2 h-4 -translate-y-1/2 rounded-badge border', bars[of.state])}
          style={{ left: `${place.left}%`, width: `${place.width}%` }}
        />
      )}
      <span className="absolute inset-y-0 w-0.5 bg-accent" style={{ left: `${axis.now}%` }} />
    </span>
  );
};

const columns =
  'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 desk:grid-cols-[minmax(9rem,18rem)_6rem_minmax(10rem,1fr)_minmax(11rem,17rem)]';

const AxisHead = ({ axis }: { axis: Axis }) => (
  <div className={cn(columns, 'h-8 bg-sunken px-3 text-meta text-muted max-desk:hidden')} aria-hidden>
    <span>{words.name}</span>
    <span>{words.filter}</span>
    <span className="relative h-4">
      {axis.months
        .filter((each) => Math.abs(each.at - axis.now) > 5)
        .map((each) => (
          <span key={each.at} className="absolute pl-1" style={{ left: `${each.at}%` }}>
            {each.name}
          </span>
        ))}
      <span className="absolute -translate-x-1/2 font-name text-accent-text" style={{ left: `${axis.now}%` }}>
        {words.now}
      </span>
    </span>
    <span />
  </div>
);

const Row = ({ of, axis, isCurrent }: { of: Campaign; axis: Axis; isCurrent: boolean }) => {
  const { data: summary } = useQuery(campaignSummaryQuery(of.id));
  const c = summary?.counts;
  return (
    <li
      data-campaign={of.name}
      aria-current={isCurrent || undefined}
      className={cn(
        columns,
        'min-h-13 border-t border-line-subtle px-3 py-1.5 first:border-t-0 desk:min-h-11 desk:py-0',
        isCurrent && 'bg-accent-tint',
      )}
    >
      <span className="min-w-0">
        <Link
          to="/app/campaigns/$campaignId"
          params={{ campaignId: of.id }}
          className="reach block truncate font-name underline-offset-2 hover:underline"
        >
          {of.name}
        </Link>
        <span className="block truncate text-meta text-muted tabular">{daysText(of)}</span>
      </span>
      <Status of="campaign" state={of.state} className="justify-self-start" />
      <span className="self-stretch max-desk:hidden">
        <Track of={of} axis={axis} />
      </span>
      <span className="text-meta text-secondary tabular max-desk:col-span-2 desk:text-right">
        {c && words.sentence(c.posts_out + c.posts_partial, c.scheduled, c.pending_approval)}
      </span>
    </li>
  );
};

export const CampaignsPage = () => {
  const navigate = useNavigate();
  const project = useProject();
  const me = useMe();
  const mayManage = useMay('manage_campaigns');
  const now = useSlowNow(60_000);
  const query = useQuery(campaignsQuery(project?.id));
  const [filter, setFilter] = useState<Filter>('all');
  const [isMaking, setMaking] = useState(false);
  const [pausing, setPausing] = useState<Campaign>();
  const all = query.data ?? [];
  useQueries({ queries: all.slice(0, 20).map((each) => campaignSummaryQuery(each.id)) });
  const shown = all.filter((each) => filter === 'all' || each.state === filter);
  const axis = axisOf(shown, now);
  const open = (of: Campaign) => void navigate({ to: '/app/campaigns/$campaignId', params: { campaignId: of.id } });
  const group = frameStrings.keysPage;
  const { currentId } = useListKeys({
    items: shown,
    idOf: (each) => each.id,
    labels: { ...words.keys, group },
    onOpen: open,
    more: (current) =>
      mayManage
        ? [
            {
              key: 'p',
              label: words.keys.pause,
              group,
              run: () => current?.state === 'active' && setPausing(current),
            },
          ]
        : [],
  });
  const canMake = mayManage && project !== undefined;
  useKeys([{ key: 'n', label: words.keys.make, group, run: () => setMaking(true) }], canMake);
  const make = (className?: string) => (
    <Button kind="primary" icon={Plus} onClick={() => setMaking(true)} className={className}>
      {words.make}
    </Button>
  );
  return (
    <Page title={words.title} dense ownPrimary={canMake} actions={canMake ? make() : undefined}>
      {me && !mayManage && <MayNot>{words.mayNot}</MayNot>}
      {mayManage && !project && <ChooseProject />}
      <div className="flex items-center gap-2">
        <Choice
          label={words.filter}
          value={filter}
          choices={states.map((value) => ({ value, label: words.states[value] }))}
          onChange={setFilter}
        />
      </div>
      {canMake && make('tablet:hidden')}
      <Loaded query={query} what={words.list}>
        {() =>
          shown.length === 0 ? (
            <Empty
              action={canMake && all.length === 0 && <Button onClick={() => setMaking(true)}>{words.make}</Button>}
            >
              {all.length === 0 ? words.none : words.noneOf}
            </Empty>
          ) : (
            <Card className="overflow-hidden">
              <AxisHead axis={axis} />
              <ul aria-label={words.list}>
                {shown.map((each) => (
                  <Row key={each.id} of={each} axis={axis} isCurrent={each.id === currentId} />
                ))}
              </ul>
            </Card>
          )
        }
      </Loaded>
      {isMaking && project && <CampaignDialog project={project} onClose={() => setMaking(false)} onMade={open} />}
      {pausing && <CommandDialog of={pausing} what="pause" onClose={() => setPausing(undefined)} />}
    </Page>
  );
};
