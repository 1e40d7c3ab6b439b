import { makeStore } from '@/lib/store';

/** The overlay above the page: the palette, the list of keys, the pause dialog, or none. */
export const paletteStore = makeStore<'none' | 'palette' | 'keys' | 'pause' | 'switcher'>('none');
