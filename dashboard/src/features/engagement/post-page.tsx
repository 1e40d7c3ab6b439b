/** A found post and its plan on a time line: who, what, when, state and reason. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { Fragment, useState } from 'react';
import { buttonStyle, Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Card, Page, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Ago, Time } from '@/components/time';
import type { Engagement } from '@/data/engagement';
import { useZone } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { sentence } from '@/lib/problem';
import { cn } from '@/lib/cn';
import { useListKeys } from '@/lib/list-keys';
import { clockOf, toMs } from '@/lib/time/format';
import { engagementStrings as words } from '@strings/engagement';
import { frameStrings } from '@strings/frame';
import { planQuery, postQuery, type FoundPost } from './engagement-data';
import { Explanation } from './explanation';
import { headingOf } from './found-posts';
import { PlanChart } from './plan-chart';
import { minuteOf, momentOf } from './plan-model';

const Head = ({ post }: { post: FoundPost }) => (
  <header className="flex flex-col gap-2">
    <h1 className="text-title font-heading break-words">{headingOf(post)}</h1>
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-meta text-secondary">
      <Link
        to="/app/engagement/pages/$pageId"
        params={{ pageId: post.page_id }}
        className="text-accent-text underline-offset-2 hover:underline"
      >
        {post.page_name}
      </Link>
      <span>
        <Time at={minuteOf(post.published_at)} /> · <Ago at={post.published_at} />
      </span>
      <span className="text-muted">
        {words.found} {words.sources[post.source]}
      </span>
    </p>
    {post.text.trim() && post.text.trim() !== headingOf(post).trim() && (
      <p className="max-h-64 max-w-prose overflow-y-auto whitespace-pre-line text-lead break-words" tabIndex={0}>
        {post.text}
      </p>
    )}
    <span>
      <a href={post.url} target="_blank" rel="noreferrer" className={buttonStyle('quiet', 'small')}>
        <ExternalLink size={14} strokeWidth={1.75} aria-hidden />
        {post.urn ? words.openThere : words.openSource}
      </a>
    </span>
  </header>
);

const ActRow = ({
  act,
  isFirst,
  isCurrent,
  onFocus,
  onWhy,
}: {
  act: Engagement;
  /** The first act; on a phone "now" may stand above it. */
  isFirst: boolean;
  isCurrent: boolean;
  onFocus: () => void;
  onWhy: () => void;
}) => {
  const who = act.is_mine ? words.youNamed(act.member_name) : act.member_name;
  const what = words.whatOf(act.kind, act.reaction);
  return (
    <li
      data-act={act.state}
      onFocus={onFocus}
      aria-current={isCurrent || undefined}
      className={cn(
        'grid items-center gap-x-4 gap-y-1 border-line-subtle px-4 py-2',
        isFirst ? 'max-tablet:not-first-of-type:border-t' : 'border-t',
        'grid-cols-[minmax(0,1fr)_auto] tablet:grid-cols-[11rem_minmax(0,1fr)_auto] desk:grid-cols-[minmax(6rem,12rem)_minmax(14rem,1fr)_9rem_9.5rem_3.5rem]',
        isCurrent && 'bg-accent-tint',
      )}
    >
      <span className={cn('truncate', act.is_mine && 'font-name')}>{who}</span>
      <span className="min-w-0 max-tablet:order-3 max-tablet:col-span-2 tablet:max-desk:order-1 tablet:max-desk:row-span-2">
        <span className="text-secondary">{what}</span>
        {act.is_automatic && <span className="text-meta text-muted"> · {words.automatic}</span>}
        {act.text && <span className="block text-meta break-words text-secondary">{act.text}</span>}
        {act.reason && <span className="block text-meta break-words text-muted">{sentence(act.reason)}</span>}
      </span>
      <span className="max-desk:order-4">
        <Time at={minuteOf(momentOf(act))} as="smart" />
      </span>
      <span className="max-desk:order-2 max-desk:justify-self-end">
        <Status
          of="engagement"
          state={act.state}
          word={!act.is_mine && act.state === 'waiting_confirmation' ? words.toConfirm : undefined}
        />
      </span>
      <span className="max-desk:order-5 max-desk:justify-self-end">
        <Button
          size="small"
          kind="ghost"
          className="max-desk:-mr-2 max-tablet:-mr-3"
          aria-label={words.whyNamed(who, what)}
          onClick={onWhy}
        >
          {words.why}
        </Button>
      </span>
    </li>
  );
};

/** On a phone the list is the time line, with "now" between past and coming acts. */
const NowRow = ({ at, zone }: { at: number; zone: string }) => (
  <li aria-hidden className="flex items-center gap-2 px-4 tablet:hidden">
    <span className="rounded-badge bg-accent px-1 text-axis text-on-accent tabular">
      {words.now} {clockOf(minuteOf(at), zone)}
    </span>
    <span className="h-0.5 flex-1 bg-accent" />
  </li>
);

const Plan = ({ post, acts }: { post: FoundPost; acts: Engagement[] }) => {
  const zone = useZone();
  const [asked, setAsked] = useState<Engagement>();
  const now = useSlowNow(10_000);
  const nowIndex = acts.findIndex((each) => momentOf(each) > now);
  const { current, currentId, setCurrentId } = useListKeys({
    items: acts,
    idOf: (each) => each.id,
    labels: { ...words.planKeys, group: frameStrings.keysPage },
    onOpen: setAsked,
  });
  if (acts.length === 0) {
    return (
      <Empty
        action={
          <Link to="/app/engagement/pages/$pageId" params={{ pageId: post.page_id }} className={buttonStyle()}>
            {words.planEmptyLink}
          </Link>
        }
      >
        {words.planEmpty}
      </Empty>
    );
  }
  return (
    <>
      <PlanChart acts={acts} beginsAt={toMs(post.found_at)} zone={zone} chosenId={current?.id} onChoose={setAsked} />
      <Card>
        <ul aria-label={words.planWhat}>
          {acts.map((act, index) => (
            <Fragment key={act.id}>
              {index === nowIndex && <NowRow at={now} zone={zone} />}
              <ActRow
                act={act}
                isFirst={index === 0}
                isCurrent={act.id === currentId}
                onFocus={() => setCurrentId(act.id)}
                onWhy={() => setAsked(act)}
              />
            </Fragment>
          ))}
        </ul>
      </Card>
      {asked && (
        <Dialog
          open
          wide
          onOpenChange={(open) => !open && setAsked(undefined)}
          title={
            asked.is_mine
              ? words.whyMine[asked.kind]
              : words.whyTitle(asked.member_name, words.whatOf(asked.kind, asked.reaction))
          }
        >
          <Explanation of={asked} />
        </Dialog>
      )}
    </>
  );
};

export const FoundPostPage = () => {
  const { postId } = useParams({ from: '/app/engagement/posts/$postId' });
  const post = useQuery(postQuery(postId));
  const plan = useQuery(planQuery(postId));
  const sees = post.data;
  return (
    <Page
      title={sees ? headingOf(sees) : words.postWhat}
      parent={{ label: words.title, to: '/app/engagement' }}
      headed={sees !== undefined}
      ownPrimary
    >
      <Loaded query={post} what={words.postWhat} rows={6}>
        {(found) => (
          <>
            <Head post={found} />
            <Section title={words.plan} count={plan.data?.length}>
              <Loaded query={plan} what={words.planWhat} rows={4}>
                {(acts) => <Plan post={found} acts={acts} />}
              </Loaded>
              <p className="max-w-prose text-meta text-muted">
                {found.left_out > 0 && <>{words.leftOut(found.left_out)} </>}
                {words.planHidden}
              </p>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
};
