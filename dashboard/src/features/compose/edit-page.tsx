import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { HeldDialog } from '@/components/held-dialog';
import { NoSuchPost } from '@/components/no-such-post';
import { Page } from '@/components/page';
import { ErrorBox, Skeleton } from '@/components/states';
import { useUploads } from '@/components/upload-list';
import { toast } from '@/components/toast';
import { channelsQuery, type Channel, type ChannelType } from '@/data/channels';
import { heldOf, wishBody, type Wish } from '@/data/guardrails';
import { editName } from '@/data/kept-drafts';
import { queryKeys } from '@/data/keys';
import { useMe } from '@/data/people';
import { titleOf, type Post } from '@/data/posts';
import { useProjects } from '@/data/projects';
import { isChangedMeanwhile, saveOver, type Versioned } from '@/lib/api/versioned';
import { useKeys } from '@/lib/keys';
import { asProblem, isNoSuch } from '@/lib/problem';
import { useFirstWrong } from '@/lib/first-wrong';
import { useNoAnswer } from '@/lib/reach';
import { clockOf } from '@/lib/time/format';
import { lazyWhenThere } from '@/lib/when-there';
import { composeStrings as words } from '@strings/compose';
import { conflictStrings } from '@strings/conflict';
import { frameStrings } from '@strings/frame';
import { ChannelPicker } from './channel-picker';
import { errorsOf, restOf } from './compose-page';
import { readVersioned, updatePost, versionedPostQuery } from './compose-data';
import { draftOf, isSameContent, platformsOf, updateRequestOf, wrongTabOf, type Draft } from './draft';
import { ComposeRail, Editor, useChecks } from './editor';
import { forget, readKept, useKept, type Basis } from './kept';
import { ScheduleBar } from './schedule-bar';

const ConflictDialog = lazyWhenThere(() => import('./conflict-dialog'));

/** What a post is now, as an edit begins with it. */
const basisOf = ({ of, etag }: Versioned<Post>): Basis => ({ etag, content: draftOf(of) });

/**
 * Where an edit begins: with what the browser has kept, and with what that began with if somebody has changed the post
 * since.
 */
const beginOf = (from: Versioned<Post>, kept: ReturnType<typeof readKept>) => {
  const now = basisOf(from);
  const isBehind = kept?.basis !== undefined && !isSameContent(kept.basis.content, now.content);
  return {
    base: isBehind && kept.basis ? kept.basis : now,
    draft: kept ? { ...now.content, ...kept.draft, channelIds: now.content.channelIds } : now.content,
    theirs: isBehind ? from : undefined,
  };
};

type EditFormProps = { from: Versioned<Post>; channels: Channel[]; zone: string; keptAs: string };

const EditForm = ({ from, channels, zone, keptAs }: EditFormProps) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const id = from.of.id;
  const [begin] = useState(() => beginOf(from, readKept(keptAs)));
  // A save names the version that the edit began with.
  const [base, setBase] = useState(begin.base);
  const [draft, setDraft] = useState<Draft>(begin.draft);
  const [theirs, setTheirs] = useState(begin.theirs);
  const [active, setActive] = useState<ChannelType | 'all'>('all');
  const [isDone, setDone] = useState(false);
  const isChanged = !isSameContent(draft, base.content);
  const keptAt = useKept(keptAs, draft, isChanged && !isDone, base);
  const platforms = platformsOf(draft, channels);
  const projectId = from.of.project_id;
  const { checks, said } = useChecks(draft, projectId, channels, id);
  const place = `edit-${id}`;
  const uploads = useUploads(place);
  const isUploading = uploads.some((each) => each.state !== 'failed');
  const failedFile = uploads.find((each) => each.state === 'failed')?.name;
  const save = useMutation({
    mutationFn: ({ etag, wish }: { etag: string; wish?: Wish }) => {
      const body = { ...updateRequestOf(draft, platforms), ...wishBody(wish) };
      return saveOver(
        etag,
        (version) => updatePost(id, version, body),
        async () => {
          const now = await readVersioned(id);
          // Another time, say, is no other text.
          return { ...now, isTheSame: isSameContent(draftOf(now.of), base.content) };
        },
      );
    },
    onSuccess: async () => {
      setDone(true);
      forget(keptAs);
      toast(words.edited);
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.post(id) }),
        client.invalidateQueries({ queryKey: queryKeys.posts }),
      ]);
      await navigate({ to: '/app/posts/$postId', params: { postId: id } });
    },
    onError: async (error) => {
      if (isChangedMeanwhile(error)) setTheirs(await readVersioned(id));
    },
  });
  const held = heldOf(save.error);
  const noAnswer = useNoAnswer();
  const problem = save.error && !held && !isChangedMeanwhile(save.error) ? asProblem(save.error) : undefined;
  const errors = errorsOf(problem);
  useEffect(() => {
    const tab = problem && wrongTabOf(Object.keys(errorsOf(problem)), draft, platformsOf(draft, channels));
    if (tab) setActive(tab);
    // Once for each refusal, as the draft was then.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [problem]);
  useFirstWrong(problem);
  useKeys([
    {
      key: 'mod+s',
      label: words.save,
      group: frameStrings.keysPage,
      inFields: true,
      run: () => isChanged && uploads.length === 0 && noAnswer === undefined && !save.isPending && save.mutate({ etag: base.etag }),
    },
  ]);
  const rest = restOf(problem);
  return (
    <Page
      title={words.editPost}
      parent={{ label: titleOf(from.of), to: `/app/posts/${id}` }}
      ownPrimary
      rail={<ComposeRail draft={draft} channels={channels} active={active} said={said} onGo={setActive} />}
      railLabel={words.previewAndChecks}
      className="min-h-full"
    >
      <div className="grid flex-1 content-start items-start gap-6 tablet:grid-cols-[12.5rem_1fr]">
        <ChannelPicker
          channels={channels.filter((each) => draft.channelIds?.includes(each.id))}
          chosen={draft.channelIds ?? []}
        />
        <Editor
          draft={draft}
          onChange={setDraft}
          onLater={setDraft}
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
        at={undefined}
        zone={zone}
        busy={save.isPending}
        primary={{
          label: words.save,
          disabled: !isChanged || uploads.length > 0 || !draft.text.trim() || noAnswer !== undefined,
          run: () => save.mutate({ etag: base.etag }),
        }}
        whyNot={
          noAnswer ??
          (!draft.text.trim()
            ? words.needsText
            : isUploading
              ? words.stillUploading
              : failedFile !== undefined
                ? words.notUploaded(failedFile)
                : isChanged
                  ? undefined
                  : words.nothingChanged)
        }
        others={[]}
        note={keptAt ? words.kept(clockOf(keptAt, zone, true)) : words.saved(clockOf(from.of.updated_at, zone, true))}
      />
      {held && (
        <HeldDialog
          held={held}
          title={titleOf(from.of)}
          zone={zone}
          busy={save.isPending}
          onAnswer={(wish) => save.mutate({ etag: base.etag, wish })}
          onClose={save.reset}
        />
      )}
      {theirs && (
        <Suspense>
          <ConflictDialog
            postId={id}
            zone={zone}
            theirs={draftOf(theirs.of)}
            mine={draft}
            onClose={() => setTheirs(undefined)}
            onTakeTheirs={() => {
              setBase(basisOf(theirs));
              setDraft(draftOf(theirs.of));
              setTheirs(undefined);
              toast(conflictStrings.tookTheirs, { undo: () => setDraft(draft) });
            }}
            onKeepMine={() => {
              setBase(basisOf(theirs));
              setTheirs(undefined);
              save.mutate({ etag: theirs.etag });
            }}
          />
        </Suspense>
      )}
    </Page>
  );
};

export const EditPage = () => {
  const { postId } = useParams({ from: '/app/posts/$postId/edit' });
  const query = useQuery(versionedPostQuery(postId));
  const projects = useProjects();
  const project = projects.find((each) => each.id === query.data?.of.project_id);
  const channels = useQuery({ ...channelsQuery(project?.id), enabled: project !== undefined });
  const me = useMe();
  if (!query.data || !project || !channels.data || !me) {
    return (
      <Page title={words.editPost} parent={{ label: words.posts, to: '/app/posts' }} ownPrimary>
        {query.error && isNoSuch(asProblem(query.error)) ? (
          <NoSuchPost />
        ) : query.error ? (
          <ErrorBox error={query.error} what={words.editPost} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton rows={5} />
        )}
      </Page>
    );
  }
  return (
    <EditForm
      key={postId}
      from={query.data}
      channels={channels.data}
      zone={project.time_zone}
      keptAs={editName(me.member.id, postId)}
    />
  );
};
