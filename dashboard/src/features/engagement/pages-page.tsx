/** The tracked pages: the state of polling each, its followers, and whether I follow it. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Check, Ellipsis, FileUp, Hourglass, Pencil, Plus, RefreshCw, Trash2, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/dialog';
import { PlatformMark } from '@/components/icons';
import { MayNot } from '@/components/may-not';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { Card, Page } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Ago } from '@/components/time';
import { useMay, useMe } from '@/data/people';
import { cn } from '@/lib/cn';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import { engagementStrings as words } from '@strings/engagement';
import { frameStrings } from '@strings/frame';
import { pagesQuery, usePageCommands, type TrackedPage } from './engagement-data';
import { EngagementNav } from './engagement-nav';
import { FollowDialog } from './follow-dialog';
import { ImportDialog } from './import-dialog';
import { EditPageDialog, TrackDialog } from './page-dialogs';
import { pollLineOf } from './poll-line';

export type Asked = { page: TrackedPage; what: 'follow' | 'unfollow' | 'change' | 'untrack' };
const shown_step = 100;
const columns = 'desk:grid-cols-[minmax(0,1fr)_13rem_5rem_6rem_8.5rem_2.25rem]';

export const PollLine = ({ page }: { page: TrackedPage }) => {
  const line = pollLineOf(page);
  return (
    <span
      data-poll={line.tone}
      title={page.poll_hold ?? page.poll_problem ?? undefined}
      className={cn('inline-flex items-center gap-1.5', line.tone === 'asks' ? 'text-warning-text' : 'text-secondary')}
    >
      {line.tone === 'asks' && <Hourglass size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />}
      <span>
        {line.text} {line.at && <Ago at={line.at} />}
      </span>
    </span>
  );
};

/** The actions on a page, behind one button. */
export const PageMenu = ({ page, onAsk }: { page: TrackedPage; onAsk: (what: Asked['what']) => void }) => {
  const mayTrack = useMay('track_pages');
  const mayEngage = useMay('engage');
  const { poll } = usePageCommands();
  return (
    <Menu trigger={<Button kind="ghost" icon={Ellipsis} aria-label={words.actions(page.name)} />}>
      {mayTrack && (
        <MenuItem icon={RefreshCw} disabled={!page.next_poll_at} onSelect={() => poll.mutate(page)}>
          {words.pollNow}
          {!page.next_poll_at && <span className="block text-meta text-muted">{words.linksOnly}</span>}
        </MenuItem>
      )}
      {mayEngage && page.is_subscribed && (
        <>
          <MenuItem icon={Pencil} onSelect={() => onAsk('follow')}>
            {words.change}
          </MenuItem>
          <MenuItem icon={UserMinus} onSelect={() => onAsk('unfollow')}>
            {words.unfollow}
          </MenuItem>
        </>
      )}
      {mayTrack && (
        <>
          <MenuLine />
          <MenuItem icon={Pencil} onSelect={() => onAsk('change')}>
            {words.editPage}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={() => onAsk('untrack')}>
            {words.untrack}
          </MenuItem>
        </>
      )}
    </Menu>
  );
};

/** The chosen action, as a dialog over the page. */
export const Asking = ({ asked, onClose, onGone }: { asked: Asked; onClose: () => void; onGone?: () => void }) => {
  const { unfollow, untrack } = usePageCommands();
  const { page, what } = asked;
  if (what === 'follow') return <FollowDialog page={page} onClose={onClose} />;
  if (what === 'change') return <EditPageDialog page={page} onClose={onClose} />;
  const isUnfollow = what === 'unfollow';
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={isUnfollow ? words.unfollowTitle(page.name) : words.untrackTitle(page.name)}
      text={isUnfollow ? words.unfollowText : words.untrackText}
      action={isUnfollow ? words.unfollow : words.untrack}
      keep={isUnfollow ? words.keepFollowing : words.keepTracking}
      onConfirm={() => (isUnfollow ? unfollow.mutate(page) : untrack.mutate(page, { onSuccess: onGone }))}
    />
  );
};

export const FollowButton = ({ page, onAsk }: { page: TrackedPage; onAsk: () => void }) => {
  const mayEngage = useMay('engage');
  if (page.is_subscribed) {
    return (
      <span className="inline-flex items-center gap-1.5 text-success-text">
        <Check size={16} strokeWidth={1.75} aria-hidden />
        {words.following}
      </span>
    );
  }
  if (!mayEngage) return <span className="text-muted">{words.notFollowing}</span>;
  return (
    <Button size="small" aria-label={words.followNamed(page.name)} onClick={onAsk}>
      {words.followIt}
    </Button>
  );
};

const Row = ({
  page,
  isCurrent,
  onFocus,
  onAsk,
}: {
  page: TrackedPage;
  isCurrent: boolean;
  onFocus: () => void;
  onAsk: (what: Asked['what']) => void;
}) => (
  <li
    data-tracked={page.name}
    onFocus={onFocus}
    aria-current={isCurrent || undefined}
    className={cn(
      'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-t border-line-subtle px-4 py-2 first:border-t-0',
      columns,
      isCurrent && 'bg-accent-tint',
    )}
  >
    <span className="min-w-0">
      <span className="flex items-center gap-2">
        {page.kind === 'linkedin' ? <PlatformMark of="linkedin" named /> : <PlatformMark of="website" />}
        <Link
          to="/app/engagement/pages/$pageId"
          params={{ pageId: page.id }}
          className="reach truncate font-name underline-offset-2 hover:underline"
        >
          {page.name}
        </Link>
      </span>
      <span className="block truncate text-meta text-muted">{page.url.replace(/^https?:\/\/(www\.)?/, '')}</span>
    </span>
    <span className="min-w-0 text-meta max-desk:order-3">
      <PollLine page={page} />
    </span>
    <span className="text-meta text-secondary tabular max-desk:hidden desk:text-right">
      {page.posts.toLocaleString('en')}
    </span>
    <span className="text-meta text-secondary tabular max-desk:hidden desk:text-right">
      {page.subscribers.toLocaleString('en')}
    </span>
    <span className="max-desk:order-4 max-desk:justify-self-end">
      <FollowButton page={page} onAsk={() => onAsk('follow')} />
    </span>
    <span className="max-desk:order-2 max-desk:justify-self-end">
      <PageMenu page={page} onAsk={onAsk} />
    </span>
  </li>
);

const Pages = ({ pages, onAsk }: { pages: TrackedPage[]; onAsk: (asked: Asked) => void }) => {
  const navigate = useNavigate();
  const [most, setMost] = useState(shown_step);
  const shown = pages.slice(0, most);
  const { currentId, setCurrentId } = useListKeys({
    items: shown,
    idOf: (each) => each.id,
    labels: { ...words.pagesKeys, group: frameStrings.keysPage },
    onOpen: (page) => void navigate({ to: '/app/engagement/pages/$pageId', params: { pageId: page.id } }),
  });
  return (
    <>
      <Card>
        <div
          aria-hidden
          className={cn(
            'grid h-8 items-center gap-x-4 rounded-t-card bg-sunken px-4 text-meta text-muted max-desk:hidden',
            columns,
          )}
        >
          <span>{words.columns.page}</span>
          <span>{words.columns.poll}</span>
          <span className="text-right">{words.columns.posts}</span>
          <span className="text-right">{words.columns.people}</span>
          <span>{words.columns.mine}</span>
        </div>
        <ul aria-label={words.pagesWhat} className="desk:border-t desk:border-line-subtle">
          {shown.map((page) => (
            <Row
              key={page.id}
              page={page}
              isCurrent={page.id === currentId}
              onFocus={() => setCurrentId(page.id)}
              onAsk={(what) => onAsk({ page, what })}
            />
          ))}
        </ul>
      </Card>
      {pages.length > most && (
        <Button className="self-start" onClick={() => setMost(most + shown_step)}>
          {words.morePages(Math.min(shown_step, pages.length - most))}
        </Button>
      )}
    </>
  );
};

export const TrackedPagesPage = () => {
  const me = useMe();
  const mayTrack = useMay('track_pages');
  const pages = useQuery(pagesQuery);
  const [asked, setAsked] = useState<Asked>();
  const [making, setMaking] = useState<'track' | 'import'>();
  const group = frameStrings.keysPage;
  useKeys(
    [
      { key: 'n', label: words.pagesKeys.track, group, run: () => setMaking('track') },
      { key: 'i', label: words.pagesKeys.import, group, run: () => setMaking('import') },
    ],
    mayTrack,
  );
  const buttons = (
    <>
      <Button icon={FileUp} onClick={() => setMaking('import')}>
        {words.import}
      </Button>
      <Button kind="primary" icon={Plus} onClick={() => setMaking('track')}>
        {words.track}
      </Button>
    </>
  );
  return (
    <Page title={words.pages} dense ownPrimary actions={mayTrack ? buttons : undefined}>
      <EngagementNav />
      {me && !me.permissions.includes('track_pages') && <MayNot>{words.mayNotTrack}</MayNot>}
      {mayTrack && <div className="grid grid-cols-2 gap-2 tablet:hidden">{buttons}</div>}
      <Loaded query={pages} what={words.pagesWhat} rows={6}>
        {(all) =>
          all.length === 0 ? (
            <Empty action={mayTrack && <Button onClick={() => setMaking('track')}>{words.track}</Button>}>
              {words.noPages}
            </Empty>
          ) : (
            <Pages pages={all} onAsk={setAsked} />
          )
        }
      </Loaded>
      {asked && <Asking key={`${asked.page.id} ${asked.what}`} asked={asked} onClose={() => setAsked(undefined)} />}
      {making === 'track' && <TrackDialog onClose={() => setMaking(undefined)} />}
      {making === 'import' && <ImportDialog onClose={() => setMaking(undefined)} />}
    </Page>
  );
};
