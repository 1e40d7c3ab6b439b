import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { LongTable, type LongTableRows } from '@/components/data-table';
import { Status } from '@/components/status';
import { columnsOf, type Columns } from '@/components/table-columns';
import { Lateness, Time } from '@/components/time';
import { membersQuery } from '@/data/members';
import { titleOf, type Post } from '@/data/posts';
import { useProject, useZone, useZoneOf } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { zoneName } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { postsStrings as words } from '@strings/posts';
import { timeStrings } from '@strings/time';
import { Marks, PostCard, stateOfPost } from './post-row';
import { sortAfter, timeSorted, type Sort } from './sort';

const card_px = 76;
const column = columnsOf<Post>();
export const idOfPost = (post: Post): string => post.id;
const selectOf = (post: Post): string => words.selectPost(titleOf(post));

/** The name under which the browser keeps the columns. */
export const postsTable = 'posts';

const arrows = { none: ArrowUpDown, ascending: ArrowUp, descending: ArrowDown };

type SortHeadProps = { name: string; sort: Sort; onSort: (sort: Sort) => void };

/** The head of the time: pressing it sorts by it, the soonest first, then the latest, then no more. */
const SortHead = ({ name, sort, onSort }: SortHeadProps) => {
  const sorted = timeSorted[sort];
  const Arrow = arrows[sorted];
  const after = sortAfter(sort);
  return (
    <button
      type="button"
      title={words.sortBy[after]}
      onClick={() => onSort(after)}
      className={cn('inline-flex min-h-6 items-center gap-1 hover:text-text', sorted !== 'none' && 'text-text')}
    >
      <Arrow size={14} strokeWidth={1.75} aria-hidden />
      {name}
    </button>
  );
};

/** The columns of the list of posts; the same ones until a project, its zone, a member or the order changes. */
export const usePostColumns = (sort: Sort, onSort: (sort: Sort) => void): Columns<Post> => {
  const project = useProject();
  const zone = useZone();
  const zoneOf = useZoneOf();
  const { data: people } = useQuery(membersQuery);
  const now = useSlowNow(60_000);
  const zoneShort = project && zoneName(now, zone);
  return useMemo(() => {
    const names = new Map(people?.map((each) => [each.id, each.full_name]));
    return [
      column.display({
        id: 'post',
        header: words.columns.post,
        cell: ({ row: { original: post } }) => (
          <Link
            to="/app/posts/$postId"
            params={{ postId: post.id }}
            className="block truncate py-0.5 font-name hover:underline"
            title={titleOf(post)}
          >
            {titleOf(post)}
          </Link>
        ),
        meta: { cellClassName: 'max-w-0' },
      }),
      column.display({
        id: 'on',
        header: words.columns.on,
        cell: ({ row }) => <Marks post={row.original} />,
        meta: { name: words.columns.on, className: 'w-28 max-wide:w-24 max-desk:w-20' },
      }),
      column.display({
        id: 'state',
        header: words.columns.state,
        cell: ({ row }) => <Status of="post" state={stateOfPost(row.original)} />,
        meta: { name: words.columns.state, className: 'w-40 max-wide:w-36' },
      }),
      column.display({
        id: 'due',
        // The zone stands once, in the head; rows of several projects have each its own.
        header: () => (
          <SortHead
            name={zoneShort ? `${words.columns.due}, ${zoneShort}` : words.columns.due}
            sort={sort}
            onSort={onSort}
          />
        ),
        cell: ({ row: { original: post } }) =>
          post.scheduled_at ? (
            <Time at={post.scheduled_at} zone={zoneOf(post.project_id)} noZone={zoneShort !== undefined} />
          ) : (
            <span className="text-muted">{words.notScheduled}</span>
          ),
        meta: {
          name: words.columns.due,
          figure: true,
          className: zoneShort ? 'w-52 max-wide:w-43' : 'w-52 max-desk:w-43',
          sorted: timeSorted[sort],
        },
      }),
      column.display({
        id: 'late',
        header: words.columns.late,
        cell: ({ row: { original: post } }) =>
          post.lateness_ms === null ? (
            <span className="text-muted">{timeStrings.none}</span>
          ) : (
            <Lateness ms={post.lateness_ms} bare />
          ),
        meta: { name: words.columns.late, from: 'desk', figure: true, className: 'w-24' },
      }),
      column.display({
        id: 'author',
        header: words.columns.author,
        cell: ({ row }) => {
          const name = names.get(row.original.author_id);
          return (
            <span className="block truncate text-secondary" title={name}>
              {name}
            </span>
          );
        },
        meta: {
          name: words.columns.author,
          from: 'desk',
          className: 'w-36 pl-3 max-wide:w-28',
          cellClassName: 'max-w-0 pl-3',
        },
      }),
    ];
  }, [people, zoneOf, zoneShort, sort, onSort]);
};

type PostsTableProps = {
  posts: readonly Post[];
  columns: Columns<Post>;
  rows: LongTableRows;
  /** Whether the server has more than `posts`, and whether they are loading. */
  hasMore: boolean;
  isReadingMore: boolean;
  onMore: () => void;
};

export const PostsTable = ({ posts, hasMore, isReadingMore, ...rest }: PostsTableProps) => {
  const zoneOf = useZoneOf();
  const card = useCallback((post: Post) => <PostCard post={post} zone={zoneOf(post.project_id)} />, [zoneOf]);
  return (
    <LongTable
      name={postsTable}
      label={words.list}
      kind="post"
      items={posts}
      idOf={idOfPost}
      nameOf={selectOf}
      card={card}
      card_px={card_px}
      selectAll={words.selectAll}
      hasMore={hasMore}
      isReadingMore={isReadingMore}
      foot={isReadingMore ? words.loadingMore : hasMore ? commonStrings.more : words.end(posts.length)}
      {...rest}
    />
  );
};
