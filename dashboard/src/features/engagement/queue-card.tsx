/** One waiting act: the post, the act and its time, my words, and the two answers. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, ExternalLink, SkipForward, WandSparkles } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Card } from '@/components/page';
import { ErrorBox } from '@/components/states';
import { Ago, Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import type { Engagement } from '@/data/engagement';
import { useZone } from '@/data/projects';
import { serverNow, useSlowNow } from '@/lib/clock';
import { api, dataOf } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { useKeys } from '@/lib/keys';
import { clockOf, isSameDay, momentOf as momentInWords, toMs, zoneName } from '@/lib/time/format';
import { engagementStrings as words } from '@strings/engagement';
import { frameStrings } from '@strings/frame';
import {
  comment_most,
  explanationQuery,
  planQuery,
  postQuery,
  reactions,
  useActCommands,
  type FoundPost,
  type Reaction,
} from './engagement-data';
import { aroundOf, minuteOf } from './plan-model';

const long_text = 320;

const PostText = ({ act, post }: { act: Engagement; post?: FoundPost }) => {
  const [isWhole, setWhole] = useState(false);
  const text = post?.text.trim() || act.post_title.trim() || words.untitled;
  const isLong = text.length > long_text;
  return (
    <div className="flex flex-col gap-2">
      <blockquote
        className={cn(
          'border-l-3 border-line pl-3 text-lead break-words whitespace-pre-line text-secondary',
          isLong && !isWhole && 'line-clamp-6',
        )}
      >
        {text}
      </blockquote>
      <span className="flex flex-wrap gap-2">
        {isLong && (
          <Button size="small" kind="ghost" onClick={() => setWhole(!isWhole)}>
            {isWhole ? words.lessPost : words.wholePost}
          </Button>
        )}
        <a
          href={act.post_url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex h-6.5 items-center gap-1 text-meta text-accent-text underline-offset-2 hover:underline max-tablet:h-11"
        >
          <ExternalLink size={14} strokeWidth={1.75} aria-hidden />
          {post?.urn === null ? words.openSource : words.openThere}
        </a>
      </span>
    </div>
  );
};

/** When it goes out after I confirm it. */
const WhenLine = ({ act, reaction }: { act: Engagement; reaction: Reaction }) => {
  const now = useSlowNow(10_000);
  const isPast = toMs(act.not_before) <= now;
  return (
    <p className="font-name">
      {act.kind === 'like' ? words.youLike(reaction) : words.youComment}{' '}
      {isPast ? (
        words.asSoon
      ) : (
        <>
          {words.atAbout} <Time at={minuteOf(act.not_before)} as="smart" />
        </>
      )}
      {act.kind === 'comment' ? ':' : '.'}
    </p>
  );
};

/** My act among the others', without their words. */
const PlanDots = ({ act }: { act: Engagement }) => {
  const { data: acts = [] } = useQuery(planQuery(act.post_id));
  const { before, after } = aroundOf(acts, act.id);
  const dots_most = 6;
  const dot = (index: number) => <span key={index} className="size-2 rounded-full border border-line-control" />;
  return (
    <Link
      to="/app/engagement/posts/$postId"
      params={{ postId: act.post_id }}
      className="flex min-h-6.5 flex-wrap items-center gap-x-3 gap-y-1 text-meta text-muted hover:text-text max-tablet:min-h-11"
    >
      <span aria-hidden className="flex items-center gap-1">
        {Array.from({ length: Math.min(before, dots_most) }, (_, index) => dot(index))}
        <span className="size-2.5 rounded-full bg-accent" />
        <span className="text-axis font-name text-accent-text">{words.you}</span>
        {Array.from({ length: Math.min(after, dots_most) }, (_, index) => dot(before + index))}
      </span>
      <span className="underline-offset-2 hover:underline">{words.planOthers(before, after)}</span>
    </Link>
  );
};

const Reactions = ({ value, onChange }: { value: Reaction; onChange: (next: Reaction) => void }) => (
  <div role="group" aria-label={words.reactionLabel} className="flex flex-wrap gap-1.5">
    {reactions.map((each) => (
      <button
        key={each}
        type="button"
        aria-pressed={each === value}
        onClick={() => onChange(each)}
        className="h-(--control) rounded-control border border-line px-2.5 text-secondary hover:bg-hover aria-pressed:border-accent-line aria-pressed:bg-accent-tint aria-pressed:font-name aria-pressed:text-accent-text"
      >
        {words.reaction(each)}
      </button>
    ))}
  </div>
);

const Words = ({
  field,
  act,
  post,
  text,
  onChange,
  onLeave,
}: {
  field: RefObject<HTMLTextAreaElement | null>;
  act: Engagement;
  post?: FoundPost;
  text: string;
  onChange: (next: string) => void;
  /** Unsaved words are kept, so that another card may be opened. */
  onLeave: () => void;
}) => {
  const draft = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/automation/generate-comment', {
          body: { post_text: post?.text.trim() || act.post_title.trim() || act.page_name, post_author: act.page_name },
        }),
      ),
    onSuccess: (made) => {
      onChange(made.comment);
      field.current?.focus();
    },
  });
  useKeys([
    {
      key: 'd',
      label: words.queueKeys.draft,
      group: frameStrings.keysPage,
      run: () => draft.isPending || draft.mutate(),
    },
  ]);
  return (
    <div className="flex flex-col gap-2">
      <Field label={words.words} help={words.wordsHelp(text.length, comment_most)}>
        {(props) => (
          <textarea
            {...props}
            ref={field}
            rows={4}
            maxLength={comment_most}
            value={text}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onLeave}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
              // Out of the words, so that one key answers again; not off the page.
              event.preventDefault();
              event.currentTarget.closest<HTMLElement>('[data-queue]')?.focus();
            }}
            className="field field-sizing-content max-h-80 min-h-24"
          />
        )}
      </Field>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="small" icon={WandSparkles} busy={draft.isPending} onClick={() => draft.mutate()}>
          {words.draft}
        </Button>
        {draft.data && (
          <span role="status" className="text-meta text-muted">
            {draft.data.is_stand_in ? words.draftedOffline : words.drafted(draft.data.provider)}
          </span>
        )}
      </span>
      {draft.error && <ErrorBox error={draft.error} />}
    </div>
  );
};

/** The answer, and its result. */
const useAnswers = (act: Engagement, text: string, onDone: () => void) => {
  const zone = useZone();
  const { confirm, skip } = useActCommands();
  const [problem, setProblem] = useState<unknown>();
  const isBusy = confirm.isPending || skip.isPending;
  const isComment = act.kind === 'comment';
  const takeBack = () => void skip.mutateAsync(act).then(() => toast(words.takenBack), toastError);
  const yes = () => {
    if (isBusy) return;
    if (isComment && !text.trim()) return setProblem(new Error(words.noWords));
    setProblem(undefined);
    // Uses the promise: the act may have left the list, and its card with it, before the answer arrives.
    confirm.mutateAsync({ act, text: isComment ? text.trim() : undefined }).then((now) => {
      const at = minuteOf(now.not_before);
      const when = isSameDay(at, serverNow(), zone) ? clockOf(at, zone) : momentInWords(at, zone, serverNow());
      toast(now.state === 'queued' ? words.confirmedAt(`${when} ${zoneName(at, zone)}`) : words.confirmed, {
        action: { label: words.takeBack, run: takeBack },
      });
      onDone();
    }, setProblem);
  };
  const no = () => {
    if (isBusy) return;
    setProblem(undefined);
    skip.mutateAsync(act).then(() => {
      toast(words.skipped);
      onDone();
    }, setProblem);
  };
  return { yes, no, problem, isConfirming: confirm.isPending, isSkipping: skip.isPending, isBusy };
};

export const QueueCard = ({ act, position, onDone }: { act: Engagement; position: string; onDone: () => void }) => {
  const { data: post } = useQuery(postQuery(act.post_id));
  const { data: explanation } = useQuery(explanationQuery(act.id, useZone()));
  const { edit } = useActCommands();
  const [text, setText] = useState(act.text);
  const [reaction, setReaction] = useState<Reaction>(act.reaction);
  const field = useRef<HTMLTextAreaElement>(null);
  const { yes, no, problem, isConfirming, isSkipping, isBusy } = useAnswers(act, text, onDone);
  const isAsked = act.state === 'unknown';
  const isComment = act.kind === 'comment';
  const choose = (next: Reaction) => {
    setReaction(next);
    edit.mutate(
      { act, reaction: next },
      {
        onError: (error) => {
          setReaction(act.reaction);
          toastError(error);
        },
      },
    );
  };
  const keep = () => text.trim() !== '' && text !== act.text && !isBusy && edit.mutate({ act, text });
  const group = frameStrings.keysPage;
  useKeys([
    {
      key: 'Enter',
      label: words.queueKeys.confirm,
      group,
      run: (event) => {
        // A focused button or link handles the key itself.
        const own = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('button,a,summary') : null;
        if (own) own.click();
        else yes();
      },
    },
    { key: 'mod+Enter', inFields: true, run: yes },
    { key: 's', label: words.queueKeys.skip, group, run: no },
    { key: 'e', label: words.queueKeys.edit, group, run: () => field.current?.focus() },
  ]);
  return (
    <Card className="flex min-w-0 flex-col max-tablet:-mx-4 max-tablet:-mb-4 max-tablet:flex-1 max-tablet:rounded-none max-tablet:border-x-0 max-tablet:border-b-0">
      <div className="flex flex-1 flex-col gap-4 px-4 py-4">
        <p className="flex flex-wrap items-baseline gap-x-3 text-meta text-muted" role="status" data-act-id={act.id}>
          <span className="tabular">{position}</span>
          <span className="text-body font-name text-text">{act.page_name}</span>
          {post && <Ago at={post.published_at} />}
        </p>
        <PostText act={act} post={post} />
        {isAsked ? (
          <p className="font-name text-warning-text">{words.mayBeThere}</p>
        ) : (
          <WhenLine act={act} reaction={reaction} />
        )}
        {!isAsked && isComment && (
          <Words field={field} act={act} post={post} text={text} onChange={setText} onLeave={keep} />
        )}
        {!isAsked && !isComment && <Reactions value={reaction} onChange={choose} />}
        {explanation && <p className="text-meta text-secondary">{explanation.summary}</p>}
        <PlanDots act={act} />
        {problem !== undefined && <ErrorBox error={problem} />}
      </div>
      <div className="sticky bottom-0 z-10 flex flex-col gap-2 rounded-b-card border-t border-line bg-surface px-4 py-3 max-tablet:rounded-none">
        <div className="flex gap-2">
          <Button
            icon={SkipForward}
            busy={isSkipping}
            disabled={isBusy}
            onClick={no}
            className="max-tablet:h-11 max-tablet:flex-1"
          >
            {isAsked ? words.isThere : words.skip}
          </Button>
          <Button
            kind="primary"
            icon={Check}
            busy={isConfirming}
            disabled={isBusy}
            onClick={yes}
            className="max-tablet:h-11 max-tablet:flex-2 tablet:ml-auto"
          >
            {isAsked ? words.sendAgain : words.confirm}
          </Button>
        </div>
        <p className="flex flex-wrap gap-x-4 text-meta text-muted">
          <span className="max-tablet:hidden">{words.keysLine}</span>
          <span className="tablet:ml-auto">{words.onlyYou}</span>
        </p>
      </div>
    </Card>
  );
};
