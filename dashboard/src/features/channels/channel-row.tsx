import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CirclePause, CirclePlay, Ellipsis, Pencil, Plug, Power, PowerOff, Trash2, Webhook } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { Gauge } from '@/components/gauge';
import { PlatformMark } from '@/components/icons';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { ErrorBox } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import type { Channel } from '@/data/channels';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { useIsSandbox } from '@/data/sandbox';
import type { ChannelUsage } from '@/data/usage';
import { api, dataOf } from '@/lib/api/client';
import { useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { sentence } from '@/lib/problem';
import { commonStrings } from '@strings/common';
import { channelsStrings as words } from '@strings/channels';
import { ownSiteStrings } from '@strings/own-site';
import { stateOf } from './channel-state';
import { OwnSiteDialog } from './own-site-dialog';

const at = (id: string) => ({ params: { path: { id } } });

export const useChannelCommands = () => {
  const client = useQueryClient();
  const settled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['channels'] }),
      client.invalidateQueries({ queryKey: queryKeys.simulation }),
      client.invalidateQueries({ queryKey: queryKeys.deliveries }),
      client.invalidateQueries({ queryKey: ['post'] }),
    ]);
  const pause = useMutation({
    mutationFn: (channel: Channel) =>
      channel.paused_at
        ? dataOf(api.POST('/channels/{id}/resume', at(channel.id)))
        : dataOf(api.POST('/channels/{id}/pause', at(channel.id))),
    onSuccess: (_, channel) => toast(channel.paused_at ? words.resumed(channel.name) : words.paused(channel.name)),
    onError: toastError,
    onSettled: settled,
  });
  const change = useMutation({
    mutationFn: ({ channel, ...body }: { channel: Channel; is_active?: boolean; name?: string }) =>
      dataOf(api.PATCH('/channels/{id}', { ...at(channel.id), body })),
    onSuccess: (_, { channel, is_active }) =>
      is_active !== undefined && toast(is_active ? words.switchedOn(channel.name) : words.switchedOff(channel.name)),
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: (channel: Channel) => dataOf(api.DELETE('/channels/{id}', at(channel.id))),
    onSuccess: (_, channel) => toast(words.removed(channel.name)),
    onError: toastError,
    onSettled: settled,
  });
  return { pause, change, remove };
};

const Usage = ({ usage, name, zone }: { usage?: ChannelUsage; name: string; zone: string }) => {
  if (!usage || usage.limit === null || usage.window_seconds === null)
    return <span className="text-meta text-muted">{words.noLimit}</span>;
  const free = Math.max(0, usage.limit - usage.used - usage.planned);
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <Gauge used={usage.used} planned={usage.planned} limit={usage.limit} label={name} className="w-full max-w-72" />
      <span className="text-meta text-muted tabular">
        {words.usage(usage.used, usage.limit, words.any(usage.window_seconds), usage.planned, free)}
        {usage.free_at && (
          <>
            {'. '}
            {words.freeAt} <Time at={usage.free_at} zone={zone} as="smart" />.
          </>
        )}
      </span>
    </span>
  );
};

const RenameDialog = ({
  channel,
  onClose,
  onSave,
}: {
  channel: Channel;
  onClose: () => void;
  onSave: (name: string) => Promise<unknown>;
}) => {
  const [name, setName] = useState(channel.name);
  const [problem, setProblem] = useState<unknown>();
  const save = () => onSave(name.trim()).then(onClose, setProblem);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.renameTitle(channel.name)}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button kind="primary" disabled={!name.trim()} onClick={() => void save()}>
            {words.rename}
          </Button>
        </>
      }
    >
      <TextField
        label={words.name}
        value={name}
        maxLength={120}
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      {problem !== undefined && <ErrorBox error={problem} className="mt-2" />}
    </Dialog>
  );
};

type ChannelRowProps = {
  channel: Channel;
  usage?: ChannelUsage;
  zone: string;
  isCurrent: boolean;
  onFocus: () => void;
  onReconnect: () => void;
};

export const ChannelRow = ({ channel, usage, zone, isCurrent, onFocus, onReconnect }: ChannelRowProps) => {
  const mayManage = useMay('manage_channels');
  const mayPublish = useMay('publish_posts');
  const { pause, change, remove } = useChannelCommands();
  const isSandbox = useIsSandbox();
  const [asked, setAsked] = useState<'rename' | 'remove' | 'site'>();
  const state = stateOf(channel, usage);
  const now = useSlowNow(15_000);
  return (
    <li
      onFocus={onFocus}
      aria-current={isCurrent || undefined}
      data-channel={channel.type}
      className={cn(
        'grid items-center gap-x-4 gap-y-2 border-t border-line-subtle px-3 py-2.5 first:border-t-0 tablet:grid-cols-[minmax(0,1fr)_auto] desk:grid-cols-[minmax(12rem,1fr)_minmax(16rem,1.6fr)_10rem_auto]',
        isCurrent && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <div className="flex min-w-0 items-center gap-2.5">
        <PlatformMark of={channel.type} named />
        <div className="flex min-w-0 flex-wrap items-center gap-x-3.5 gap-y-1">
          <span className="max-w-full min-w-0">
            <span className="block truncate font-name">{channel.name}</span>
            {channel.account && (
              <span className="block truncate text-meta text-muted">
                @{channel.account.handle || channel.account.external_user_id}
              </span>
            )}
          </span>
          {isSandbox(channel.type) && <Status of="channel" state="stand_in" />}
          {state !== 'active' && <Status of="channel" state={state} />}
        </div>
      </div>
      <div className="min-w-0 tablet:max-desk:order-2">
        {state === 'reconnect' ? (
          <p className="text-meta break-words text-danger-text">{sentence(channel.disabled_reason ?? '')}</p>
        ) : (
          <Usage usage={usage} name={channel.name} zone={zone} />
        )}
      </div>
      <p className="text-meta text-muted tablet:max-desk:order-3 tablet:max-desk:text-right">
        {usage?.next_due_at ? (
          <>
            {Date.parse(usage.next_due_at) < now ? words.waitsSince : words.next}{' '}
            <Time at={usage.next_due_at} zone={zone} as="smart" className="text-secondary" />
          </>
        ) : (
          words.nothingNext
        )}
      </p>
      <div className="flex gap-1.5 tablet:justify-end tablet:max-desk:order-1 desk:w-37">
        {state === 'reconnect' && mayManage ? (
          <Button icon={Plug} onClick={onReconnect}>
            {words.reconnect}
          </Button>
        ) : (
          mayPublish &&
          channel.is_active && (
            <Button
              icon={channel.paused_at ? CirclePlay : CirclePause}
              busy={pause.isPending}
              onClick={() => pause.mutate(channel)}
            >
              {channel.paused_at ? words.resume : words.pause}
            </Button>
          )
        )}
        {mayManage && (
          <Menu
            trigger={
              <button type="button" aria-label={words.actions(channel.name)} className={buttonStyle('quiet', 'icon')}>
                <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
              </button>
            }
          >
            <MenuItem icon={Pencil} onSelect={() => setAsked('rename')}>
              {words.rename}
            </MenuItem>
            {channel.type === 'website' && (
              <MenuItem icon={Webhook} onSelect={() => setAsked('site')}>
                {ownSiteStrings.menu}
              </MenuItem>
            )}
            {channel.account && (
              <MenuItem icon={Plug} onSelect={onReconnect}>
                {words.reconnect}
              </MenuItem>
            )}
            <MenuItem
              icon={channel.is_active ? PowerOff : Power}
              onSelect={() => change.mutate({ channel, is_active: !channel.is_active })}
            >
              {channel.is_active ? words.switchOff : words.switchOn}
            </MenuItem>
            <MenuLine />
            <MenuItem icon={Trash2} danger onSelect={() => setAsked('remove')}>
              {words.remove}
            </MenuItem>
          </Menu>
        )}
      </div>
      {change.error && <ErrorBox error={change.error} className="col-span-full" />}
      {asked === 'rename' && (
        <RenameDialog
          channel={channel}
          onClose={() => setAsked(undefined)}
          onSave={(name) => change.mutateAsync({ channel, name })}
        />
      )}
      {asked === 'site' && <OwnSiteDialog channel={channel} onClose={() => setAsked(undefined)} />}
      <Confirm
        open={asked === 'remove'}
        onOpenChange={(open) => !open && setAsked(undefined)}
        title={words.removeTitle(channel.name)}
        text={words.removeText}
        action={words.remove}
        keep={words.keepIt}
        onConfirm={() => remove.mutate(channel)}
      />
    </li>
  );
};
