/** The actions on a post: the primary one by its state, the others in the menu. */
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ban, CalendarClock, Copy, Ellipsis, Pencil, RotateCcw, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { HeldDialog } from '@/components/held-dialog';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { ErrorBox } from '@/components/states';
import { Outlook } from '@/components/outlook';
import { toast, toastError } from '@/components/toast';
import { WhenPicker } from '@/components/when-picker';
import { foretold } from '@/data/foretold';
import { heldOf, type Wish } from '@/data/guardrails';
import { useMay } from '@/data/people';
import { cancelPost, publishPostNow, retryPost, schedulePost, titleOf, type Post } from '@/data/posts';
import { serverNow } from '@/lib/clock';
import { useKeys } from '@/lib/keys';
import { momentOf, zoneName } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { postStrings as words } from '@strings/post';
import { usePostCommands } from './commands';
import { DeleteDialog } from './delete-dialog';

const hour_ms = 3_600_000;

/** The actions that the post's state allows; the server decides. */
export const possibleActs = (post: Post) => {
  const untouched =
    post.deliveries.length > 0 && post.deliveries.every((each) => each.attempt === 0 && each.state === 'waiting');
  const waits = post.deliveries.some((each) => each.state === 'waiting');
  return {
    edit: post.deliveries.every((each) => each.attempt === 0) && waits,
    schedule: waits,
    publishNow: waits,
    retry: post.deliveries.some((each) => each.state === 'failed'),
    cancel: waits && post.status !== 'draft',
    isDraft: untouched && post.scheduled_at === null,
  };
};

export const ScheduleDialog = ({ post, zone, onClose }: { post: Post; zone: string; onClose: () => void }) => {
  const { refresh } = usePostCommands(post);
  const before = post.scheduled_at;
  const [at, setAt] = useState<number | undefined>(() =>
    before ? Math.max(Date.parse(before), serverNow()) : Math.ceil((serverNow() + hour_ms) / 300_000) * 300_000,
  );
  const schedule = useMutation({
    mutationFn: ({ moment, wish }: { moment: string; wish?: Wish }) => schedulePost(post.id, moment, wish),
    onSuccess: async (after, asked) => {
      const moment = after.scheduled_at ?? asked.moment;
      const undo = before ? () => void schedulePost(post.id, before).then(refresh, toastError) : undefined;
      const outlook = await foretold(post.project_id, post.id, Date.parse(moment));
      const when = words.movedTo(`${momentOf(moment, zone, serverNow())} ${zoneName(moment, zone)}`);
      toast([when, outlook].filter(Boolean).join(' '), undo ? { undo } : {});
      onClose();
    },
    onSettled: refresh,
  });
  const title = titleOf(post);
  const held = heldOf(schedule.error);
  const asked = schedule.variables;
  if (held && asked) {
    return (
      <HeldDialog
        held={held}
        title={title}
        zone={zone}
        busy={schedule.isPending}
        onAnswer={(wish) => schedule.mutate({ moment: asked.moment, wish })}
        onClose={schedule.reset}
      />
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={before ? words.moveTitle(title) : words.scheduleTitle(title)}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button
            kind="primary"
            disabled={at === undefined}
            busy={schedule.isPending}
            onClick={() => at !== undefined && schedule.mutate({ moment: new Date(at).toISOString() })}
          >
            {before ? words.move : words.schedule}
          </Button>
        </>
      }
    >
      <WhenPicker value={at} onChange={setAt} zone={zone} autoFocus />
      {at !== undefined && <Outlook moves={[{ projectId: post.project_id, postId: post.id, title, at }]} />}
      {schedule.error && <ErrorBox error={schedule.error} className="mt-2" />}
    </Dialog>
  );
};

type Asked = 'schedule' | 'cancel' | 'delete' | undefined;

export const PostActions = ({ post, zone }: { post: Post; zone: string }) => {
  const navigate = useNavigate();
  const mayWrite = useMay('write_posts');
  const mayPublish = useMay('publish_posts');
  const can = possibleActs(post);
  const [asked, setAsked] = useState<Asked>();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const { command } = usePostCommands(post);
  const retry = useMutation(command(() => retryPost(post.id), words.sentAgain));
  const publish = useMutation({
    ...command((reason?: string) => publishPostNow(post.id, reason), words.goesOutNow),
    onError: (error) => !heldOf(error) && toastError(error),
  });
  const held = heldOf(publish.error);
  const cancel = useMutation({
    ...command(() => cancelPost(post.id)),
    onSuccess: (answer) => {
      const late = (answer as { not_cancelled: { channel_name: string }[] }).not_cancelled;
      toast(
        late.length ? words.notCancelled(commonStrings.list(late.map((each) => each.channel_name))) : words.cancelled,
      );
    },
  });
  const edit = () => void navigate({ to: '/app/posts/$postId/edit', params: { postId: post.id } });
  const duplicate = () => void navigate({ to: '/app/posts/new', search: { from: post.id } });
  useKeys([
    ...(can.edit && mayWrite ? [{ key: 'e', label: words.keys.edit, group: frameStrings.keysPage, run: edit }] : []),
    ...(can.retry && mayPublish
      ? [{ key: 'r', label: words.keys.retry, group: frameStrings.keysPage, run: () => retry.mutate(undefined) }]
      : []),
    { key: '.', label: words.keys.actions, group: frameStrings.keysPage, run: () => setMenuOpen(true) },
  ]);
  const primary =
    can.retry && mayPublish
      ? 'retry'
      : can.isDraft && mayPublish
        ? 'schedule'
        : can.edit && mayWrite
          ? 'edit'
          : undefined;
  return (
    <>
      {mayWrite && primary !== 'edit' && (
        <Button icon={Copy} onClick={duplicate} className="max-desk:hidden">
          {words.duplicate}
        </Button>
      )}
      <Menu
        open={isMenuOpen}
        onOpenChange={setMenuOpen}
        trigger={
          <button type="button" aria-label={words.actions} className={buttonStyle('quiet', 'icon')}>
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </button>
        }
      >
        {can.edit && mayWrite && (
          <MenuItem icon={Pencil} shortcut="e" onSelect={edit}>
            {words.edit}
          </MenuItem>
        )}
        {can.schedule && mayPublish && (
          <MenuItem icon={CalendarClock} onSelect={() => setAsked('schedule')}>
            {post.scheduled_at ? words.move : words.schedule}
          </MenuItem>
        )}
        {can.publishNow && mayPublish && (
          <MenuItem icon={Send} onSelect={() => publish.mutate(undefined)}>
            {words.publishNow}
          </MenuItem>
        )}
        {can.retry && mayPublish && (
          <MenuItem icon={RotateCcw} shortcut="r" onSelect={() => retry.mutate(undefined)}>
            {words.retry}
          </MenuItem>
        )}
        {mayWrite && (
          <MenuItem icon={Copy} onSelect={duplicate}>
            {words.duplicate}
          </MenuItem>
        )}
        {mayWrite && <MenuLine />}
        {can.cancel && mayWrite && (
          <MenuItem icon={Ban} danger onSelect={() => setAsked('cancel')}>
            {words.cancelPost}
          </MenuItem>
        )}
        {mayWrite && (
          <MenuItem icon={Trash2} danger onSelect={() => setAsked('delete')}>
            {words.deletePost}
          </MenuItem>
        )}
      </Menu>
      {primary === 'retry' && (
        <Button kind="primary" icon={RotateCcw} busy={retry.isPending} onClick={() => retry.mutate(undefined)}>
          {words.retry}
        </Button>
      )}
      {primary === 'schedule' && (
        <Button kind="primary" icon={CalendarClock} onClick={() => setAsked('schedule')}>
          {words.schedule}
        </Button>
      )}
      {primary === 'edit' && (
        <Link to="/app/posts/$postId/edit" params={{ postId: post.id }} className={buttonStyle('primary')}>
          <Pencil size={16} strokeWidth={1.75} aria-hidden />
          {words.edit}
        </Link>
      )}
      {held && (
        <HeldDialog
          held={{ sentences: held.sentences }}
          title={titleOf(post)}
          zone={zone}
          busy={publish.isPending}
          onAnswer={(wish) => publish.mutate(wish.reason)}
          onClose={publish.reset}
        />
      )}
      {asked === 'schedule' && <ScheduleDialog post={post} zone={zone} onClose={() => setAsked(undefined)} />}
      <Confirm
        open={asked === 'cancel'}
        onOpenChange={(open) => !open && setAsked(undefined)}
        title={words.cancelTitle(titleOf(post))}
        text={words.cancelText}
        action={words.cancelPost}
        keep={words.keepIt}
        onConfirm={() => cancel.mutate(undefined)}
      />
      {asked === 'delete' && <DeleteDialog post={post} onClose={() => setAsked(undefined)} />}
    </>
  );
};
