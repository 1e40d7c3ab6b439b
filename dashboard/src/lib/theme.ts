import { makeKeptStore } from '@/lib/store';

export type Theme = 'system' | 'light' | 'dark';
/** `public/early.js` reads the same key before anything is drawn. */
export const themeStore = makeKeptStore<Theme>('pulse-theme', 'system');

themeStore.subscribe(() => {
  const chosen = themeStore.get();
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
});
