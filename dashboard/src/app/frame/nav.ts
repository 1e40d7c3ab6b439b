import {
  CalendarDays,
  ChartNoAxesColumn,
  Globe,
  Inbox,
  LayoutDashboard,
  RadioTower,
  Send,
  Settings,
  type LucideIcon,
} from 'lucide-react';
import type { Permission } from '@/data/people';
import { frameStrings as words } from '@strings/frame';

export type NavItem = {
  to: string;
  label: string;
  icon: LucideIcon;
  /** `G` and this letter. */
  key?: string;
  needs?: Permission;
};

/** The pages of the sidebar, in its order. A page that a person may not see is absent. */
export const navGroups: { label?: string; items: NavItem[] }[] = [
  {
    items: [
      { to: '/app', label: words.overview, icon: LayoutDashboard, key: 'o' },
      { to: '/app/needs-you', label: words.needsYou, icon: Inbox, key: 'n' },
      { to: '/app/posts', label: words.posts, icon: Send, key: 'p', needs: 'read_posts' },
      { to: '/app/calendar', label: words.calendar, icon: CalendarDays, key: 'c', needs: 'read_posts' },
      { to: '/app/channels', label: words.channels, icon: RadioTower, key: 'h', needs: 'read_channels' },
      { to: '/app/analytics', label: words.analytics, icon: ChartNoAxesColumn, key: 'a', needs: 'read_posts' },
      { to: '/app/website', label: words.website, icon: Globe, key: 'w', needs: 'read_posts' },
    ],
  },
  { label: words.team, items: [{ to: '/app/settings', label: words.settings, icon: Settings }] },
];
