import {
  AtSign,
  BookOpenText,
  CalendarDays,
  ChartNoAxesColumn,
  FilePenLine,
  Flag,
  Globe,
  History,
  Images,
  Inbox,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  Mail,
  MessageCircleHeart,
  RadioTower,
  Rss,
  ScrollText,
  Send,
  Server,
  Settings,
  Shield,
  ShieldCheck,
  SquareTerminal,
  UserRound,
  Users,
  UsersRound,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import type { Account, Permission } from '@/data/people';
import { frameStrings as words } from '@strings/frame';

export type NavItem = {
  to: string;
  label: string;
  icon: LucideIcon;
  /** The second key after `G`. */
  key?: string;
  needs?: Permission;
  /** Only for operators of the installation. */
  platform?: boolean;
};

/** The pages of the sidebar, in its order. A page that a person may not see is absent. */
export const navGroups: { label?: string; items: NavItem[] }[] = [
  {
    items: [
      { to: '/app', label: words.overview, icon: LayoutDashboard, key: 'o' },
      { to: '/app/needs-you', label: words.needsYou, icon: Inbox, key: 'n' },
      { to: '/app/posts', label: words.posts, icon: Send, key: 'p', needs: 'read_posts' },
      { to: '/app/media', label: words.media, icon: Images, key: 'd', needs: 'read_posts' },
      { to: '/app/calendar', label: words.calendar, icon: CalendarDays, key: 'c', needs: 'read_posts' },
      { to: '/app/channels', label: words.channels, icon: RadioTower, key: 'h', needs: 'read_channels' },
      { to: '/app/analytics', label: words.analytics, icon: ChartNoAxesColumn, key: 'a', needs: 'read_posts' },
      { to: '/app/website', label: words.website, icon: Globe, key: 'w', needs: 'read_posts' },
    ],
  },
  {
    label: words.campaigns,
    items: [
      { to: '/app/campaigns', label: words.campaigns, icon: Flag, key: 'm', needs: 'read_campaigns' },
      { to: '/app/automations', label: words.rules, icon: Workflow, key: 'r', needs: 'read_campaigns' },
      { to: '/app/content-studio', label: words.contentStudio, icon: FilePenLine, key: 't', needs: 'read_campaigns' },
    ],
  },
  {
    label: words.team,
    items: [
      { to: '/app/engagement', label: words.engagement, icon: MessageCircleHeart, key: 'g', needs: 'read_engagement' },
      { to: '/app/people', label: words.people, icon: Users, key: 'e', needs: 'read_account' },
      { to: '/app/audit', label: words.audit, icon: ScrollText, key: 'u', needs: 'read_audit' },
      { to: '/app/settings', label: words.settings, icon: Settings },
    ],
  },
  {
    label: words.installation,
    items: [{ to: '/app/admin', label: words.companies, icon: Server, platform: true }],
  },
];

/** Pages without a sidebar entry, which the palette finds by name. */
export const palettePages: NavItem[] = [
  { to: '/app/automations/runs', label: words.runs, icon: History, needs: 'read_campaigns' },
  { to: '/app/content-studio/templates', label: words.templates, icon: BookOpenText, needs: 'read_campaigns' },
  { to: '/app/content-studio/guardrails', label: words.guardrails, icon: Shield, needs: 'read_campaigns' },
  { to: '/app/people/teams', label: words.teams, icon: UsersRound, needs: 'read_account' },
  { to: '/app/people/invites', label: words.invites, icon: Mail, needs: 'invite_members' },
  { to: '/app/people/roles', label: words.roles, icon: ShieldCheck, needs: 'read_account' },
  { to: '/app/engagement/mine', label: words.engagementQueue, icon: ListChecks, needs: 'engage' },
  { to: '/app/engagement/pages', label: words.trackedPages, icon: Rss, needs: 'read_engagement' },
  { to: '/app/engagement/settings', label: words.engagementSettings, icon: Settings, needs: 'manage_self' },
  { to: '/app/engagement/accounts', label: words.engagementAccounts, icon: AtSign, needs: 'read_account' },
  { to: '/app/account', label: words.profile, icon: UserRound, needs: 'read_account' },
  { to: '/app/account/tokens', label: words.tokens, icon: SquareTerminal, needs: 'manage_self' },
  { to: '/app/account/security', label: words.security, icon: KeyRound, needs: 'manage_self' },
];

/** Whether a person sees a page. Until the account is known, all pages but the operators' ones. */
export const isSeenBy = (me: Account | undefined, item: NavItem): boolean =>
  item.platform ? Boolean(me?.is_platform_admin) : !item.needs || !me || me.permissions.includes(item.needs);
