import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { Post } from '@/data/posts';
import { useProject, useZone, useZoneOf } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { useMedia } from '@/lib/media';
import { zoneName } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { postsStrings as words } from '@strings/posts';
import { PostCard, PostRow } from './post-row';

const row_px = 36;
const card_px = 76;
const rowsAhead = 12;

export type PostsTableHandle = {
  /** Scrolls a row into view. */
  show: (index: number) => void;
};

type PostsTableProps = {
  ref: Ref<PostsTableHandle>;
  posts: readonly Post[];
  /** Whether the server has more than `posts`, and whether they are loading. */
  hasMore: boolean;
  isReadingMore: boolean;
  onMore: () => void;
  selected: ReadonlySet<string>;
  currentId: string | undefined;
  /** Stable callbacks: a row is rendered again only when its content changes. */
  onSelect: (post: Post, isOn: boolean, isRange: boolean) => void;
  onSelectAll: (isOn: boolean) => void;
  onFocus: (id: string) => void;
};

/** The list itself. Only this component renders while scrolling, so that a frame costs only the new rows. */
export const PostsTable = ({
  ref,
  posts,
  hasMore,
  isReadingMore,
  onMore,
  selected,
  currentId,
  onSelect,
  onSelectAll,
  onFocus,
}: PostsTableProps) => {
  const project = useProject();
  const zone = useZone();
  const zoneOf = useZoneOf();
  const now = useSlowNow(60_000);
  const isPhone = useMedia('(max-width: 639px)');
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: posts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? card_px : row_px),
    overscan: rowsAhead,
  });
  useImperativeHandle(ref, () => ({ show: (index) => virtual.scrollToIndex(index) }), [virtual]);
  const rows = virtual.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastRow >= posts.length - rowsAhead && hasMore && !isReadingMore) onMore();
  }, [lastRow, posts.length, hasMore, isReadingMore, onMore]);
  const isAllSelected = posts.length > 0 && selected.size >= posts.length && posts.every((each) => selected.has(each.id));
  const top = rows[0]?.start ?? 0;
  const bottom = virtual.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-auto rounded-card border border-line"
      tabIndex={0}
      role="region"
      aria-label={words.list}
    >
      <table className="w-full table-fixed border-collapse text-left" aria-rowcount={hasMore ? -1 : posts.length + 1}>
        {!isPhone && (
          <thead className="sticky top-0 z-1 bg-sunken text-meta text-muted">
            <tr className="h-8">
              <th scope="col" className="w-10 pl-3 font-normal">
                <input
                  type="checkbox"
                  aria-label={words.selectAll}
                  checked={isAllSelected}
                  onChange={(event) => onSelectAll(event.target.checked)}
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
                onSelect={onSelect}
                onFocus={onFocus}
              />
            );
          })}
          {bottom > 0 && <tr aria-hidden style={{ height: bottom }} />}
        </tbody>
      </table>
      <p className="border-t border-line-subtle px-3 py-1.5 text-meta text-muted" role="status">
        {isReadingMore ? words.loadingMore : hasMore ? commonStrings.more : words.end(posts.length)}
      </p>
    </div>
  );
};
