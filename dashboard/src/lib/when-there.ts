/**
 * Files of the dashboard that are fetched when they are first needed. Without the server they are waited for: what is
 * shown stays, and is better than the browser's own page that says that there is no network.
 */
import { lazy, type ComponentType } from 'react';
import { apiBase } from '@/config/env';

const again_ms = 2_000;

const serverAnswers = async (): Promise<boolean> => {
  try {
    return (await fetch(`${apiBase}/live`, { cache: 'no-store', signal: AbortSignal.timeout(again_ms) })).ok;
  } catch {
    return false;
  }
};

const wait = (): Promise<void> =>
  new Promise((done) => {
    const go = (): void => {
      clearTimeout(timer);
      removeEventListener('online', go);
      done();
    };
    const timer = setTimeout(go, again_ms);
    addEventListener('online', go);
  });

/** Rejects only while the server answers: then it has another version of the file, and the page must be read anew. */
export const whenThere =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    for (;;) {
      try {
        return await load();
      } catch (error) {
        if (await serverAnswers()) throw error;
        await wait();
      }
    }
  };

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const lazyWhenThere = <T extends ComponentType<any>>(load: () => Promise<{ default: T }>) => lazy(whenThere(load));
