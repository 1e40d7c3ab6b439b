/** Gives a post another time at once, takes it back where the server says no, and offers to undo. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '@/components/toast';
import type { Calendar, CalendarEntry } from '@/data/calendar';
import { queryKeys } from '@/data/keys';
import { schedulePost } from '@/data/posts';
import { serverNow } from '@/lib/clock';
import { momentOf, toMs, zoneName } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';

type Move = { entry: CalendarEntry; to: number; isUndo?: boolean; revert?: () => void };

export const useMove = (zone: string): ((move: Move) => void) => {
  const client = useQueryClient();
  const place = (id: string, at: number) =>
    client.setQueriesData<Calendar>(
      { queryKey: queryKeys.calendar },
      (known) =>
        known && {
          ...known,
          entries: known.entries
            .map((each) => (each.id === id ? { ...each, at: new Date(at).toISOString() } : each))
            .sort((a, b) => toMs(a.at) - toMs(b.at)),
        },
    );
  const moving = useMutation({
    mutationFn: ({ entry, to }: Move) => schedulePost(entry.id, new Date(to).toISOString()),
    onMutate: async ({ entry, to }) => {
      // What is being read was true before.
      await client.cancelQueries({ queryKey: queryKeys.calendar });
      place(entry.id, to);
    },
    onError: (error, { entry, revert }) => {
      place(entry.id, toMs(entry.at));
      revert?.();
      toastError(error);
    },
    onSuccess: (_post, { entry, to, isUndo }) => {
      const when = `${momentOf(to, zone, serverNow())} ${zoneName(to, zone)}`;
      if (isUndo) return toast(words.movedBack(entry.title, when));
      const moved = { ...entry, at: new Date(to).toISOString() };
      toast(words.moved(entry.title, when), {
        undo: () => moving.mutate({ entry: moved, to: toMs(entry.at), isUndo: true }),
      });
    },
    onSettled: (_post, _error, { entry }) => {
      for (const key of [queryKeys.calendar, queryKeys.simulation, queryKeys.posts, queryKeys.post(entry.id)]) {
        void client.invalidateQueries({ queryKey: key });
      }
    },
  });
  return (move) => {
    if (move.to < serverNow()) {
      move.revert?.();
      toastError(new Error(words.inThePast));
      return;
    }
    moving.mutate(move);
  };
};
