/** All addresses of the dashboard that need a session, with their pages; each page is loaded on first use. */
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { basePath } from '@/config/env';
import { connectorsQuery } from '@/data/channels';
import { companyQuery } from '@/data/company';
import { meQuery } from '@/data/people';
import { projectsQuery } from '@/data/projects';
import { queryClient } from '@/lib/query-client';
import { resumeSession, sessionStore } from '@/lib/session';
import { Shell } from './frame/shell';
import { openRoutes, root } from './open-routes';
import { NoSuchPage, PageError, Stray } from './page-error';
import { lazyRouteComponent } from './lazy-page';
import { search } from './search';

/** Everything inside needs a session; signing in leads back here. */
const app = createRoute({
  getParentRoute: () => root,
  path: '/app',
  component: Shell,
  errorComponent: PageError,
  notFoundComponent: NoSuchPage,
  beforeLoad: async ({ location, matches }) => {
    // The page's own file loads while the session is checked.
    for (const { routeId } of matches) void router.loadRouteChunk(router.routesById[routeId]);
    if (sessionStore.get() === 'unknown') {
      // Without the server the page itself says so; an unknown session is asked for again.
      await resumeSession().catch(() => undefined);
    }
    if (sessionStore.get() === 'out') {
      const to = location.href;
      throw redirect({ to: '/sign-in', search: to === '/app' ? {} : { to }, replace: true });
    }
    // Requests the frame's data at once, not when its parts are rendered.
    void queryClient.prefetchQuery(meQuery);
    void queryClient.prefetchQuery(projectsQuery);
    void queryClient.prefetchQuery(companyQuery);
    void queryClient.prefetchQuery(connectorsQuery);
  },
});

const page = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => app,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, () => React.ReactNode>>, name),
  });

/** A page's data is requested as soon as its file is loaded, before it is rendered; nothing waits for it. */
const ahead =
  (load: () => Promise<{ askAhead: (search: { view?: string; date?: string }) => Promise<void> }>) =>
  ({ location }: { location: { search: object } }): void =>
    void load()
      .then(({ askAhead }) => askAhead(location.search))
      .catch(() => undefined);

const loadOverview = () => import('@/features/overview/overview-page');
const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  loader: ahead(loadOverview),
  component: lazyRouteComponent(loadOverview, 'OverviewPage'),
});
const needsYou = page('needs-you', () => import('@/features/needs-you/needs-you-page'), 'NeedsYouPage');
const start = page('start', () => import('@/features/start/start-page'), 'StartPage');
const website = page('website', () => import('@/features/website/website-page'), 'WebsitePage');
const settings = page('settings', () => import('@/features/settings/settings-page'), 'SettingsPage');
const newProject = page(
  'settings/projects/new',
  () => import('@/features/settings/new-project-page'),
  'NewProjectPage',
);

const teams = page('people/teams', () => import('@/features/people/teams-page'), 'TeamsPage');
const invites = page('people/invites', () => import('@/features/people/invites-page'), 'InvitesPage');
const roles = page('people/roles', () => import('@/features/people/roles-page'), 'RolesPage');
const profile = page('account', () => import('@/features/account/profile-page'), 'ProfilePage');
const tokens = page('account/tokens', () => import('@/features/account/tokens-page'), 'TokensPage');
const companies = page('admin', () => import('@/features/admin/companies-page'), 'CompaniesPage');

// An identity provider's page returns here with the result.
const security = createRoute({
  getParentRoute: () => app,
  path: 'account/security',
  validateSearch: search({ link: 'string' }),
  component: lazyRouteComponent(() => import('@/features/account/security-page'), 'SecurityPage'),
});

const members = createRoute({
  getParentRoute: () => app,
  path: 'people',
  validateSearch: search({ q: 'string', role: 'string', team: 'string', state: 'string' }),
  component: lazyRouteComponent(() => import('@/features/people/members-page'), 'MembersPage'),
});

const audit = createRoute({
  getParentRoute: () => app,
  path: 'audit',
  validateSearch: search({
    actor: 'string',
    outcome: 'string',
    range: 'string',
    action: 'string',
    subject: 'string',
    request: 'string',
  }),
  component: lazyRouteComponent(() => import('@/features/audit/audit-page'), 'AuditPage'),
});

const companyOfInstallation = createRoute({
  getParentRoute: () => app,
  path: 'admin/$companyId',
  component: lazyRouteComponent(() => import('@/features/admin/company-page'), 'CompanyPage'),
});

// A provider's page returns here with the result.
const channels = createRoute({
  getParentRoute: () => app,
  path: 'channels',
  validateSearch: search({ provider: 'string', result: 'string' }),
  component: lazyRouteComponent(() => import('@/features/channels/channels-page'), 'ChannelsPage'),
});

const posts = createRoute({
  getParentRoute: () => app,
  path: 'posts',
  validateSearch: search({
    tab: 'string',
    q: 'string',
    channel: 'string',
    sort: 'string',
  }),
  component: lazyRouteComponent(() => import('@/features/posts/posts-page'), 'PostsPage'),
});

const media = createRoute({
  getParentRoute: () => app,
  path: 'media',
  validateSearch: search({ q: 'string', kind: 'string' }),
  component: lazyRouteComponent(() => import('@/features/media/media-page'), 'MediaPage'),
});

const loadCompose = () => import('@/features/compose/compose-page');
const newPost = createRoute({
  getParentRoute: () => app,
  path: 'posts/new',
  validateSearch: search({ at: 'string', from: 'string', kept: 'string' }),
  loader: ahead(loadCompose),
  component: lazyRouteComponent(loadCompose, 'ComposePage'),
});

const editPost = createRoute({
  getParentRoute: () => app,
  path: 'posts/$postId/edit',
  component: lazyRouteComponent(() => import('@/features/compose/edit-page'), 'EditPage'),
});

const post = createRoute({
  getParentRoute: () => app,
  path: 'posts/$postId',
  validateSearch: search({ delivery: 'string' }),
  component: lazyRouteComponent(() => import('@/features/posts/post-page'), 'PostPage'),
});

// Calendar and analytics pass their own search parameters on.
const loadCalendar = () => import('@/features/calendar/calendar-page');
const calendar = createRoute({
  getParentRoute: () => app,
  path: 'calendar',
  validateSearch: search({
    view: 'string',
    date: 'string',
    whatif: 'boolean',
  }),
  loader: ahead(loadCalendar),
  component: lazyRouteComponent(loadCalendar, 'CalendarPage'),
});

const analytics = createRoute({
  getParentRoute: () => app,
  path: 'analytics',
  validateSearch: search({ range: 'string', channel: 'string' }),
  component: lazyRouteComponent(() => import('@/features/analytics/analytics-page'), 'AnalyticsPage'),
});

const campaigns = page('campaigns', () => import('@/features/campaigns/campaigns-page'), 'CampaignsPage');
const campaign = page('campaigns/$campaignId', () => import('@/features/campaigns/campaign-page'), 'CampaignPage');
const rules = page('automations', () => import('@/features/automations/rules-page'), 'RulesPage');
const newRule = createRoute({
  getParentRoute: () => app,
  path: 'automations/new',
  validateSearch: search({ campaign: 'string', start: 'string' }),
  component: lazyRouteComponent(() => import('@/features/automations/rule-page'), 'NewRulePage'),
});
const rule = page('automations/$ruleId', () => import('@/features/automations/rule-page'), 'RulePage');
const runs = createRoute({
  getParentRoute: () => app,
  path: 'automations/runs',
  validateSearch: search({ rule: 'string', state: 'string' }),
  component: lazyRouteComponent(() => import('@/features/automations/runs-page'), 'RunsPage'),
});
const run = page('automations/runs/$runId', () => import('@/features/automations/run-page'), 'RunPage');
const studio = createRoute({
  getParentRoute: () => app,
  path: 'content-studio',
  validateSearch: search({ state: 'string' }),
  component: lazyRouteComponent(() => import('@/features/content-studio/studio-page'), 'StudioPage'),
});
const contentItem = page(
  'content-studio/$contentId',
  () => import('@/features/content-studio/item-page'),
  'ContentItemPage',
);
const templates = page(
  'content-studio/templates',
  () => import('@/features/templates/templates-page'),
  'TemplatesPage',
);
const newTemplate = page(
  'content-studio/templates/new',
  () => import('@/features/templates/template-page'),
  'NewTemplatePage',
);
const template = page(
  'content-studio/templates/$templateId',
  () => import('@/features/templates/template-page'),
  'TemplatePage',
);
const guardrails = page(
  'content-studio/guardrails',
  () => import('@/features/guardrails/guardrails-page'),
  'GuardrailsPage',
);
const feed = createRoute({
  getParentRoute: () => app,
  path: 'engagement',
  validateSearch: search({ page: 'string' }),
  component: lazyRouteComponent(() => import('@/features/engagement/feed-page'), 'FeedPage'),
});
const queue = page('engagement/mine', () => import('@/features/engagement/queue-page'), 'QueuePage');
const foundPost = page('engagement/posts/$postId', () => import('@/features/engagement/post-page'), 'FoundPostPage');
const trackedPages = page('engagement/pages', () => import('@/features/engagement/pages-page'), 'TrackedPagesPage');
const trackedPage = page(
  'engagement/pages/$pageId',
  () => import('@/features/engagement/tracked-page'),
  'TrackedPagePage',
);
const engagementFigures = createRoute({
  getParentRoute: () => app,
  path: 'engagement/figures',
  validateSearch: search({ days: 'string' }),
  component: lazyRouteComponent(() => import('@/features/engagement/figures-page'), 'EngagementFiguresPage'),
});
const engagementSettings = page(
  'engagement/settings',
  () => import('@/features/engagement/settings-page'),
  'EngagementSettingsPage',
);
// A platform's page returns here with the result.
const engagementAccounts = createRoute({
  getParentRoute: () => app,
  path: 'engagement/accounts',
  validateSearch: search({ provider: 'string', result: 'string', reason: 'string' }),
  component: lazyRouteComponent(() => import('@/features/engagement/accounts-page'), 'EngagementAccountsPage'),
});

const tree = root.addChildren([
  ...openRoutes,
  app.addChildren([
    overview,
    needsYou,
    start,
    posts,
    media,
    newPost,
    editPost,
    post,
    calendar,
    channels,
    analytics,
    campaigns,
    campaign,
    rules,
    newRule,
    runs,
    run,
    rule,
    studio,
    templates,
    newTemplate,
    template,
    guardrails,
    contentItem,
    feed,
    queue,
    foundPost,
    trackedPages,
    trackedPage,
    engagementFigures,
    engagementSettings,
    engagementAccounts,
    website,
    settings,
    newProject,
    members,
    teams,
    invites,
    roles,
    profile,
    security,
    tokens,
    audit,
    companies,
    companyOfInstallation,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: basePath,
  defaultPreload: 'intent',
  defaultPendingMs: 400,
  scrollRestoration: true,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: Stray,
});

// Who has signed out in another tab has left here, too: what was shown goes, and whoever signs in comes back to where
// this tab was.
let wasIn = false;
sessionStore.subscribe(() => {
  const state = sessionStore.get();
  if (state === 'out' && wasIn) {
    // The page goes first: one that is still there would ask for all of it again, without a session.
    void router.invalidate().finally(() => {
      if (sessionStore.get() === 'out') queryClient.clear();
    });
  }
  wasIn = state === 'in' || state === 'expired';
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
