/**
 * The posts that this browser keeps while they are unfinished: where they are, and what they are called. What is in
 * them is the composer's (features/compose/kept).
 */
import { useMemo, useSyncExternalStore } from 'react';

const prefix = 'pulse-draft-';
export const keptKey = (name: string): string => prefix + name;

/** The composer's page on which it goes on. */
type Place =
  | { kind: 'new'; projectId: string }
  | { kind: 'copy'; projectId: string; postId: string }
  | { kind: 'edit'; postId: string };

export type KeptDraft = { name: string; title: string; keptAt?: number; goesOn: Place };

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const edit = new RegExp(`^edit-(${uuid})$`);
const composed = new RegExp(`^(${uuid})(?:-copy-(${uuid}))?(?:-\\d)?$`);

/** The names under which one member's drafts are kept; a second tab's end in a number. */
export const newDraftName = (memberId: string, projectId: string, copyOf?: string): string =>
  [memberId, projectId, ...(copyOf ? ['copy', copyOf] : [])].join('-');
export const editName = (memberId: string, postId: string): string => `${memberId}-edit-${postId}`;

const placeOf = (rest: string): Place | undefined => {
  const [, postId] = edit.exec(rest) ?? [];
  if (postId) return { kind: 'edit', postId };
  const [, projectId, copyOf] = composed.exec(rest) ?? [];
  if (!projectId) return undefined;
  return copyOf ? { kind: 'copy', projectId, postId: copyOf } : { kind: 'new', projectId };
};

const read = (name: string): { title: string; keptAt?: number } | undefined => {
  try {
    const { title, text, keptAt } = JSON.parse(localStorage.getItem(keptKey(name)) ?? 'null') as Record<string, unknown>;
    if (typeof text !== 'string') return undefined;
    const [line = ''] = text.trim().split('\n');
    return {
      title: typeof title === 'string' && title.trim() !== '' ? title.trim() : line,
      ...(typeof keptAt === 'number' ? { keptAt } : {}),
    };
  } catch {
    return undefined;
  }
};

const names = (): string[] => {
  try {
    return Object.keys(localStorage).filter((each) => each.startsWith(prefix));
  } catch {
    return [];
  }
};

/** Of one member, the latest first. */
export const listKept = (memberId: string): KeptDraft[] =>
  names()
    .flatMap((key) => {
      const name = key.slice(prefix.length);
      if (!name.startsWith(`${memberId}-`)) return [];
      const [goesOn, found] = [placeOf(name.slice(memberId.length + 1)), read(name)];
      return goesOn && found ? [{ name, ...found, goesOn }] : [];
    })
    .sort((a, b) => (b.keptAt ?? 0) - (a.keptAt ?? 0) || a.name.localeCompare(b.name));

const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((each) => each());

/** Takes it out of the browser; what it gives puts it back. */
export const discardKept = (name: string): (() => void) => {
  const text = localStorage.getItem(keptKey(name));
  localStorage.removeItem(keptKey(name));
  tell();
  return () => {
    if (text !== null) localStorage.setItem(keptKey(name), text);
    tell();
  };
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
};

export const useKeptDrafts = (memberId: string | undefined): KeptDraft[] => {
  const now = useSyncExternalStore(subscribe, () => JSON.stringify(memberId ? listKept(memberId) : []));
  return useMemo(() => JSON.parse(now) as KeptDraft[], [now]);
};
