import { Suspense, useState } from 'react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button, buttonStyle } from '@/components/button';
import { Choice } from '@/components/choice';
import { ChooseProject } from '@/components/choose-project';
import { Card, Page, PhoneActions, Section } from '@/components/page';
import { Empty, Loaded, Skeleton } from '@/components/states';
import { Time } from '@/components/time';
import { toastError } from '@/components/toast';
import { FilterSelect } from '@/components/field';
import {
  exportOutcomes,
  ranges,
  summaryQuery,
  timeseriesQuery,
  type Asked,
  type Range,
  type Summary,
} from '@/data/analytics';
import { useChannels } from '@/data/channels';
import { useProject } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { useKeys } from '@/lib/keys';
import { toMs } from '@/lib/time/format';
import { lazyWhenThere } from '@/lib/when-there';
import { analyticsStrings as words } from '@strings/analytics';
import { frameStrings } from '@strings/frame';
import { hasOutcomes, percentOf, rangeOf } from './figures';
import { Reactions } from './reactions';
import { StripPlot } from './strip-plot';
import { DayTable, PlatformTable } from './tables';

const OutcomeChart = lazyWhenThere(() => import('./outcome-chart').then((found) => ({ default: found.OutcomeChart })));
const address = getRouteApi('/app/analytics');

const save = ({ file, name }: { file: Blob; name: string }): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** The sentence, and beside it the figures that it leaves out. */
const Head = ({ of }: { of: Summary }) => (
  <header className="flex flex-col gap-1.5">
    <p className="max-w-prose text-lead">{of.sentence}</p>
    <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-meta text-secondary tabular">
      {of.success_rate !== null && <span>{words.success(percentOf(of.success_rate))}</span>}
      <span>{words.retried(of.retried)}</span>
      {of.unconfirmed > 0 && <span>{words.unconfirmed(of.unconfirmed)}</span>}
      {of.needs_decision > 0 && (
        <Link to="/app/needs-you" className="reach text-warning-text underline-offset-2 hover:underline">
          {words.decisions(of.needs_decision)}
        </Link>
      )}
      {of.counted_until && (
        <span className="text-muted">
          {words.countedUntil} <Time at={Math.floor(toMs(of.counted_until) / 1000) * 1000} as="smart" />
        </span>
      )}
    </p>
  </header>
);

const Days = ({ asked, asTable }: { asked: Asked; asTable: boolean }) => {
  const query = useQuery(timeseriesQuery(asked));
  const now = useSlowNow(60_000);
  const go = address.useNavigate();
  return (
    <Loaded query={query} what={words.what} rows={6}>
      {(data) =>
        asTable ? (
          <DayTable days={data.days} zone={data.time_zone} now={now} />
        ) : (
          <Card className="p-4">
            <Suspense fallback={<Skeleton rows={6} />}>
              <OutcomeChart
                days={data.days}
                zone={data.time_zone}
                now={now}
                onOpen={(day) => void go({ to: '/app/calendar', search: { view: 'day', date: day.day } })}
              />
            </Suspense>
          </Card>
        )
      }
    </Loaded>
  );
};

const Figures = ({ asked, asTable }: { asked: Asked; asTable: boolean }) => (
  <Loaded query={useQuery(summaryQuery(asked))} what={words.what} rows={8}>
    {(summary) => (
      <>
        <Head of={summary} />
        {hasOutcomes(summary) ? (
          <>
            <Section title={words.byDay}>
              <Days asked={asked} asTable={asTable} />
            </Section>
            {!asTable && (
              <Section title={words.lateness}>
                <Card className="p-4">
                  <StripPlot platforms={summary.platforms} />
                </Card>
              </Section>
            )}
            <Section title={words.figures}>
              <PlatformTable platforms={summary.platforms} />
            </Section>
            <Reactions asked={asked} />
          </>
        ) : (
          <Empty
            action={
              <Link to="/app/posts/new" className={buttonStyle('quiet')}>
                {words.newPost}
              </Link>
            }
          >
            {words.empty}
          </Empty>
        )}
      </>
    )}
  </Loaded>
);

export const AnalyticsPage = () => {
  const project = useProject();
  const channels = useChannels();
  const search = address.useSearch();
  const go = address.useNavigate();
  const [asTable, setAsTable] = useState(false);
  const range = rangeOf(search.range);
  const show = (next: { range?: Range; channel?: string }) =>
    void go({ to: '.', search: { range, channel: search.channel, ...next }, replace: true });
  useKeys([
    ...ranges.map((each, index) => ({
      key: String(index + 1),
      label: words.rangeLong[each],
      run: () => show({ range: each }),
    })),
    { key: 't', label: words.toggleTable, run: () => setAsTable(!asTable) },
  ]);
  const asked = project && { projectId: project.id, range, channelId: search.channel };
  const exporting = useMutation({ mutationFn: exportOutcomes, onSuccess: save, onError: toastError });
  const actions = (
    <Button
      kind="primary"
      icon={Download}
      busy={exporting.isPending}
      disabled={!asked}
      onClick={() => asked && exporting.mutate(asked)}
    >
      {words.exportCsv}
    </Button>
  );
  return (
    <Page title={frameStrings.analytics} ownPrimary actions={actions}>
      <div className="flex flex-wrap items-center gap-2">
        <Choice
          label={words.range}
          value={range}
          choices={ranges.map((each) => ({ value: each, label: words.ranges[each] }))}
          onChange={(next) => show({ range: next })}
        />
        <FilterSelect
          aria-label={words.channel}
          className="max-tablet:flex-1"
          value={search.channel ?? ''}
          onChange={(event) => show({ channel: event.target.value || undefined })}
        >
          <option value="">{words.allChannels}</option>
          {channels.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </FilterSelect>
        <Button className="tablet:ml-auto" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asCharts : words.asTable}
        </Button>
        <PhoneActions>{actions}</PhoneActions>
      </div>
      {asked ? <Figures asked={asked} asTable={asTable} /> : <ChooseProject />}
    </Page>
  );
};
