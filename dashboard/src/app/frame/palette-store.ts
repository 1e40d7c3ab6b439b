import { makeStore } from '@/lib/store';

/** What floats over the page: the palette, the list of keys, the pause dialog, or nothing. */
export const paletteStore = makeStore<'none' | 'palette' | 'keys' | 'pause' | 'switcher'>('none');
