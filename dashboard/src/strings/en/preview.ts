export const previewStrings = {
  empty: 'Nothing written yet.',
  more: 'more',
  image: 'The image',
  needsImage: (platform: string) => `${platform} has no posts without an image.`,
  film: 'The film',
  moreMedia: (n: number) => `+${n}`,
  showMedium: (n: number, all: number) => `Show ${n} of ${all}`,
  linkedinMeta: 'Now',
  thread: 'The thread below it',
  comment: 'The first comment',
};
