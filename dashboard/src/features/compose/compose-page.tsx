import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { HeldDialog } from '@/components/held-dialog';
import { ChooseProject } from '@/components/choose-project';
import { Page } from '@/components/page';
import { ErrorBox, Skeleton } from '@/components/states';
import { useUploads } from '@/components/upload-list';
import { toast, toastError } from '@/components/toast';
import { channelsQuery, type Channel, type ChannelType } from '@/data/channels';
import { heldOf, wishBody, type Wish } from '@/data/guardrails';
import { newDraftName } from '@/data/kept-drafts';
import { queryKeys } from '@/data/keys';
import { useMay, useMe } from '@/data/people';
import { createPost } from '@/data/making';
import { postQuery, publishPostNow, titleOf, type Post } from '@/data/posts';
import { chosenProject, useProject, useProjects } from '@/data/projects';
import { usageQuery } from '@/data/usage';
import { serverNow } from '@/lib/clock';
import { useFirstWrong } from '@/lib/first-wrong';
import { makeSendKeys } from '@/lib/api/send-keys';
import { useKeys } from '@/lib/keys';
import { asProblem, sentence, type Problem } from '@/lib/problem';
import { queryClient } from '@/lib/query-client';
import { useNoAnswer } from '@/lib/reach';
import { clockOf, momentOf, zoneName } from '@/lib/time/format';
import { composeStrings as words } from '@strings/compose';
import { frameStrings } from '@strings/frame';
import { ChannelPicker } from './channel-picker';
import {
  createRequestOf,
  draftOf,
  emptyDraft,
  isWorthKeeping,
  platformsOf,
  targetsOf,
  wrongTabOf,
  type Draft,
} from './draft';
import { ComposeRail, Editor, useChecks, type FieldErrors } from './editor';
import { ForecastLine, useForecast } from './forecast-line';
import { GuardrailsLine } from './guardrails-line';
import { forget, readKept, useDraftPlace, useKept } from './kept';
import { ScheduleBar } from './schedule-bar';

const hour_ms = 3_600_000;
const step_ms = 300_000;
const parent = { label: words.posts, to: '/app/posts' };

/** Each field error by its pointer, as a sentence. */
export const errorsOf = (problem: Problem | undefined): FieldErrors =>
  Object.fromEntries((problem?.fields ?? []).map((each) => [each.pointer ?? '', sentence(each.detail)]));

const placed = ['/title', '/text', '/image', '/image/url', '/image/alt_text', '/scheduled_at'];
const isPlaced = (pointer: string): boolean =>
  placed.includes(pointer) ||
  ['/media', '/variants/', '/options/', '/channel_ids'].some((each) => pointer.startsWith(each));

/** Errors that belong to no visible field. That nobody answers is said beside the button, as long as it is so. */
export const restOf = (problem: Problem | undefined): Problem | undefined =>
  problem && problem.status !== 0 && (problem.fields.length === 0 || problem.fields.some((each) => !isPlaced(each.pointer ?? '')))
    ? problem
    : undefined;

type ComposerProps = { projectId: string; zone: string; channels: Channel[]; keptAs: string; first: Draft };

const Composer = ({ projectId, zone, channels, keptAs, first }: ComposerProps) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayPublish = useMay('publish_posts');
  const [draft, setDraft] = useState(first);
  const [active, setActive] = useState<ChannelType | 'all'>('all');
  const [isDone, setDone] = useState(false);
  const keptAt = useKept(keptAs, draft, !isDone);
  // Repeated presses send the same key, so that the post is made once.
  const keys = useMemo(makeSendKeys, []);
  const { checks, said } = useChecks(draft, projectId, channels);
  const place = `compose-${projectId}`;
  const uploads = useUploads(place);
  const isUploading = uploads.some((each) => each.state !== 'failed');
  const failedFile = uploads.find((each) => each.state === 'failed')?.name;
  const targets = targetsOf(draft, channels);
  const chosen = targets.map((each) => each.id);
  const { forecasts, freeSlot, isKnown } = useForecast(projectId, targets, draft.at);
  // A post for immediate publishing has become a draft when the guardrails hold it.
  const drafted = useRef<Post>(undefined);
  const set = (next: Draft) => {
    keys.renew();
    drafted.current = undefined;
    setDraft(next);
  };
  const setLater = (change: (draft: Draft) => Draft) => {
    keys.renew();
    drafted.current = undefined;
    setDraft(change);
  };
  const send = useMutation({
    mutationFn: async ({ way, wish }: { way: 'schedule' | 'now' | 'draft'; wish?: Wish }) => {
      if (way !== 'now') {
        const request = createRequestOf(draft, projectId, channels, way === 'schedule' ? draft.at : undefined);
        return createPost({ ...request, ...(way === 'schedule' ? wishBody(wish) : {}) }, keys.of(way));
      }
      drafted.current ??= await createPost(createRequestOf(draft, projectId, channels, undefined), keys.of(way));
      return publishPostNow(drafted.current.id, wish?.reason);
    },
    onSuccess: async (post, { way }) => {
      setDone(true);
      forget(keptAs);
      toast(
        way === 'draft'
          ? words.drafted
          : way === 'now'
            ? words.publishing
            : words.scheduled(
                `${momentOf(post.scheduled_at ?? '', zone, serverNow())} ${zoneName(post.scheduled_at ?? '', zone)}`,
              ),
      );
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.posts }),
        client.invalidateQueries({ queryKey: queryKeys.simulation }),
      ]);
      await navigate({ to: '/app/posts/$postId', params: { postId: post.id } });
    },
    onError: (error) => keys.failed(asProblem(error)),
  });
  const held = heldOf(send.error);
  const problem = send.error && !held ? asProblem(send.error) : undefined;
  const errors = errorsOf(problem);
  useEffect(() => {
    const tab = problem && wrongTabOf(Object.keys(errorsOf(problem)), draft, platformsOf(draft, channels));
    if (tab) setActive(tab);
    // Once for each refusal, as the draft was then.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [problem]);
  useFirstWrong(problem);
  const isTextThere = Boolean(draft.text.trim());
  const noAnswer = useNoAnswer();
  const isReady = isTextThere && uploads.length === 0 && noAnswer === undefined;
  const canSchedule = mayPublish && isReady && draft.at !== undefined && chosen.length > 0;
  const whyNot =
    noAnswer ??
    (!isTextThere
      ? words.needsText
      : isUploading
        ? words.stillUploading
        : failedFile !== undefined
          ? words.notUploaded(failedFile)
          : chosen.length === 0
            ? words.chooseChannel
            : draft.at === undefined
              ? words.needsTime
              : undefined);
  const schedule = { label: words.schedule, disabled: !canSchedule, run: () => send.mutate({ way: 'schedule' }) };
  const now = {
    label: words.publishNow,
    disabled: !mayPublish || !isReady || chosen.length === 0,
    run: () => send.mutate({ way: 'now' }),
  };
  const takeFreeSlot = () => {
    const slot = freeSlot();
    if (slot === undefined) return toast(words.noFreeSlot);
    set({ ...draft, at: slot });
    toast(words.freeSlotTaken(`${momentOf(slot, zone, serverNow())} ${zoneName(slot, zone)}`));
  };
  const slotWay = { label: words.nextFreeSlot, disabled: !isKnown || chosen.length === 0, run: takeFreeSlot };
  const asDraft = { label: words.keepDraft, disabled: !isReady, run: () => send.mutate({ way: 'draft' }) };
  useKeys([
    {
      key: 'mod+Enter',
      label: words.keys.schedule,
      group: frameStrings.keysPage,
      inFields: true,
      run: () => (canSchedule ? !send.isPending && schedule.run() : whyNot && toastError(new Error(whyNot))),
    },
    {
      key: 'mod+s',
      label: words.keys.draft,
      group: frameStrings.keysPage,
      inFields: true,
      run: () => isReady && !send.isPending && asDraft.run(),
    },
  ]);
  const startAnew = () => {
    forget(keptAs);
    set({ ...emptyDraft, at: draft.at });
  };
  const rest = restOf(problem);
  return (
    <Page
      title={words.newPost}
      parent={parent}
      ownPrimary
      rail={<ComposeRail draft={draft} channels={channels} active={active} said={said} onGo={setActive} />}
      railLabel={words.previewAndChecks}
      className="min-h-full"
    >
      <div className="grid flex-1 content-start items-start gap-6 tablet:grid-cols-[12.5rem_1fr]">
        <ChannelPicker
          channels={channels}
          chosen={chosen}
          onChange={(channelIds) => set({ ...draft, channelIds })}
          error={
            Object.entries(errors).find(([pointer]) => pointer.startsWith('/channel_ids'))?.[1] ??
            (chosen.length === 0 && channels.length > 0 ? words.chooseChannel : undefined)
          }
        />
        <Editor
          draft={draft}
          onChange={set}
          onLater={setLater}
          projectId={projectId}
          place={place}
          channels={channels}
          errors={errors}
          active={active}
          setActive={setActive}
          checks={checks}
        />
      </div>
      <ScheduleBar
        problem={rest}
        at={draft.at}
        setAt={(at) => set({ ...draft, at })}
        zone={zone}
        error={errors['/scheduled_at']}
        forecast={
          draft.at !== undefined && (
            <>
              <ForecastLine forecasts={forecasts} at={draft.at} onFreeSlot={takeFreeSlot} />
              <GuardrailsLine
                projectId={projectId}
                draft={draft}
                channelIds={chosen}
                at={draft.at}
                onTake={(at) => set({ ...draft, at })}
              />
            </>
          )
        }
        busy={send.isPending}
        whyNot={mayPublish ? whyNot : (noAnswer ?? (isTextThere ? undefined : words.needsText))}
        primary={mayPublish ? schedule : asDraft}
        others={
          mayPublish
            ? [now, slotWay, asDraft, ...(isWorthKeeping(draft) ? [{ label: words.discard, run: startAnew }] : [])]
            : []
        }
        note={!mayPublish ? words.mayNotSchedule : keptAt ? words.kept(clockOf(keptAt, zone, true)) : words.notSaved}
      />
      {held && send.variables && (
        <HeldDialog
          held={send.variables.way === 'now' ? { sentences: held.sentences } : held}
          title={titleOf(draft)}
          zone={zone}
          busy={send.isPending}
          onAnswer={(wish) => send.mutate({ way: send.variables.way, wish })}
          onClose={send.reset}
        />
      )}
    </Page>
  );
};

/** Requests the page's data before it is rendered. */
export const askAhead = async (): Promise<void> => {
  const project = await chosenProject();
  if (!project) return;
  void queryClient.prefetchQuery(channelsQuery(project.id));
  void queryClient.prefetchQuery(usageQuery(project.id));
};

export const ComposePage = () => {
  const { at, from, kept } = useSearch({ from: '/app/posts/new' });
  const chosen = useProject();
  const projects = useProjects();
  const project = chosen ?? projects.at(-1);
  const channels = useQuery({ ...channelsQuery(project?.id), enabled: project !== undefined });
  const origin = useQuery({ ...postQuery(from ?? ''), enabled: from !== undefined });
  const me = useMe();
  // A copy has a place of its own: what was begun anew stays as it is. And nobody finds what somebody else wrote in
  // this browser.
  const keptAs = useDraftPlace(me && project && newDraftName(me.member.id, project.id, from), kept);
  if (!project) {
    return (
      <Page title={words.newPost} parent={parent} ownPrimary>
        <ChooseProject />
      </Page>
    );
  }
  if (!channels.data || keptAs === undefined || (from !== undefined && !origin.data && !origin.error)) {
    return (
      <Page title={words.newPost} parent={parent} ownPrimary>
        {channels.error ? (
          <ErrorBox error={channels.error} what={words.channels} onRetry={() => void channels.refetch()} />
        ) : (
          <Skeleton rows={5} />
        )}
      </Page>
    );
  }
  const inAnHour = Math.ceil((serverNow() + hour_ms) / step_ms) * step_ms;
  const wanted = at ? Date.parse(at) : Number.NaN;
  const copied = origin.data ? { ...draftOf(origin.data), at: undefined } : undefined;
  const active = new Set(channels.data.filter((each) => each.is_active).map((each) => each.id));
  const start = readKept(keptAs)?.draft ?? copied ?? emptyDraft;
  const first: Draft = {
    ...start,
    channelIds: start.channelIds?.filter((each) => active.has(each)),
    at: Number.isNaN(wanted) ? (start.at !== undefined && start.at > serverNow() ? start.at : inAnHour) : wanted,
  };
  return (
    <Composer
      key={keptAs}
      projectId={project.id}
      zone={project.time_zone}
      channels={channels.data}
      keptAs={keptAs}
      first={first}
    />
  );
};
