export type Shape = 'free' | 'square' | 'portrait' | 'wide' | 'tall' | 'pin' | 'link';

type ShapeWords = { name: string; ratio?: string; hint?: string; aspect?: number };

/** The shapes that feeds are made for. What a platform refuses the server says. */
export const shapes: Record<Shape, ShapeWords> = {
  free: { name: 'Free' },
  square: { name: 'Square', ratio: '1:1', hint: 'Every feed', aspect: 1 },
  portrait: { name: 'Portrait', ratio: '4:5', hint: 'Instagram, Facebook, LinkedIn', aspect: 4 / 5 },
  wide: { name: 'Wide', ratio: '16:9', hint: 'X, Mastodon, Bluesky, Threads', aspect: 16 / 9 },
  link: { name: 'Banner', ratio: '1.91:1', hint: 'LinkedIn, Facebook, Instagram', aspect: 1.91 },
  pin: { name: 'Pin', ratio: '2:3', hint: 'Pinterest', aspect: 2 / 3 },
  tall: { name: 'Full screen', ratio: '9:16', hint: 'TikTok, stories', aspect: 9 / 16 },
};

const inWords = (aspect: number): string =>
  aspect >= 1 ? `${aspect.toFixed(2).replace(/\.?0+$/, '')}:1` : `1:${(1 / aspect).toFixed(2).replace(/\.?0+$/, '')}`;

export const cropStrings = {
  crop: 'Crop or fit',
  cropOf: (name: string) => `Crop or fit ${name}`,
  title: 'Crop or fit',
  text: 'Makes a new picture. The one that it is made of stays in the library.',
  way: 'How',
  cut: 'Cut out a part',
  fit: 'Fit all of it',
  ground: 'Ground',
  grounds: { white: 'White', black: 'Black' },
  shape: 'Shape',
  make: 'Use it',
  failed: 'The browser could not make the picture. Try another shape.',
  keys: 'Arrow keys move it, or a handle that has the focus.',
  refuses: (platform: string, least: number | null, most: number | null) =>
    least !== null && most !== null
      ? `${platform} takes pictures from ${inWords(least)} to ${inWords(most)}.`
      : least !== null
        ? `${platform} takes pictures no narrower than ${inWords(least)}.`
        : `${platform} takes pictures no wider than ${inWords(most ?? 1)}.`,
  handles: {
    cropArea: 'The part that is kept: arrow keys move it',
    nwDragHandle: 'Upper left corner: arrow keys change the part',
    nDragHandle: 'Upper edge: arrow keys change the part',
    neDragHandle: 'Upper right corner: arrow keys change the part',
    eDragHandle: 'Right edge: arrow keys change the part',
    seDragHandle: 'Lower right corner: arrow keys change the part',
    sDragHandle: 'Lower edge: arrow keys change the part',
    swDragHandle: 'Lower left corner: arrow keys change the part',
    wDragHandle: 'Left edge: arrow keys change the part',
  },
};
