/** While an entry is moved, by pointer or by keys: its time, and what would become of it there. */
import { Button } from '@/components/button';
import { Outlook } from '@/components/outlook';
import type { CalendarEntry } from '@/data/calendar';
import { serverNow } from '@/lib/clock';
import { makeStore, useStore } from '@/lib/store';
import { momentOf, zoneName } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import type { Carried } from './use-walk';

type Dragged = { entry: CalendarEntry; to: number };

// Outside of the grid's own state: each step of a drag would otherwise render the whole grid anew.
const dragStore = makeStore<Dragged | undefined>(undefined);

export const dragTo = (entry: CalendarEntry, to: number): void => {
  const before = dragStore.get();
  if (before?.entry !== entry || before.to !== to) dragStore.set({ entry, to });
};
export const endDrag = (): void => dragStore.set(undefined);

/** The time of a move that is not made yet, and its outlook. */
export const MoveOutlook = ({ entry, to, projectId }: Dragged & { projectId: string }) =>
  to < serverNow() ? (
    <p className="pt-1 text-meta text-warning-text">{words.inThePast}</p>
  ) : (
    <Outlook moves={[{ projectId, postId: entry.id, title: entry.title, at: to }]} />
  );

/** Over the page, so that nothing below the pointer moves. */
export const DragBar = ({ projectId, zone }: { projectId: string; zone: string }) => {
  const dragged = useStore(dragStore);
  if (!dragged) return null;
  return (
    <div
      data-dragged={dragged.entry.id}
      className="pointer-events-none fixed bottom-4 left-1/2 z-40 w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 rounded-card border border-accent-line bg-raised px-4 py-2.5 shadow-menu"
    >
      <p className="flex flex-wrap gap-x-3">
        <span className="min-w-0 truncate font-name">{dragged.entry.title}</span>
        <time className="tabular" dateTime={new Date(dragged.to).toISOString()}>
          {momentOf(dragged.to, zone, serverNow())} {zoneName(dragged.to, zone)}
        </time>
      </p>
      <div className="min-h-5.5">
        <MoveOutlook {...dragged} projectId={projectId} />
      </div>
    </div>
  );
};

/** The entry that is being moved with the keyboard. */
export const CarriedBar = ({
  of,
  projectId,
  zone,
  onDrop,
  onKeep,
}: {
  of: Carried;
  projectId: string;
  zone: string;
  onDrop: () => void;
  onKeep: () => void;
}) => (
  <div
    role="status"
    className="sticky bottom-4 z-30 flex flex-wrap items-center gap-3 rounded-card border border-accent-line bg-accent-tint px-4 py-2.5"
  >
    <span className="font-name">{words.moving(of.entry.title)}</span>
    <time className="tabular" dateTime={new Date(of.to).toISOString()}>
      {momentOf(of.to, zone, serverNow())} {zoneName(of.to, zone)}
    </time>
    <span className="text-meta text-secondary">{words.moveKeys}</span>
    <span className="ml-auto flex gap-2">
      <Button onClick={onKeep}>{words.keepIt}</Button>
      <Button onClick={onDrop}>{words.moveHere}</Button>
    </span>
    <div className="-mt-3 basis-full">
      <MoveOutlook {...of} projectId={projectId} />
    </div>
  </div>
);
