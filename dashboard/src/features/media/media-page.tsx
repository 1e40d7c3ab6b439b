import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search, Upload as UploadIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { DropZone, FileButton } from '@/components/drop-zone';
import { MediaThumb } from '@/components/media-thumb';
import { Page } from '@/components/page';
import { Empty, ErrorBox } from '@/components/states';
import { UploadList, useUploads } from '@/components/upload-list';
import { libraryQuery, type MediaKind, type Medium } from '@/data/media';
import { useMay } from '@/data/people';
import { useProject } from '@/data/projects';
import { addFiles } from '@/data/uploads';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/debounced';
import { useListKeys } from '@/lib/list-keys';
import { lazyWhenThere } from '@/lib/when-there';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { mediaStrings as words } from '@strings/media';

const MediumDialog = lazyWhenThere(() => import('./medium-dialog').then((all) => ({ default: all.MediumDialog })));

const typing_ms = 250;
const place = 'library';
const gridStyle = 'grid grid-cols-2 gap-3 tablet:grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))]';

const Tile = ({
  of,
  isCurrent,
  onFocus,
  onOpen,
}: {
  of: Medium;
  isCurrent: boolean;
  onFocus: () => void;
  onOpen: () => void;
}) => (
  <li
    data-row={of.id}
    aria-current={isCurrent || undefined}
    className={cn(
      'relative flex flex-col overflow-hidden rounded-card border bg-surface hover:bg-hover',
      isCurrent ? 'border-accent-line' : 'border-line',
    )}
  >
    <MediaThumb of={of} className="aspect-[4/3] w-full" />
    <span className="flex w-full min-w-0 flex-col px-2.5 py-2">
      <span className="truncate font-name">{of.name || words.kind[of.kind]}</span>
      <span className="truncate text-meta text-muted tabular">
        {words.pixels(of.width, of.height)} · {words.uses(of.uses)}
      </span>
      <span className={cn('truncate text-meta', of.alt_text ? 'text-secondary' : 'text-warning-text')}>
        {of.alt_text || words.noAlt}
      </span>
    </span>
    {/* Over all of it, with a name of its own: what is written below is told by itself. */}
    <button
      type="button"
      onClick={onOpen}
      onFocus={onFocus}
      aria-label={words.open(of.name || words.kind[of.kind])}
      className="absolute inset-0 rounded-card"
    />
  </li>
);

const Waiting = () => (
  <div className={cn(gridStyle, 'late-skeleton')} role="status">
    <span className="sr-only">{commonStrings.loading}</span>
    {Array.from({ length: 12 }, (_, index) => (
      <div key={index} className="overflow-hidden rounded-card border border-line" aria-hidden>
        <div className="aspect-[4/3] bg-sunken" />
        <div className="flex flex-col gap-2 p-2.5">
          <span className="h-2.5 w-3/5 rounded-full bg-pressed" />
          <span className="h-2.5 w-2/5 rounded-full bg-pressed" />
        </div>
      </div>
    ))}
  </div>
);

const Library = ({
  projectId,
  mayWrite,
  add,
}: {
  projectId: string;
  mayWrite: boolean;
  add: (files: File[]) => void;
}) => {
  const { q = '', kind } = useSearch({ from: '/app/media' });
  const navigate = useNavigate({ from: '/app/media' });
  const [typed, setTyped] = useState(q);
  const settled = useDebounced(typed.trim(), typing_ms);
  const shownKind = kind === 'image' || kind === 'video' ? kind : undefined;
  const list = useInfiniteQuery({
    ...libraryQuery(projectId, { q: settled, kind: shownKind }),
    placeholderData: keepPreviousData,
  });
  const [opened, setOpened] = useState<string>();
  const rows = list.data?.pages.flatMap((each) => each.items) ?? [];
  const { currentId, setCurrentId } = useListKeys({
    items: rows,
    idOf: (each) => each.id,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen: (each) => setOpened(each.id),
  });
  const isFiltered = settled !== '' || shownKind !== undefined;
  const showAll = () => {
    setTyped('');
    void navigate({ search: {}, replace: true });
  };
  const setKind = (next?: MediaKind) =>
    void navigate({ search: { ...(settled ? { q: settled } : {}), ...(next ? { kind: next } : {}) }, replace: true });
  const index = rows.findIndex((each) => each.id === opened);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <label className="relative min-w-0 flex-1 basis-56 tablet:max-w-80">
          <span className="sr-only">{words.search}</span>
          <Search
            size={15}
            strokeWidth={1.75}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
          />
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={words.search}
            maxLength={100}
            className="field pl-8"
          />
        </label>
        <div role="group" aria-label={words.kindLabel} className="flex gap-1">
          {([undefined, 'image', 'video'] as const).map((each) => (
            <button
              key={each ?? 'all'}
              type="button"
              aria-pressed={shownKind === each}
              onClick={() => setKind(each)}
              className={cn(
                'h-(--control) rounded-control border px-2.5 font-button max-tablet:min-w-11',
                shownKind === each
                  ? 'border-accent-line bg-accent-tint text-accent-text'
                  : 'border-line bg-surface text-secondary hover:bg-hover',
              )}
            >
              {words.kinds[each ?? 'all']}
            </button>
          ))}
        </div>
      </div>
      <UploadList place={place} />
      {list.error && !list.data ? (
        <ErrorBox error={list.error} what={words.list} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Waiting />
      ) : rows.length === 0 && isFiltered ? (
        <Empty action={<Button onClick={showAll}>{words.clear}</Button>}>{words.noMatch}</Empty>
      ) : rows.length === 0 ? (
        <Empty
          action={
            mayWrite && (
              <FileButton onFiles={add}>
                {(open) => (
                  <Button icon={UploadIcon} onClick={open}>
                    {words.upload}
                  </Button>
                )}
              </FileButton>
            )
          }
          className="min-h-48 justify-center"
        >
          {words.empty}
        </Empty>
      ) : (
        <ul aria-label={words.list} className={gridStyle}>
          {rows.map((each) => (
            <Tile
              key={each.id}
              of={each}
              isCurrent={each.id === currentId}
              onFocus={() => setCurrentId(each.id)}
              onOpen={() => setOpened(each.id)}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} className="self-start">
          {words.more}
        </Button>
      )}
      {opened && (
        <Suspense>
          <MediumDialog
            key={opened}
            id={opened}
            mayWrite={mayWrite}
            onClose={() => setOpened(undefined)}
            onNext={rows[index + 1] ? () => setOpened(rows[index + 1]?.id) : undefined}
            onPrevious={index > 0 ? () => setOpened(rows[index - 1]?.id) : undefined}
          />
        </Suspense>
      )}
    </>
  );
};

export const MediaPage = () => {
  const project = useProject();
  const mayWrite = useMay('write_posts');
  const uploads = useUploads(place);
  const add = (files: File[]) => project && addFiles(project.id, place, files);
  const button = (className?: string) => (
    <FileButton onFiles={add}>
      {(open) => (
        <Button kind="primary" icon={UploadIcon} onClick={open} className={className}>
          {words.upload}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Page
      title={words.title}
      ownPrimary={mayWrite}
      actions={mayWrite && project ? button() : undefined}
      className="min-h-full"
    >
      {!project ? (
        <ChooseProject />
      ) : (
        <DropZone onFiles={mayWrite ? add : undefined} className="flex flex-1 flex-col gap-4" key={project.id}>
          {mayWrite && uploads.length === 0 && button('tablet:hidden')}
          <Library projectId={project.id} mayWrite={mayWrite} add={add} />
        </DropZone>
      )}
    </Page>
  );
};
