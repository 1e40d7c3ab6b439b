/** Chooses pictures and films from the library. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { MediaThumb } from '@/components/media-thumb';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { libraryQuery, type Medium } from '@/data/media';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/debounced';
import { commonStrings } from '@strings/common';
import { mediaStrings as words } from '@strings/media';

const typing_ms = 250;

type LibraryDialogProps = { projectId: string; onClose: () => void; onAdd: (chosen: Medium[]) => void };

export const LibraryDialog = ({ projectId, onClose, onAdd }: LibraryDialogProps) => {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Medium[]>([]);
  const q = useDebounced(typed.trim(), typing_ms);
  const list = useInfiniteQuery({ ...libraryQuery(projectId, { q }), placeholderData: keepPreviousData });
  const rows = list.data?.pages.flatMap((each) => each.items) ?? [];
  const toggle = (of: Medium) =>
    setChosen((all) =>
      all.some((each) => each.id === of.id) ? all.filter((each) => each.id !== of.id) : [...all, of],
    );
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={words.chooseTitle}
      text={words.chooseText}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button
            kind="primary"
            disabled={chosen.length === 0}
            onClick={() => {
              onAdd(chosen);
              onClose();
            }}
          >
            {words.addChosen(chosen.length)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <input
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={words.search}
          aria-label={words.search}
          maxLength={100}
          className="field"
        />
        {list.error && !list.data ? (
          <ErrorBox error={list.error} what={words.list} onRetry={() => void list.refetch()} />
        ) : !list.data ? (
          <Skeleton rows={4} />
        ) : rows.length === 0 ? (
          <Empty>{q ? words.noMatch : words.empty}</Empty>
        ) : (
          <ul aria-label={words.list} className="grid grid-cols-3 gap-2 tablet:grid-cols-5">
            {rows.map((each) => {
              const place = chosen.findIndex((other) => other.id === each.id);
              return (
                <li key={each.id}>
                  <button
                    type="button"
                    aria-pressed={place >= 0}
                    aria-label={each.name || words.kind[each.kind]}
                    title={each.name}
                    onClick={() => toggle(each)}
                    className={cn(
                      'relative block w-full overflow-hidden rounded-control border-2',
                      place >= 0 ? 'border-accent' : 'border-transparent hover:border-line-control',
                    )}
                  >
                    <MediaThumb of={each} className="aspect-square w-full" />
                    {place >= 0 && (
                      <span className="absolute top-1 right-1 inline-flex size-5 items-center justify-center rounded-full bg-accent text-axis font-heading text-on-accent tabular">
                        {place + 1}
                      </span>
                    )}
                  </button>
                </li>
              );
            })}
          </ul>
        )}
        {list.hasNextPage && (
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} className="self-start">
            {words.more}
          </Button>
        )}
      </div>
    </Dialog>
  );
};
