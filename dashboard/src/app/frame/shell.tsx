/** The frame around every page. */
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import {
  ChevronLeft,
  ChevronRight,
  House,
  Inbox,
  CalendarDays,
  Menu as MenuIcon,
  PanelRight,
  Plus,
} from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { buttonStyle } from '@/components/button';
import { pageHeadStore, pausedTitleStore, railStore, SlotsContext } from '@/components/page';
import { Skeleton } from '@/components/states';
import { meQuery, useMay, useMe } from '@/data/people';
import { projectsQuery, useProject } from '@/data/projects';
import { cn } from '@/lib/cn';
import { handleKey, useKeys, type KeyBinding } from '@/lib/keys';
import { useStore } from '@/lib/store';
import { useMedia } from '@/lib/media';
import { lazyWhenThere } from '@/lib/when-there';
import { commonStrings } from '@strings/common';
import { frameStrings as words } from '@strings/frame';
import { Announcer } from './announcer';
import { LiveClock } from './live-clock';
import { StaleStrip } from './stale-strip';
import { isSeenBy, navGroups } from './nav';
import { Notifications } from './notifications';
import { paletteStore } from './palette-store';
import { PauseButton, PausedBanner } from './pause';
import { ProjectMark } from './project-switcher';
import { Sidebar, useNeedsYouCount } from './sidebar';

const Palettes = lazyWhenThere(() => import('./palette'));
const PauseDialogs = lazyWhenThere(() => import('./pause-dialogs'));
const MoreSheet = lazyWhenThere(async () => ({ default: (await import('./sheets')).MoreSheet }));
const RailSheet = lazyWhenThere(async () => ({ default: (await import('./sheets')).RailSheet }));

const useFrameKeys = () => {
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const everywhere: KeyBinding[] = [
    { key: 'mod+k', label: words.openPalette, inFields: true, run: () => paletteStore.set('palette') },
    { key: '/', label: words.openPalette, run: () => paletteStore.set('palette') },
    { key: '?', label: words.showKeys, run: () => paletteStore.set('keys') },
    { key: 'c', label: words.newPost, run: () => void navigate({ to: '/app/posts/new' }) },
    { key: 'g s', label: words.chooseProject, run: () => paletteStore.set('switcher') },
    ...navGroups
      .flatMap((group) => group.items)
      .filter((item) => item.key && isSeenBy(me, item))
      .map((item): KeyBinding => ({
        key: `g ${item.key}`,
        label: words.goTo(item.label),
        run: () => void navigate({ to: item.to }),
      })),
    {
      key: 'Escape',
      run: () => {
        const parent = pageHeadStore.get().parent;
        if (parent) void navigate({ to: parent.to });
        else if (router.history.canGoBack()) router.history.back();
      },
    },
  ];
  useKeys(everywhere);
  useEffect(() => {
    addEventListener('keydown', handleKey);
    return () => removeEventListener('keydown', handleKey);
  }, []);
  useEffect(() => {
    // No first page waits for it.
    const kept = import('@/lib/focus-place').then(({ keepFocus }) => keepFocus());
    return () => void kept.then((stop) => stop());
  }, []);
};

const NewPost = () => {
  const mayWrite = useMay('write_posts');
  const { ownPrimary } = useStore(pageHeadStore);
  if (!mayWrite || ownPrimary) return null;
  return (
    <Link to="/app/posts/new" className={cn(buttonStyle('primary'), 'max-tablet:hidden')}>
      <Plus size={16} strokeWidth={1.75} aria-hidden />
      {words.newPost}
    </Link>
  );
};

type HeadProps = { setActions: (element: HTMLElement | null) => void; onRail?: () => void; onMore: () => void };

const Head = ({ setActions, onRail, onMore }: HeadProps) => {
  const { title, parent } = useStore(pageHeadStore);
  const rail = useStore(railStore);
  const project = useProject();
  return (
    <header className="sticky top-0 z-10 flex h-12 shrink-0 items-center gap-2 border-b border-line-subtle bg-surface px-5 max-tablet:gap-1 max-tablet:px-4">
      {parent ? (
        <Link
          to={parent.to}
          aria-label={words.back}
          className="-ml-3 inline-flex size-11 items-center justify-center text-muted tablet:hidden"
        >
          <ChevronLeft size={18} strokeWidth={1.75} aria-hidden />
        </Link>
      ) : (
        <button
          type="button"
          aria-label={words.chooseProject}
          onClick={onMore}
          className="-my-2.25 -ml-2.25 inline-flex size-11 items-center justify-center tablet:hidden"
        >
          <ProjectMark name={project?.name ?? words.product} />
        </button>
      )}
      {/* A short way back stays whole; a long one and a long title share what room the buttons leave. */}
      <p className="flex min-w-0 flex-1 items-center gap-1.5 overflow-hidden text-lead">
        {parent && (
          <>
            <Link to={parent.to} className="max-w-1/2 shrink-0 truncate text-muted hover:text-text max-tablet:hidden">
              {parent.label}
            </Link>
            <ChevronRight size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted max-tablet:hidden" />
          </>
        )}
        {/* On a phone, where clock and buttons leave little, a title takes two lines, a long one two small ones. */}
        <span
          className={cn(
            'min-w-0 truncate font-heading max-tablet:line-clamp-2 max-tablet:leading-4.5 max-tablet:whitespace-normal',
            title.length > 20 && 'max-tablet:text-meta',
          )}
        >
          {title}
        </span>
      </p>
      <LiveClock />
      <PauseButton />
      <Notifications />
      <div ref={setActions} data-page-actions className="flex items-center gap-2 empty:hidden max-tablet:hidden" />
      {rail && onRail && (
        <button
          type="button"
          aria-label={rail.label}
          onClick={onRail}
          className="inline-flex size-(--control) items-center justify-center rounded-control text-secondary hover:bg-hover"
        >
          <PanelRight size={16} strokeWidth={1.75} aria-hidden />
        </button>
      )}
      <NewPost />
    </header>
  );
};

const tab = 'relative flex h-full flex-1 flex-col items-center justify-center gap-0.5 text-axis';
const here = { className: 'text-accent-text font-heading' };
const elsewhere = { className: 'text-muted' };

const TabBar = ({ onMore }: { onMore: () => void }) => {
  const waiting = useNeedsYouCount();
  const mayWrite = useMay('write_posts');
  return (
    <nav
      aria-label={words.nav}
      className="z-20 flex h-16 shrink-0 items-center border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] tablet:hidden"
    >
      <Link to="/app" activeOptions={{ exact: true }} className={tab} activeProps={here} inactiveProps={elsewhere}>
        <House size={20} strokeWidth={1.75} aria-hidden />
        {words.overview}
      </Link>
      <Link to="/app/needs-you" className={tab} activeProps={here} inactiveProps={elsewhere}>
        <Inbox size={20} strokeWidth={1.75} aria-hidden />
        {words.needsYou}
        {waiting > 0 && (
          <span className="absolute top-1.5 left-1/2 ml-1.5 inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full border border-warning-line bg-warning-tint px-1 text-axis font-heading text-warning-text tabular">
            {waiting}
          </span>
        )}
      </Link>
      {mayWrite && (
        <Link
          to="/app/posts/new"
          aria-label={words.newPost}
          className="thumb mx-2 inline-flex h-9 w-11 items-center justify-center rounded-card bg-accent text-on-accent"
        >
          <Plus size={20} strokeWidth={1.75} aria-hidden />
        </Link>
      )}
      <Link to="/app/calendar" className={tab} activeProps={here} inactiveProps={elsewhere}>
        <CalendarDays size={20} strokeWidth={1.75} aria-hidden />
        {words.calendar}
      </Link>
      <button type="button" className={`${tab} text-muted`} onClick={onMore}>
        <MenuIcon size={20} strokeWidth={1.75} aria-hidden />
        {words.more}
      </button>
    </nav>
  );
};

export const Shell = () => {
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const [rail, setRail] = useState<HTMLElement | null>(null);
  const [isMoreOpen, setMoreOpen] = useState(false);
  const [isRailOpen, setRailOpen] = useState(false);
  const isWide = useMedia('(min-width: 80rem)');
  const hasRail = useStore(railStore) !== undefined;
  const { title } = useStore(pageHeadStore);
  const paused = useStore(pausedTitleStore);
  const floats = useStore(paletteStore);
  const main = useRef<HTMLElement>(null);
  // A page needs the person and the project's zone first: otherwise it would request twice, and move while it is read.
  const [me, projects] = [useQuery(meQuery), useQuery(projectsQuery)];
  const isKnown = !me.isPending && !projects.isPending;
  useFrameKeys();
  // What slid over one page is of no other: a link in it leads on, and the sheet goes.
  const path = useLocation({ select: (each) => each.pathname });
  useEffect(() => setRailOpen(false), [path]);
  useEffect(() => {
    document.title = [paused, title, words.product].filter(Boolean).join(' · ');
  }, [title, paused]);
  return (
    <SlotsContext value={{ actions, rail }}>
      <button
        type="button"
        onClick={() => main.current?.focus()}
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-80 focus:rounded-control focus:bg-raised focus:px-3 focus:py-2"
      >
        {words.skip}
      </button>
      <div className="flex h-dvh max-tablet:flex-col">
        <Sidebar />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden border-line bg-surface tablet:my-2 tablet:mr-2 tablet:rounded-card tablet:border">
          <Head setActions={setActions} onRail={isWide ? undefined : () => setRailOpen(true)} onMore={() => setMoreOpen(true)} />
          <PausedBanner />
          <StaleStrip />
          <div className="flex min-h-0 flex-1">
            <main
              ref={main}
              tabIndex={-1}
              id="main"
              className="min-w-0 flex-1 overflow-y-auto [scrollbar-gutter:stable] focus:outline-none"
            >
              <Suspense fallback={<Skeleton rows={6} className="p-5" />}>
                {isKnown ? <Outlet /> : <Skeleton rows={6} className="p-5" />}
              </Suspense>
            </main>
            {isWide && hasRail && (
              <aside
                ref={setRail}
                aria-label={commonStrings.more}
                className="w-84 shrink-0 overflow-y-auto border-l border-line-subtle"
              />
            )}
            {isWide && !hasRail && <span ref={setRail} hidden />}
          </div>
        </div>
        <Announcer />
        <TabBar onMore={() => setMoreOpen(true)} />
      </div>
      <Suspense>
        {!isWide && isRailOpen && hasRail && <RailSheet onClose={() => setRailOpen(false)} setRail={setRail} />}
        {isMoreOpen && <MoreSheet onClose={() => setMoreOpen(false)} />}
        {floats === 'pause' && <PauseDialogs />}
        {(floats === 'palette' || floats === 'keys') && <Palettes />}
      </Suspense>
    </SlotsContext>
  );
};
