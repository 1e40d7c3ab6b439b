/** One tracked page: the state of polling, the spread of its acts, whether I follow it, and its posts. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ExternalLink, Plus, RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/button';
import { Page, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Ago, Time } from '@/components/time';
import { useMay } from '@/data/people';
import { lengthOf } from '@/lib/time/format';
import { engagementStrings as words } from '@strings/engagement';
import { BringDialog } from './bring-dialog';
import { feedQuery, pageQuery, pollQuery, usePageCommands, type PollStatus, type TrackedPage } from './engagement-data';
import { FoundPosts } from './found-posts';
import { Asking, FollowButton, PageMenu, type Asked } from './pages-page';

const Facts = ({ of }: { of: [string, ReactNode][] }) => (
  <dl className="grid grid-cols-2 gap-x-8 gap-y-3 rounded-card border border-line px-4 py-3 desk:grid-cols-5">
    {of.map(([name, value]) => (
      <div key={name} className="min-w-0">
        <dt className="text-meta text-muted">{name}</dt>
        <dd className="break-words">{value}</dd>
      </div>
    ))}
  </dl>
);

const PollState = ({ of }: { of: PollStatus }) => {
  switch (of.state) {
    case 'links_only':
      return <p className="max-w-prose text-secondary">{words.linksOnlyText}</p>;
    case 'polling':
      return <Status of="run" state="running" as="text" word={words.lookingNow} />;
    case 'failing':
      return (
        <div className="flex flex-col gap-1">
          <p className="flex flex-wrap items-center gap-x-2">
            <Status of="integration" state="backing_off" word={words.failedTimes(of.failures)} />
            {of.next_poll_at && (
              <span className="text-secondary">
                {words.again} <Time at={of.next_poll_at} as="smart" /> · <Ago at={of.next_poll_at} />
              </span>
            )}
          </p>
          {of.problem && <p className="max-w-prose text-secondary">{of.problem}</p>}
        </div>
      );
    case 'held':
      return (
        <div className="flex flex-col gap-1">
          <p className="flex flex-wrap items-center gap-x-2">
            <Status of="delivery" state="waiting" word={words.held} />
            {of.next_poll_at && (
              <span className="text-secondary">
                {words.heldUntil} <Time at={of.next_poll_at} as="smart" /> · <Ago at={of.next_poll_at} />
              </span>
            )}
          </p>
          {of.hold && <p className="max-w-prose text-secondary">{of.hold}</p>}
        </div>
      );
    case 'waiting':
      return (
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-secondary">
          <span>
            {of.last_polled_at ? (
              <>
                {words.polled} <Time at={of.last_polled_at} as="smart" /> · <Ago at={of.last_polled_at} />
              </>
            ) : (
              words.notYet
            )}
          </span>
          {of.next_poll_at && (
            <span>
              {words.nextLook} <Time at={of.next_poll_at} as="smart" />
            </span>
          )}
        </p>
      );
  }
};

const Polling = ({ page }: { page: TrackedPage }) => {
  const mayTrack = useMay('track_pages');
  const { poll } = usePageCommands();
  const status = useQuery(pollQuery(page.id));
  const canPoll = mayTrack && status.data && status.data.state !== 'links_only';
  return (
    <Section
      title={words.pollStatus}
      aside={
        canPoll && (
          <Button size="small" icon={RefreshCw} busy={poll.isPending} onClick={() => poll.mutate(page)}>
            {words.pollNow}
          </Button>
        )
      }
    >
      <Loaded query={status} what={words.pollWhat} rows={1}>
        {(data) => (
          <div data-poll-state={data.state}>
            <PollState of={data} />
            {data.is_shared && <p className="mt-1 max-w-prose text-meta text-muted">{words.sharedFeed}</p>}
          </div>
        )}
      </Loaded>
    </Section>
  );
};

const Posts = ({ page }: { page: TrackedPage }) => {
  const mayTrack = useMay('track_pages');
  const [steps, setSteps] = useState(1);
  const [isBringing, setBringing] = useState(false);
  const feed = useQuery(feedQuery(page.id, steps));
  const bring = (
    <Button size="small" icon={Plus} onClick={() => setBringing(true)}>
      {words.bring}
    </Button>
  );
  return (
    <Section title={words.posts} count={page.posts} aside={mayTrack && bring}>
      <Loaded query={feed} what={words.postsWhat} rows={4}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <Empty>{words.noPostsOfPage}</Empty>
          ) : (
            <>
              <FoundPosts posts={items} />
              {hasMore && (
                <Button className="self-start" busy={feed.isFetching} onClick={() => setSteps(steps + 1)}>
                  {words.morePosts}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
      {isBringing && <BringDialog pages={[page]} pageId={page.id} onClose={() => setBringing(false)} />}
    </Section>
  );
};

const Content = ({ page, onAsk }: { page: TrackedPage; onAsk: (what: Asked['what']) => void }) => (
  <>
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <span className="min-w-0 flex-1">
        <h1 className="text-title font-heading break-words">{page.name}</h1>
        <a
          href={page.url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex max-w-full items-center gap-1 text-meta text-accent-text underline-offset-2 hover:underline max-tablet:min-h-11"
        >
          <span className="truncate">{page.url.replace(/^https?:\/\/(www\.)?/, '')}</span>
          <ExternalLink size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
        </a>
      </span>
      <span className="flex items-center gap-2">
        <FollowButton page={page} onAsk={() => onAsk('follow')} />
        <PageMenu page={page} onAsk={onAsk} />
      </span>
    </header>
    <Polling page={page} />
    <Section title={words.spread}>
      <Facts
        of={[
          [words.firstDelay, lengthOf(page.first_delay_seconds * 1000)],
          [words.gap, lengthOf(page.gap_seconds * 1000)],
          [words.spreadOver, lengthOf(page.spread_seconds * 1000)],
          [words.expires, lengthOf(page.expires_after_seconds * 1000)],
          [words.actsADay, page.acts_a_day.toLocaleString('en')],
        ]}
      />
      <p className="text-meta text-muted">{words.followers(page.subscribers)}</p>
    </Section>
    <Posts page={page} />
  </>
);

export const TrackedPagePage = () => {
  const { pageId } = useParams({ from: '/app/engagement/pages/$pageId' });
  const navigate = useNavigate();
  const page = useQuery(pageQuery(pageId));
  const [asked, setAsked] = useState<Asked>();
  return (
    <Page
      title={page.data?.name ?? words.pageWhat}
      parent={{ label: words.pages, to: '/app/engagement/pages' }}
      headed={page.data !== undefined}
      ownPrimary
    >
      <Loaded query={page} what={words.pageWhat} rows={6}>
        {(data) => <Content page={data} onAsk={(what) => setAsked({ page: data, what })} />}
      </Loaded>
      {asked && (
        <Asking
          key={asked.what}
          asked={asked}
          onClose={() => setAsked(undefined)}
          onGone={() => void navigate({ to: '/app/engagement/pages' })}
        />
      )}
    </Page>
  );
};
