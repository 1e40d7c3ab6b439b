/**
 * Messages about my own last action: eight seconds, Undo first. Errors stay until they are closed, and are also shown
 * at their place.
 */
import { asProblem, wordsOf } from '@/lib/problem';
import { makeStore } from '@/lib/store';

type Shown = {
  id: number;
  text: string;
  undo?: () => void;
  action?: { label: string; run: () => void };
  isError: boolean;
};

const kept_max = 3;
export const toastStore = makeStore<Shown[]>([]);
let last = 0;

const add = (toast: Omit<Shown, 'id'>): void => {
  last += 1;
  toastStore.set([...toastStore.get(), { ...toast, id: last }].slice(-kept_max));
};

export const removeToast = (id: number): void => toastStore.set(toastStore.get().filter((each) => each.id !== id));

export const toast = (
  text: string,
  more: { undo?: () => void; action?: { label: string; run: () => void } } = {},
): void => add({ text, ...more, isError: false });

export const toastError = (error: unknown): void => add({ text: wordsOf(asProblem(error)), isError: true });
