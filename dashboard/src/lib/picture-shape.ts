/** Changes a picture's shape in the browser: crops it, or puts it on a background. */

/** As fractions of the whole, from 0 to 1. */
export type Part = { x: number; y: number; width: number; height: number };

export const whole: Part = { x: 0, y: 0, width: 1, height: 1 };

/** The largest centred part with this shape. */
export const middlePart = (width: number, height: number, aspect: number): Part => {
  const is = width / height;
  const wide = is > aspect ? aspect / is : 1;
  const high = is > aspect ? 1 : is / aspect;
  return { x: (1 - wide) / 2, y: (1 - high) / 2, width: wide, height: high };
};

/** The pixels of a part. */
export const pixelsOf = (part: Part, width: number, height: number) => ({
  width: Math.max(1, Math.round(part.width * width)),
  height: Math.max(1, Math.round(part.height * height)),
});

/** The size in pixels of the smallest background with this shape that holds the whole picture. */
export const groundFor = (width: number, height: number, aspect: number) =>
  width / height > aspect
    ? { width, height: Math.round(width / aspect) }
    : { width: Math.round(height * aspect), height };

const quality = 0.92;
/** Some devices' browsers cannot draw more at once. */
const most_pixels = 4096;

/** A picture with transparency stays a PNG. */
const typeFor = (type: string): string => (type === 'image/png' || type === 'image/webp' ? 'image/png' : 'image/jpeg');

export const nameFor = (name: string, type: string): string =>
  `${name.replace(/\.[a-z0-9]{2,5}$/i, '')} ${typeFor(type) === 'image/png' ? 'cut.png' : 'cut.jpg'}`;

/** The result as a file; `ground` is the colour around the whole picture; without it the part is cut out. */
export const shaped = async (
  picture: HTMLImageElement,
  { part, aspect, ground, type, name }: { part: Part; aspect?: number; ground?: string; type: string; name: string },
): Promise<File> => {
  const { naturalWidth: width, naturalHeight: height } = picture;
  const isFitted = ground !== undefined && aspect !== undefined;
  const size = isFitted ? groundFor(width, height, aspect) : pixelsOf(part, width, height);
  const scale = Math.min(1, most_pixels / Math.max(size.width, size.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(size.width * scale));
  canvas.height = Math.max(1, Math.round(size.height * scale));
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  if (isFitted) {
    draw.fillStyle = ground;
    draw.fillRect(0, 0, canvas.width, canvas.height);
    const wide = width * scale;
    const high = height * scale;
    draw.drawImage(picture, (canvas.width - wide) / 2, (canvas.height - high) / 2, wide, high);
  } else {
    const from = [part.x * width, part.y * height, part.width * width, part.height * height] as const;
    draw.drawImage(picture, ...from, 0, 0, canvas.width, canvas.height);
  }
  const made = typeFor(type);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, made, quality));
  if (!blob) throw new Error('no picture');
  return new File([blob], nameFor(name, type), { type: made });
};
