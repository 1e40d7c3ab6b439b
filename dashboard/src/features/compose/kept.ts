/**
 * What the browser keeps of a post that is being written, so that a closed tab, a way back or a server that is away
 * costs nothing. Two tabs have a place each: the second does not write over the first.
 */
import { useEffect, useRef, useState } from 'react';
import { keptKey } from '@/data/kept-drafts';
import { serverNow } from '@/lib/clock';
import { emptyDraft, isWorthKeeping, type Draft } from './draft';

/**
 * What an edit began with: a save names its version, and what was in it tells whether somebody else changed the words
 * since.
 */
export type Basis = { etag: string; content: Draft };
type Kept = { draft: Draft; basis?: Basis };

const keep_ms = 600;
const places_max = 9;

export const readKept = (name: string): Kept | undefined => {
  try {
    const text = localStorage.getItem(keptKey(name));
    if (!text) return undefined;
    const { basis, ...kept } = JSON.parse(text) as Partial<Draft> & { basis?: Basis; keptAt?: number };
    delete kept.keptAt;
    return typeof kept.text === 'string' ? { draft: { ...emptyDraft, ...kept }, ...(basis ? { basis } : {}) } : undefined;
  } catch {
    return undefined;
  }
};

export const forget = (name: string): void => {
  try {
    localStorage.removeItem(keptKey(name));
  } catch {
    // There is nothing to forget then.
  }
};

export const keep = (name: string, draft: Draft, basis?: Basis): void => {
  try {
    // One that has not changed keeps its time.
    if (readKept(name) && JSON.stringify(readKept(name)) === JSON.stringify({ draft, ...(basis ? { basis } : {}) })) return;
    if (isWorthKeeping(draft) || basis)
      localStorage.setItem(keptKey(name), JSON.stringify({ ...draft, basis, keptAt: serverNow() }));
    else localStorage.removeItem(keptKey(name));
  } catch {
    // A browser that keeps nothing: the page itself still does.
  }
};

/** Kept while one writes, and at once when the page goes; forgotten once it is `off`. Gives when it was kept last. */
export const useKept = (name: string, draft: Draft, isOn: boolean, basis?: Basis): number | undefined => {
  const [keptAt, setKeptAt] = useState<number>();
  const settle = useRef<() => void>(() => undefined);
  useEffect(() => {
    settle.current = () => (isOn ? keep(name, draft, basis) : forget(name));
    const timer = setTimeout(() => {
      settle.current();
      setKeptAt(isOn && isWorthKeeping(draft) ? serverNow() : undefined);
    }, keep_ms);
    return () => clearTimeout(timer);
  }, [name, draft, isOn, basis]);
  useEffect(() => {
    const now = (): void => settle.current();
    addEventListener('pagehide', now);
    return () => {
      removeEventListener('pagehide', now);
      now();
    };
  }, []);
  return keptAt;
};

/** Places that this tab is giving up: who comes back to the page at once has the same one again. */
const leaving = new Map<string, Promise<unknown>>();

const placesOf = (base: string): string[] => {
  const all = Array.from({ length: places_max }, (_, index) => (index === 0 ? base : `${base}-${index + 1}`));
  // What was left behind comes first, wherever it is.
  return [...all.filter(readKept), ...all.filter((each) => !readKept(each))];
};

/**
 * The name under which this tab keeps what is written; none while that is not known. `wanted` is one that somebody
 * chose to go on with.
 */
export const useDraftPlace = (base: string | undefined, wanted?: string): string | undefined => {
  const [found, setFound] = useState<{ base: string; place: string }>();
  useEffect(() => {
    if (base === undefined) return undefined;
    let isOver = false;
    let held: { place: string; until: Promise<unknown> } | undefined;
    let release = (): void => undefined;
    const over = new Promise<void>((done) => {
      release = done;
    });
    /** Holds the place while the page is there; false where another tab has it. */
    const take = async (place: string): Promise<boolean> => {
      await leaving.get(place);
      if (isOver) return false;
      return new Promise((tell) => {
        const until = navigator.locks.request(keptKey(place), { ifAvailable: true }, (lock) => {
          if (lock) held = { place, until };
          tell(lock !== null);
          return lock ? over : undefined;
        });
      });
    };
    const search = async (): Promise<string> => {
      if (!('locks' in navigator)) return base;
      const all = placesOf(base);
      for (const place of wanted && all.includes(wanted) ? [wanted, ...all] : all) {
        if (await take(place)) return place;
        if (isOver) break;
      }
      return base;
    };
    void search().then((place) => !isOver && setFound({ base, place }));
    return () => {
      isOver = true;
      release();
      if (held) leaving.set(held.place, held.until);
    };
  }, [base, wanted]);
  return found && found.base === base ? found.place : undefined;
};
