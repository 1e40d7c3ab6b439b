import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { PlatformMark } from '@/components/icons';
import { NoSuchPost } from '@/components/no-such-post';
import { Page } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { Status } from '@/components/status';
import { toast } from '@/components/toast';
import { deliveriesOfPostQuery, type Delivery } from '@/data/deliveries';
import { useMay } from '@/data/people';
import { explanationQuery, postQuery, titleOf, type Explanation, type Post } from '@/data/posts';
import { useZoneOf } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { useKeys } from '@/lib/keys';
import { useMedia } from '@/lib/media';
import { asProblem, isNoSuch } from '@/lib/problem';
import { frameStrings } from '@strings/frame';
import { platformNames } from '@strings/platforms';
import { postStrings as words } from '@strings/post';
import { After } from './after';
import { DecisionPanel } from './decision';
import { DeliveriesList, DeliveriesTable } from './deliveries-table';
import { firstToShow } from './first-to-show';
import { PostActions, possibleActs, ScheduleDialog } from './post-actions';
import { PostDetails } from './post-details';
import { stateOfPost } from './post-row';
import { Story, storyText } from './story';

const parent = { label: words.posts, to: '/app/posts' };

/** The post's origin, with links. */
const MadeBy = ({ origin }: { origin: NonNullable<Explanation['origin']> }) => (
  <p className="flex flex-wrap gap-x-3 text-meta text-secondary" data-origin>
    <span className="break-words">{origin.sentence}</span>
    <Link to="/app/content-studio/$contentId" params={{ contentId: origin.content_id }} className="text-accent-text">
      {words.itsContent}
    </Link>
    {origin.run_id && (
      <Link to="/app/automations/runs/$runId" params={{ runId: origin.run_id }} className="text-accent-text">
        {words.itsRun}
      </Link>
    )}
  </p>
);

type ChosenProps = { post: Post; told?: Explanation; chosen: Delivery; zone: string };

const Chosen = ({ post, told, chosen, zone }: ChosenProps) => {
  const now = useSlowNow(60_000);
  const { data: decidable } = useQuery(deliveriesOfPostQuery(post.id));
  const mayPublish = useMay('publish_posts');
  const [isScheduling, setScheduling] = useState(false);
  const story = told?.deliveries.find((each) => each.delivery_id === chosen.id);
  const open = decidable?.find((each) => each.id === chosen.id);
  const platform = platformNames[chosen.channel_type];
  const copy = () => {
    if (!story) return;
    void navigator.clipboard
      .writeText(storyText(titleOf(post), chosen.channel_name, story.summary, story.steps, story.waits, zone))
      .then(() => toast(words.storyCopied));
  };
  useKeys([{ key: 's', label: words.keys.copy, group: frameStrings.keysPage, run: copy }]);
  return (
    <section aria-label={words.whatHappened(platform)} className="flex flex-col gap-3">
      <div className="flex items-center gap-2.5">
        <PlatformMark of={chosen.channel_type} />
        <h2 className="min-w-0 flex-1 text-lead font-heading">
          {chosen.attempt > 0 ? words.whatHappened(platform) : words.whatWill(platform)}
        </h2>
        <Button icon={Copy} onClick={copy} disabled={!story}>
          {words.copyStory}
        </Button>
      </div>
      {open && open.decisions.length > 0 && <DecisionPanel key={open.id} delivery={open} why={story?.summary ?? ''} />}
      {story ? (
        <>
          {(!open || open.decisions.length === 0) && story.summary !== told?.summary && (
            <p className="max-w-prose text-secondary">{story.summary}</p>
          )}
          <Story
            steps={story.steps}
            waits={story.waits}
            zone={zone}
            now={now}
            action={
              possibleActs(post).isDraft && mayPublish ? (
                <Button className="mt-2" onClick={() => setScheduling(true)}>
                  {words.schedule}
                </Button>
              ) : undefined
            }
          />
          {story.you_can && <p className="text-secondary">{story.you_can}</p>}
          <After post={post} chosen={chosen} zone={zone} />
        </>
      ) : (
        <Skeleton rows={4} />
      )}
      {isScheduling && <ScheduleDialog post={post} zone={zone} onClose={() => setScheduling(false)} />}
    </section>
  );
};

export const PostPage = () => {
  const { postId } = useParams({ from: '/app/posts/$postId' });
  const search = useSearch({ from: '/app/posts/$postId' });
  const navigate = useNavigate();
  const zoneOf = useZoneOf();
  const isPhone = useMedia('(max-width: 639px)');
  const query = useQuery(postQuery(postId));
  const told = useQuery(explanationQuery(postId));
  const post = query.data;
  const deliveries = post?.deliveries ?? [];
  const chosen = deliveries.find((each) => each.id === search.delivery) ?? firstToShow(deliveries, told.data?.deliveries ?? []);
  const choose = (id: string) =>
    void navigate({ to: '/app/posts/$postId', params: { postId }, search: { delivery: id }, replace: true });
  const step = (by: number) => {
    const at = deliveries.findIndex((each) => each.id === chosen?.id) + by;
    const next = deliveries[at];
    if (next) choose(next.id);
  };
  useKeys([
    { key: ']', label: words.keys.next, group: frameStrings.keysPage, run: () => step(1) },
    { key: '[', label: words.keys.previous, group: frameStrings.keysPage, run: () => step(-1) },
  ]);
  if (!post) {
    return (
      <Page title={words.post} parent={parent}>
        {query.error && isNoSuch(asProblem(query.error)) ? (
          <NoSuchPost />
        ) : query.error ? (
          <ErrorBox error={query.error} what={words.explanation} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton rows={6} />
        )}
      </Page>
    );
  }
  const zone = zoneOf(post.project_id);
  const title = titleOf(post);
  return (
    <Page
      title={title}
      parent={parent}
      ownPrimary
      headed
      actions={isPhone ? undefined : <PostActions post={post} zone={zone} />}
      rail={<PostDetails post={post} chosen={chosen} told={told.data} zone={zone} />}
      railLabel={words.rail}
    >
      <header className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 text-title font-heading break-words">{title}</h1>
          <Status of="post" state={stateOfPost(post)} />
        </div>
        <p className="text-lead text-secondary">{told.data?.summary ?? ''}</p>
        {told.data?.origin && <MadeBy origin={told.data.origin} />}
        {isPhone && (
          <div className="mt-2 flex gap-2">
            <PostActions post={post} zone={zone} />
          </div>
        )}
      </header>
      {told.error && !told.data && (
        <ErrorBox error={told.error} what={words.explanation} onRetry={() => void told.refetch()} />
      )}
      {deliveries.length === 0 ? (
        <Empty>{words.noDelivery}</Empty>
      ) : (
        <>
          <DeliveriesTable
            deliveries={deliveries}
            told={told.data?.deliveries ?? []}
            chosenId={chosen?.id}
            onChoose={choose}
            zone={zone}
          />
          <DeliveriesList
            deliveries={deliveries}
            told={told.data?.deliveries ?? []}
            chosenId={chosen?.id}
            onChoose={choose}
            zone={zone}
          />
          {chosen && <Chosen key={chosen.id} post={post} told={told.data} chosen={chosen} zone={zone} />}
        </>
      )}
    </Page>
  );
};
