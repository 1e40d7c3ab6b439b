export const mediaStrings = {
  title: 'Media',
  list: 'Pictures and films',
  upload: 'Upload',
  search: 'Search names and alt texts',
  kinds: { all: 'All', image: 'Pictures', video: 'Films' },
  kind: { image: 'Picture', video: 'Film' },
  kindLabel: 'Kind',
  empty: 'Nothing here yet. Drop pictures and films anywhere on this page, or upload them.',
  noMatch: 'Nothing matches.',
  clear: 'Show all',
  more: 'Show more',
  uses: (n: number) => (n === 0 ? 'not used' : n === 1 ? 'in 1 post' : `in ${n.toLocaleString('en')} posts`),
  noAlt: 'No alt text',
  open: (name: string) => `Open ${name}`,
  name: 'Name',
  alt: 'Alt text',
  altHelp:
    'What is to be seen, for those who do not see it. Posts that are written keep the text that they were given.',
  facts: 'Details',
  size: 'Size',
  format: 'Format',
  added: 'Added',
  pixels: (width: number, height: number) => `${width.toLocaleString('en')} × ${height.toLocaleString('en')}`,
  animated: 'moves',
  usedBy: 'Used by',
  unused: 'No post shows it.',
  untitled: 'A post without words',
  draft: 'draft',
  save: 'Save',
  saved: 'Saved.',
  remove: 'Delete',
  removeTitle: (name: string) => `Delete ${name}?`,
  removeText: 'It is gone for good, from the library and from the disk.',
  keepIt: 'Keep it',
  removed: 'Deleted.',
  inUse: 'A post shows it. Take it out of the posts above first; then it can be deleted.',
  download: 'Open the file',
  choose: 'From the library',
  chooseTitle: 'Add from the library',
  chooseText: 'Choose in the order in which they are to be seen.',
  addChosen: (n: number) => (n === 0 ? 'Add' : `Add ${n}`),
  cannotSee: 'It has no preview.',
  keys: { open: 'Open', next: 'Next', previous: 'Previous', upload: 'Upload' },
};

const kib = 1024;

/** 1.4 MB, 820 kB. */
export const sizeOf = (bytes: number): string => {
  if (bytes < kib) return `${bytes} B`;
  if (bytes < kib * kib) return `${Math.round(bytes / kib).toLocaleString('en')} kB`;
  const mb = bytes / kib / kib;
  return mb < 1024 ? `${mb < 10 ? mb.toFixed(1) : Math.round(mb)} MB` : `${(mb / 1024).toFixed(1)} GB`;
};

/** 0:07, 12:30, 1:02:03. */
export const lengthOfFilm = (ms: number): string => {
  const all = Math.max(0, Math.round(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
};
