import { useNavigate } from '@tanstack/react-router';
import { BookOpen, Keyboard, KeyRound, LogOut, Monitor, Moon, Settings, Sun, UserRound } from 'lucide-react';
import { Avatar } from '@/components/avatar';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '@/components/menu';
import { basePath } from '@/config/env';
import { useMe } from '@/data/people';
import { singleKeysStore } from '@/lib/keys';
import { queryClient } from '@/lib/query-client';
import { signOut } from '@/lib/session';
import { useStore } from '@/lib/store';
import { themeStore, type Theme } from '@/lib/theme';
import { frameStrings as words } from '@strings/frame';
import { paletteStore } from './palette-store';

export const AccountMenu = () => {
  const me = useMe();
  const theme = useStore(themeStore);
  const singleKeys = useStore(singleKeysStore);
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    // The page goes first: one that is still there would ask for all of it again, without a session.
    await navigate({ to: '/sign-in' });
    queryClient.clear();
  };
  const name = me?.member.full_name ?? '';
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-9 shrink-0 items-center max-tablet:h-11 gap-2.5 rounded-control px-2 hover:bg-hover tablet:max-wide:justify-center tablet:max-wide:px-0"
        >
          <span className="sr-only">{words.account}: </span>
          <Avatar name={name} />
          <span className="min-w-0 flex-1 truncate text-left font-button tablet:max-wide:sr-only">{name}</span>
        </button>
      }
    >
      <MenuLabel>
        {me?.member.email} · {words.role(me?.member.role ?? '')}
      </MenuLabel>
      <MenuItem icon={UserRound} onSelect={() => void navigate({ to: '/app/account' })}>
        {words.profile}
      </MenuItem>
      <MenuItem icon={KeyRound} onSelect={() => void navigate({ to: '/app/account/security' })}>
        {words.security}
      </MenuItem>
      <MenuItem icon={Settings} onSelect={() => void navigate({ to: '/app/settings' })}>
        {words.settings}
      </MenuItem>
      <MenuItem icon={Keyboard} shortcut="?" onSelect={() => paletteStore.set('keys')}>
        {words.keys}
      </MenuItem>
      <MenuItem
        icon={Keyboard}
        checked={singleKeys === 'on'}
        onSelect={() => singleKeysStore.set(singleKeys === 'on' ? 'off' : 'on')}
      >
        {words.singleKeys}
      </MenuItem>
      <MenuItem icon={BookOpen} onSelect={() => void window.open(`${basePath}docs`, '_blank', 'noopener')}>
        {words.apiDocs}
      </MenuItem>
      <MenuLine />
      <MenuLabel>{words.theme}</MenuLabel>
      <MenuChoice
        value={theme}
        onChange={(next) => themeStore.set(next as Theme)}
        choices={[
          { value: 'system', label: words.themeSystem, icon: Monitor },
          { value: 'light', label: words.themeLight, icon: Sun },
          { value: 'dark', label: words.themeDark, icon: Moon },
        ]}
      />
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={() => void leave()}>
        {words.signOut}
      </MenuItem>
    </Menu>
  );
};
