import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowUp, Search } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { ColumnsMenu } from '@/components/columns-menu';
import { Page } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { onlyOwnSearch, TabCount, TabNav, tabClass } from '@/components/sub-nav';
import { FilterSelect } from '@/components/field';
import { useTableRows } from '@/components/use-table-rows';
import { useChannels } from '@/data/channels';
import { titleOf } from '@/data/posts';
import { useProject } from '@/data/projects';
import { useDebounced } from '@/lib/debounced';
import { useKeys } from '@/lib/keys';
import { frameStrings } from '@strings/frame';
import { postsStrings as words } from '@strings/posts';
import { BulkBar, type BulkAct } from './bulk-bar';
import { KeptDrafts } from './kept-drafts';
import { useNewcomers } from './newcomers';
import { countOf, postCountsQuery, postsListQuery, tabs, type Tab } from './list-data';
import { idOfPost, PostsTable, postsTable, usePostColumns } from './posts-table';
import { sortOf, sorts, wordOf, type Sort } from './sort';

const typing_ms = 250;

const isTab = (name: string | undefined): name is Tab => tabs.some((each) => each === name);

const Tabs = ({ tab, projectId }: { tab: Tab; projectId?: string }) => {
  const { data: counts } = useQuery(postCountsQuery(projectId));
  return (
    <TabNav label={words.tabsLabel}>
      {tabs.map((each) => (
        <Link
          key={each}
          to="/app/posts"
          search={(before) => ({ ...before, tab: each === 'all' ? undefined : each })}
          activeOptions={onlyOwnSearch}
          aria-current={each === tab ? 'page' : undefined}
          className={tabClass(each === tab)}
        >
          {words.tabs[each]}
          <TabCount of={counts && countOf(each, counts)} />
        </Link>
      ))}
    </TabNav>
  );
};

export const PostsPage = () => {
  const navigate = useNavigate();
  const project = useProject();
  const channels = useChannels();
  const found = useSearch({ from: '/app/posts' });
  const tab = isTab(found.tab) ? found.tab : 'all';
  const sort = sortOf(found.sort);
  const [typed, setTyped] = useState(found.q ?? '');
  const q = useDebounced(typed.trim(), typing_ms);
  const list = useInfiniteQuery(postsListQuery({ projectId: project?.id, tab, q, channelId: found.channel, sort }));
  const read = useMemo(() => list.data?.pages.flatMap((each) => each.items) ?? [], [list.data]);
  const newcomers = useNewcomers(read, [project?.id, tab, q, found.channel, sort].join(' '));
  const posts = newcomers.shown;
  const [asked, setAsked] = useState<BulkAct>();
  const searchField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void navigate({ to: '/app/posts', search: (before) => ({ ...before, q: q || undefined }), replace: true });
  }, [q, navigate]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const readMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  const keys = words.keys;
  const { current, chosen, isAnyChosen, choose, rows } = useTableRows({
    items: posts,
    idOf: idOfPost,
    labels: { ...keys, group: frameStrings.keysPage },
    onOpen: (post) => void navigate({ to: '/app/posts/$postId', params: { postId: post.id } }),
  });
  const table = rows.ref;
  const setSort = useCallback(
    (wanted: Sort) => {
      table.current?.show(0);
      void navigate({ to: '/app/posts', search: (before) => ({ ...before, sort: wordOf(wanted) }) });
    },
    [table, navigate],
  );
  const columns = usePostColumns(sort, setSort);
  const ask = (act: BulkAct) => {
    if (!isAnyChosen && current) choose([current.id]);
    if (isAnyChosen || current) setAsked(act);
  };
  useKeys([
    { key: 'f', label: keys.search, group: frameStrings.keysPage, run: () => searchField.current?.focus() },
    { key: 'm', label: keys.move, group: frameStrings.keysPage, run: () => ask('move') },
    { key: '#', label: keys.delete, group: frameStrings.keysPage, run: () => ask('delete') },
  ]);

  const isFiltered = Boolean(q || found.channel || tab !== 'all');
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
        <FilterSelect
          aria-label={words.filterChannel}
          value={found.channel ?? ''}
          onChange={(event) =>
            void navigate({
              to: '/app/posts',
              search: (before) => ({ ...before, channel: event.target.value || undefined }),
            })
          }
          className="max-w-56 max-tablet:min-w-0 max-tablet:max-w-none max-tablet:flex-1 max-tablet:basis-28"
        >
          <option value="">{words.anyChannel}</option>
          {channels.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </FilterSelect>
        {/* On a phone rows are cards, without a head to press. */}
        <FilterSelect
          aria-label={words.sortLabel}
          value={sort}
          onChange={(event) => setSort(sortOf(event.target.value))}
          className="min-w-0 flex-1 basis-28 tablet:hidden"
        >
          {sorts.map((each) => (
            <option key={each} value={each}>
              {words.sorts[each]}
            </option>
          ))}
        </FilterSelect>
        <ColumnsMenu table={postsTable} columns={columns} />
      </div>
      {!q && (tab === 'all' || tab === 'draft') && <KeptDrafts projectId={project?.id} />}
      <BulkBar posts={chosen} onClear={() => choose([])} asked={asked} setAsked={setAsked} />
      {newcomers.waiting > 0 && (
        <Button icon={ArrowUp} className="self-center" onClick={newcomers.show}>
          {words.newcomers(newcomers.waiting)}
        </Button>
      )}
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
                  void navigate({ to: '/app/posts', search: ({ sort: kept }) => ({ sort: kept }) });
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
        <PostsTable
          posts={posts}
          columns={columns}
          rows={rows}
          hasMore={hasNextPage}
          isReadingMore={isFetchingNextPage}
          onMore={readMore}
        />
      )}
      {current && (
        <p className="sr-only" role="status">
          {titleOf(current)}
        </p>
      )}
    </Page>
  );
};
