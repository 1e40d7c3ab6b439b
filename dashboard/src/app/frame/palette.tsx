import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { CalendarClock, CirclePause, Plus, Search, type LucideIcon } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { Kbd } from '@/components/kbd';
import { PlatformMark } from '@/components/icons';
import { Status } from '@/components/status';
import { useChannels } from '@/data/channels';
import { useMay, useMe } from '@/data/people';
import { recentPostsQuery, titleOf } from '@/data/posts';
import { useProject, useZone } from '@/data/projects';
import { boundKeysStore, type KeyBinding } from '@/lib/keys';
import { serverNow } from '@/lib/clock';
import { useFocusReturn } from '@/lib/focus-place';
import { useStore } from '@/lib/store';
import { momentOf, zoneName } from '@/lib/time/format';
import { readTyped } from '@/lib/time/typed';
import { frameStrings as words } from '@strings/frame';
import { isSeenBy, navGroups, palettePages } from './nav';
import { paletteStore } from './palette-store';

const Item = ({
  value,
  onSelect,
  icon: Icon,
  shortcut,
  children,
}: {
  value: string;
  onSelect: () => void;
  icon?: LucideIcon;
  shortcut?: string;
  children: ReactNode;
}) => (
  <Command.Item
    value={value}
    onSelect={onSelect}
    className="flex min-h-9 items-center gap-2.5 rounded-control px-2 data-[selected=true]:bg-pressed max-tablet:min-h-11"
  >
    {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-secondary" />}
    <span className="flex min-w-0 flex-1 items-center gap-2 truncate">{children}</span>
    {shortcut && <Kbd of={shortcut} />}
  </Command.Item>
);

const group =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-axis [&_[cmdk-group-heading]]:text-muted';

const Palette = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const zone = useZone();
  const me = useMe();
  const mayWrite = useMay('write_posts');
  const mayPause = useMay('publish_posts');
  const channels = useChannels();
  const { data: posts = [] } = useQuery(recentPostsQuery(useProject()?.id));
  // Without J and K, because somebody who searches is not walking a list.
  const pageKeys = useStore(boundKeysStore).filter(
    (each) => each.group === words.keysPage && each.label && !['j', 'k'].includes(each.key),
  );
  const now = serverNow();
  const time = readTyped(typed, zone, now);
  const go = (to: string) => {
    onClose();
    void navigate({ to });
  };
  return (
    <Command label={words.palette} loop className="flex max-h-[60vh] flex-col">
      <div className="flex items-center gap-2.5 border-b border-line-subtle px-4">
        <Search size={16} strokeWidth={1.75} aria-hidden className="text-muted" />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder={words.palettePlaceholder}
          className="h-12 min-w-0 flex-1 bg-transparent text-lead outline-none"
        />
      </div>
      <Command.List className="min-h-0 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-4 text-secondary">{words.paletteNothing}</Command.Empty>
        {time !== undefined && mayWrite && (
          <Command.Group heading={words.paletteAct} className={group} forceMount>
            <Item
              value={`time ${typed}`}
              icon={CalendarClock}
              onSelect={() => {
                onClose();
                void navigate({ to: '/app/posts/new', search: { at: new Date(time).toISOString() } });
              }}
            >
              {words.newPostFor(`${momentOf(time, zone, now)} ${zoneName(time, zone)}`)}
            </Item>
          </Command.Group>
        )}
        <Command.Group heading={words.paletteAct} className={group}>
          {mayWrite && (
            <Item value={words.newPost} icon={Plus} shortcut="c" onSelect={() => go('/app/posts/new')}>
              {words.newPost}
            </Item>
          )}
          {mayPause && (
            <Item value={words.pauseAll} icon={CirclePause} onSelect={() => paletteStore.set('pause')}>
              {words.pauseAll}
            </Item>
          )}
          {pageKeys.map((each) => (
            <Item
              key={each.key}
              value={each.label ?? ''}
              shortcut={each.key}
              onSelect={() => {
                onClose();
                each.run(new KeyboardEvent('keydown'));
              }}
            >
              {each.label}
            </Item>
          ))}
        </Command.Group>
        <Command.Group heading={words.paletteGo} className={group}>
          {[...navGroups.flatMap((each) => each.items), ...palettePages]
            .filter((each) => isSeenBy(me, each))
            .map((each) => (
              <Item
                key={each.to}
                value={`${words.paletteGo} ${each.label}`}
                icon={each.icon}
                shortcut={each.key && `g ${each.key}`}
                onSelect={() => go(each.to)}
              >
                {each.label}
              </Item>
            ))}
        </Command.Group>
        {posts.length > 0 && (
          <Command.Group heading={words.palettePosts} className={group}>
            {posts.map((post) => (
              <Item
                key={post.id}
                value={`${titleOf(post)} ${post.text.slice(0, 200)} ${post.id}`}
                onSelect={() => {
                  onClose();
                  void navigate({ to: '/app/posts/$postId', params: { postId: post.id } });
                }}
              >
                <Status of="post" state={post.status} as="icon" />
                <span className="truncate">{titleOf(post)}</span>
              </Item>
            ))}
          </Command.Group>
        )}
        {channels.length > 0 && (
          <Command.Group heading={words.paletteChannels} className={group}>
            {channels.map((channel) => (
              <Item key={channel.id} value={`${channel.name} ${channel.id}`} onSelect={() => go('/app/channels')}>
                <PlatformMark of={channel.type} />
                <span className="truncate">{channel.name}</span>
              </Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
};

const panel =
  'float fixed z-50 flex flex-col overflow-hidden border border-line bg-raised shadow-dialog focus:outline-none tablet:left-1/2 tablet:top-[14vh] tablet:w-[min(38rem,calc(100vw-2rem))] tablet:-translate-x-1/2 tablet:rounded-card max-tablet:inset-x-0 max-tablet:bottom-0 max-tablet:rounded-t-sheet';

/** An action with several keys is listed once. */
const keysByLabel = (bound: readonly KeyBinding[]): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { label = '', key } of bound) found.set(label, [...new Set([...(found.get(label) ?? []), key])]);
  return found;
};

const KeysList = () => {
  const bound = useStore(boundKeysStore);
  const groups = [...new Set(bound.map((each) => each.group ?? words.keysEverywhere))];
  return (
    <div className="max-h-[60vh] overflow-y-auto px-5 py-4 -outline-offset-2" tabIndex={0} role="group" aria-label={words.keysTitle}>
      {groups.map((name) => (
        <section key={name} className="mb-3">
          <h3 className="mb-1 text-axis text-muted">{name}</h3>
          <dl className="grid gap-x-8 tablet:grid-cols-2">
            {[...keysByLabel(bound.filter((each) => (each.group ?? words.keysEverywhere) === name))].map(
              ([label, keys]) => (
                <div key={label} className="flex min-h-7 items-center justify-between gap-3">
                  <dt>{label}</dt>
                  <dd className="flex gap-1">
                    {keys.map((each) => (
                      <Kbd key={each} of={each} />
                    ))}
                  </dd>
                </div>
              ),
            )}
          </dl>
        </section>
      ))}
    </div>
  );
};

const Palettes = () => {
  const floats = useStore(paletteStore);
  const close = () => paletteStore.set('none');
  const isOpen = floats === 'palette' || floats === 'keys';
  const giveBack = useFocusReturn();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="float fixed inset-0 z-50 bg-shade" />
        <Dialog.Content className={panel} aria-describedby={undefined} onCloseAutoFocus={giveBack}>
          <Dialog.Title className={floats === 'keys' ? 'px-5 pt-4 text-lead font-heading' : 'sr-only'}>
            {floats === 'keys' ? words.keysTitle : words.palette}
          </Dialog.Title>
          {floats === 'keys' ? <KeysList /> : <Palette onClose={close} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

export default Palettes;
