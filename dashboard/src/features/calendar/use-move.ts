/** Moves a post at once, reverts that if the server refuses, and offers to undo. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast, toastError } from '@/components/toast';
import type { Calendar, CalendarEntry } from '@/data/calendar';
import { foretold } from '@/data/foretold';
import { heldOf, type Held, type Wish } from '@/data/guardrails';
import { queryKeys } from '@/data/keys';
import { schedulePost } from '@/data/posts';
import { serverNow } from '@/lib/clock';
import { momentOf, toMs, zoneName } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';

type Move = { entry: CalendarEntry; to: number; isUndo?: boolean; revert?: () => void; wish?: Wish };

/** A move that the guardrails hold, until the person has answered. */
type HeldMove = { move: Move; held: Held };

type Moving = {
  move: (what: Move) => void;
  held?: HeldMove;
  isPending: boolean;
  answer: (wish: Wish) => void;
  forget: () => void;
};

export const useMove = (zone: string, projectId: string): Moving => {
  const client = useQueryClient();
  const [held, setHeld] = useState<HeldMove>();
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
    mutationFn: ({ entry, to, wish }: Move) => schedulePost(entry.id, new Date(to).toISOString(), wish),
    onMutate: async ({ entry, to }) => {
      // Reads that are under way have the old state.
      await client.cancelQueries({ queryKey: queryKeys.calendar });
      place(entry.id, to);
    },
    onError: (error, what) => {
      place(what.entry.id, toMs(what.entry.at));
      what.revert?.();
      const said = heldOf(error);
      if (said) return setHeld({ move: { ...what, revert: undefined }, held: said });
      toastError(error);
    },
    onSuccess: async (post, { entry, isUndo, ...asked }) => {
      setHeld(undefined);
      // The guardrails may have chosen another time.
      const to = post.scheduled_at ? toMs(post.scheduled_at) : asked.to;
      const when = `${momentOf(to, zone, serverNow())} ${zoneName(to, zone)}`;
      const outlook = await foretold(projectId, entry.id, to);
      const say = (what: string) => [what, outlook].filter(Boolean).join(' ');
      if (isUndo) return toast(say(words.movedBack(entry.title, when)));
      const moved = { ...entry, at: new Date(to).toISOString() };
      toast(say(words.moved(entry.title, when)), {
        undo: () => moving.mutate({ entry: moved, to: toMs(entry.at), isUndo: true }),
      });
    },
    onSettled: (_post, _error, { entry }) => {
      for (const key of [queryKeys.calendar, queryKeys.simulation, queryKeys.posts, queryKeys.post(entry.id)]) {
        void client.invalidateQueries({ queryKey: key });
      }
    },
  });
  return {
    move: (what) => {
      if (what.to < serverNow()) {
        what.revert?.();
        toastError(new Error(words.inThePast));
        return;
      }
      moving.mutate(what);
    },
    held,
    isPending: moving.isPending,
    answer: (wish) => held && moving.mutate({ ...held.move, wish }),
    forget: () => setHeld(undefined),
  };
};
