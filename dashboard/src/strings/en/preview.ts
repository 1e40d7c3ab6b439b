export const previewStrings = {
  empty: 'Nothing written yet.',
  more: 'more',
  image: 'The image',
  needsImage: (platform: string) => `${platform} has no posts without an image.`,
  linkedinMeta: 'Now',
};
