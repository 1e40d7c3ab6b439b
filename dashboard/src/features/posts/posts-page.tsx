import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Page } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { useChannels } from '@/data/channels';
import { titleOf, type Post } from '@/data/posts';
import { useProject, useZone, useZoneOf } from '@/data/projects';
import { cn } from '@/lib/cn';
import { useSlowNow } from '@/lib/clock';
import { useDebounced } from '@/lib/debounced';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import { useMedia } from '@/lib/media';
import { zoneName } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { postsStrings as words } from '@strings/posts';
import { BulkBar, type BulkAct } from './bulk-bar';
import { countOf, postCountsQuery, postsListQuery, tabs, type Tab } from './list-data';
import { PostCard, PostRow } from './post-row';

const row_px = 36;
const card_px = 76;
const rowsAhead = 12;
const typing_ms = 250;

const isTab = (name: string | undefined): name is Tab => tabs.some((each) => each === name);

const Tabs = ({ tab, projectId }: { tab: Tab; projectId?: string }) => {
  const { data: counts } = useQuery(postCountsQuery(projectId));
  return (
    <nav aria-label={words.tabsLabel} className="-mx-1 flex gap-1 overflow-x-auto px-1 pb-0.5">
      {tabs.map((each) => (
        <Link
          key={each}
          to="/app/posts"
          search={(before) => ({ ...before, tab: each === 'all' ? undefined : each })}
          aria-current={each === tab ? 'page' : undefined}
          className={cn(
            'inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-control px-2.5 max-tablet:h-11',
            each === tab ? 'bg-pressed font-name text-text' : 'text-secondary hover:bg-hover',
          )}
        >
          {words.tabs[each]}
          {counts && countOf(each, counts) > 0 && (
            <span className="text-muted tabular">{countOf(each, counts).toLocaleString('en')}</span>
          )}
        </Link>
      ))}
    </nav>
  );
};

export const PostsPage = () => {
  const navigate = useNavigate();
  const project = useProject();
  const zone = useZone();
  const zoneOf = useZoneOf();
  const now = useSlowNow(60_000);
  const channels = useChannels();
  const isPhone = useMedia('(max-width: 639px)');
  const found = useSearch({ from: '/app/posts' });
  const tab = isTab(found.tab) ? found.tab : 'all';
  const [typed, setTyped] = useState(found.q ?? '');
  const q = useDebounced(typed.trim(), typing_ms);
  const list = useInfiniteQuery(postsListQuery({ projectId: project?.id, tab, q, channelId: found.channel }));
  const posts = useMemo(() => list.data?.pages.flatMap((each) => each.items) ?? [], [list.data]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [lastPicked, setLastPicked] = useState<string>();
  const [asked, setAsked] = useState<BulkAct>();
  const scroller = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const chosen = posts.filter((each) => selected.has(each.id));

  useEffect(() => {
    void navigate({ to: '/app/posts', search: (before) => ({ ...before, q: q || undefined }), replace: true });
  }, [q, navigate]);

  const virtual = useVirtualizer({
    count: posts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? card_px : row_px),
    overscan: rowsAhead,
  });
  const rows = virtual.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (lastRow >= posts.length - rowsAhead && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [lastRow, posts.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const select = (post: Post, isOn: boolean, isRange: boolean) => {
    const next = new Set(selected);
    const from = posts.findIndex((each) => each.id === lastPicked);
    const to = posts.indexOf(post);
    const range = isRange && from >= 0 ? posts.slice(Math.min(from, to), Math.max(from, to) + 1) : [post];
    for (const each of range) {
      if (isOn) next.add(each.id);
      else next.delete(each.id);
    }
    setSelected(next);
    setLastPicked(post.id);
  };
  const keys = words.keys;
  const { current, currentId, setCurrentId } = useListKeys({
    items: posts,
    idOf: (each) => each.id,
    labels: { next: keys.next, previous: keys.previous, open: keys.open, group: frameStrings.keysPage },
    onOpen: (post) => void navigate({ to: '/app/posts/$postId', params: { postId: post.id } }),
    onMove: (index) => virtual.scrollToIndex(index),
  });
  const ask = (act: BulkAct) => {
    if (selected.size === 0 && current) setSelected(new Set([current.id]));
    if (selected.size > 0 || current) setAsked(act);
  };
  useKeys([
    {
      key: 'x',
      label: keys.select,
      group: frameStrings.keysPage,
      run: () => current && select(current, !selected.has(current.id), false),
    },
    {
      key: 'shift+x',
      label: keys.selectRange,
      group: frameStrings.keysPage,
      run: () => current && select(current, true, true),
    },
    { key: 'f', label: keys.search, group: frameStrings.keysPage, run: () => searchField.current?.focus() },
    { key: 'm', label: keys.move, group: frameStrings.keysPage, run: () => ask('move') },
    { key: '#', label: keys.delete, group: frameStrings.keysPage, run: () => ask('delete') },
  ]);

  const isFiltered = Boolean(q || found.channel || tab !== 'all');
  const top = rows[0]?.start ?? 0;
  const bottom = virtual.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <Page title={words.title} dense className="h-full">
      <Tabs tab={tab} projectId={project?.id} />
      <div className="flex flex-wrap items-center gap-2">
        <span className="relative min-w-0 flex-1 basis-56 tablet:max-w-80">
          <Search
            size={15}
            strokeWidth={1.75}
            aria-hidden
            className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
          />
          <input
            ref={searchField}
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="field min-h-(--control) py-1 pl-8 text-body"
          />
        </span>
        <select
          aria-label={words.filterChannel}
          value={found.channel ?? ''}
          onChange={(event) =>
            void navigate({
              to: '/app/posts',
              search: (before) => ({ ...before, channel: event.target.value || undefined }),
            })
          }
          className="field w-auto min-h-(--control) max-w-56 py-1 text-body"
        >
          <option value="">{words.anyChannel}</option>
          {channels.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </div>
      <BulkBar posts={chosen} onClear={() => setSelected(new Set())} asked={asked} setAsked={setAsked} />
      {list.error && !list.data ? (
        <ErrorBox error={list.error} what={words.list} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Skeleton rows={8} className="rounded-card border border-line" />
      ) : posts.length === 0 ? (
        <Empty
          action={
            isFiltered ? (
              <Button
                onClick={() => {
                  setTyped('');
                  void navigate({ to: '/app/posts', search: {} });
                }}
              >
                {words.clearFilters}
              </Button>
            ) : (
              <Link to="/app/posts/new" className={buttonStyle('quiet')}>
                {words.writeFirst}
              </Link>
            )
          }
        >
          {isFiltered ? words.noMatch : words.none}
        </Empty>
      ) : (
        <div
          ref={scroller}
          className="min-h-0 flex-1 overflow-auto rounded-card border border-line"
          tabIndex={0}
          role="region"
          aria-label={words.list}
        >
          <table
            className="w-full table-fixed border-collapse text-left"
            aria-rowcount={hasNextPage ? -1 : posts.length + 1}
          >
            {!isPhone && (
              <thead className="sticky top-0 z-1 bg-sunken text-meta text-muted">
                <tr className="h-8">
                  <th scope="col" className="w-10 pl-3 font-normal">
                    <input
                      type="checkbox"
                      aria-label={words.selectAll}
                      checked={chosen.length > 0 && chosen.length === posts.length}
                      onChange={(event) =>
                        setSelected(new Set(event.target.checked ? posts.map((each) => each.id) : []))
                      }
                      className="block size-4 accent-accent"
                    />
                  </th>
                  <th scope="col" className="font-normal">
                    {words.columns.post}
                  </th>
                  <th scope="col" className="w-28 font-normal max-desk:w-20">
                    {words.columns.on}
                  </th>
                  <th scope="col" className="w-40 font-normal max-desk:w-36">
                    {words.columns.state}
                  </th>
                  <th scope="col" className="w-52 pr-3 text-right font-normal max-desk:w-43">
                    {words.columns.due}
                    {project && `, ${zoneName(now, zone)}`}
                  </th>
                </tr>
              </thead>
            )}
            <tbody>
              {top > 0 && <tr aria-hidden style={{ height: top }} />}
              {rows.map(({ index }) => {
                const post = posts[index];
                if (!post) return null;
                if (isPhone) return <PostCard key={post.id} post={post} zone={zoneOf(post.project_id)} />;
                return (
                  <PostRow
                    key={post.id}
                    post={post}
                    zone={zoneOf(post.project_id)}
                    showZone={!project}
                    isCurrent={post.id === currentId}
                    isSelected={selected.has(post.id)}
                    onSelect={(isOn, isRange) => select(post, isOn, isRange)}
                    onFocus={() => setCurrentId(post.id)}
                  />
                );
              })}
              {bottom > 0 && <tr aria-hidden style={{ height: bottom }} />}
            </tbody>
          </table>
          <p className="border-t border-line-subtle px-3 py-1.5 text-meta text-muted" role="status">
            {isFetchingNextPage ? words.loadingMore : hasNextPage ? commonStrings.more : words.end(posts.length)}
          </p>
        </div>
      )}
      {current && (
        <p className="sr-only" role="status">
          {titleOf(current)}
        </p>
      )}
    </Page>
  );
};
