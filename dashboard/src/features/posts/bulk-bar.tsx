import { useQueryClient } from '@tanstack/react-query';
import { Ban, CalendarClock, RotateCcw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { Outlook } from '@/components/outlook';
import { toast } from '@/components/toast';
import { WhenPicker } from '@/components/when-picker';
import { queryKeys } from '@/data/keys';
import type { Wish } from '@/data/guardrails';
import { useMay } from '@/data/people';
import { cancelPost, deletePost, retryPost, schedulePost, titleOf, type Post } from '@/data/posts';
import { useZoneOf } from '@/data/projects';
import { serverNow } from '@/lib/clock';
import { commonStrings } from '@strings/common';
import { postsStrings as words } from '@strings/posts';
import { forEachPost, type Refused } from './bulk';
import { RefusedDialog } from './refused-dialog';

export type BulkAct = 'move' | 'cancel' | 'retry' | 'delete';

type BulkBarProps = {
  posts: Post[];
  onClear: () => void;
  /** The command whose dialog is open; a key may open it, too. */
  asked: BulkAct | undefined;
  setAsked: (act: BulkAct | undefined) => void;
};

const hour_ms = 3_600_000;

export const BulkBar = ({ posts, onClear, asked, setAsked }: BulkBarProps) => {
  const client = useQueryClient();
  const mayPublish = useMay('publish_posts');
  const mayWrite = useMay('write_posts');
  const zoneOf = useZoneOf();
  const [progress, setProgress] = useState<number>();
  const [refused, setRefused] = useState<Refused[]>([]);
  /** The wanted time of the refused posts; none for another command. */
  const [wanted, setWanted] = useState<string>();
  const [at, setAt] = useState<number | undefined>(() => Math.ceil((serverNow() + hour_ms) / hour_ms) * hour_ms);
  const zone = zoneOf(posts[0]?.project_id ?? '');
  const isRunning = progress !== undefined;

  const run = async (
    act: (post: Post) => Promise<unknown>,
    told: (done: number, of: number) => string,
    undo?: (post: Post) => Promise<unknown>,
    moment?: string,
    of: Post[] = posts,
  ) => {
    setAsked(undefined);
    setRefused([]);
    setProgress(0);
    const result = await forEachPost(of, act, setProgress);
    setWanted(moment);
    setProgress(undefined);
    const again = () =>
      void forEachPost(result.done, undo ?? (() => Promise.resolve())).then(() =>
        client.invalidateQueries({ queryKey: queryKeys.posts }),
      );
    toast(told(result.done.length, of.length), {
      ...(undo && result.done.length > 0 ? { undo: again } : {}),
      ...(result.refused.length > 0
        ? { action: { label: commonStrings.show, run: () => setRefused(result.refused) } }
        : {}),
    });
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.posts }),
      client.invalidateQueries({ queryKey: ['post'] }),
      client.invalidateQueries({ queryKey: queryKeys.simulation }),
      client.invalidateQueries({ queryKey: queryKeys.deliveries }),
    ]);
    onClear();
  };
  const move = () => {
    if (at === undefined) return;
    const moment = new Date(at).toISOString();
    const movable = posts.every((post) => post.scheduled_at !== null);
    void run(
      (post) => schedulePost(post.id, moment),
      words.moved,
      movable ? (post) => schedulePost(post.id, post.scheduled_at ?? moment) : undefined,
      moment,
    );
  };
  const moveHeld = (held: Refused[], wish: Wish) =>
    wanted !== undefined &&
    void run(
      (post) => schedulePost(post.id, wanted, wish),
      words.moved,
      undefined,
      wanted,
      held.map((each) => each.post),
    );
  // One thing at a time: what runs has the posts.
  const ask = (act: BulkAct) => !isRunning && setAsked(act);
  if (posts.length === 0 && refused.length === 0) return null;
  return (
    <>
      {posts.length > 0 && (
        <div
          role="toolbar"
          aria-label={words.selected(posts.length)}
          className="flex flex-wrap items-center gap-1.5 rounded-control border border-accent-line bg-accent-tint px-2 py-1"
        >
          <span className="mr-1 px-1 font-name tabular">
            {progress === undefined ? words.selected(posts.length) : words.working(progress, posts.length)}
          </span>
          {mayPublish && (
            <>
              <Button size="small" icon={CalendarClock} aria-disabled={isRunning} onClick={() => ask('move')}>
                {words.move}
              </Button>
              <Button
                size="small"
                icon={RotateCcw}
                aria-disabled={isRunning}
                onClick={() => !isRunning && void run((post) => retryPost(post.id), words.retried)}
              >
                {words.retry}
              </Button>
            </>
          )}
          {mayWrite && (
            <>
              <Button size="small" icon={Ban} aria-disabled={isRunning} onClick={() => ask('cancel')}>
                {words.cancel}
              </Button>
              <Button size="small" icon={Trash2} aria-disabled={isRunning} onClick={() => ask('delete')}>
                {words.delete}
              </Button>
            </>
          )}
          <Button size="small" kind="ghost" icon={X} onClick={onClear} className="ml-auto">
            {commonStrings.clear}
          </Button>
        </div>
      )}
      <Dialog
        open={asked === 'move'}
        onOpenChange={(open) => !open && setAsked(undefined)}
        title={words.moveTitle(posts.length)}
        text={words.moveText}
        actions={
          <>
            <Button onClick={() => setAsked(undefined)}>{commonStrings.cancel}</Button>
            <Button kind="primary" disabled={at === undefined} onClick={move}>
              {words.move}
            </Button>
          </>
        }
      >
        <WhenPicker value={at} onChange={setAt} zone={zone} autoFocus />
        {at !== undefined && asked === 'move' && (
          <Outlook
            moves={posts.map((each) => ({ projectId: each.project_id, postId: each.id, title: titleOf(each), at }))}
          />
        )}
      </Dialog>
      <Confirm
        open={asked === 'cancel'}
        onOpenChange={(open) => !open && setAsked(undefined)}
        title={words.cancelTitle(posts.length)}
        text={words.cancelText}
        action={words.cancelDo(posts.length)}
        keep={words.keep}
        onConfirm={() => void run((post) => cancelPost(post.id), words.cancelled)}
      />
      <Confirm
        open={asked === 'delete'}
        onOpenChange={(open) => !open && setAsked(undefined)}
        title={words.deleteTitle(posts.length)}
        text={words.deleteText}
        action={words.deleteDo(posts.length)}
        keep={words.keep}
        onConfirm={() => void run((post) => deletePost(post.id), words.deleted)}
      />
      {refused.length > 0 && (
        <RefusedDialog
          refused={refused}
          zone={zone}
          onClose={() => setRefused([])}
          {...(wanted === undefined ? {} : { onAnswer: moveHeld })}
        />
      )}
    </>
  );
};
