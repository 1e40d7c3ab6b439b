export const previewStrings = {
  empty: 'Nothing written yet.',
  more: 'more',
  image: 'The image',
  needsImage: 'Instagram has no posts without an image.',
  linkedinMeta: 'Now',
};
