export const commonStrings = {
  close: 'Close',
  leaveTitle: 'Close without saving?',
  leaveText: 'What you have written here is lost then.',
  discard: 'Discard it',
  keepWriting: 'Keep writing',
  cancel: 'Cancel',
  undo: 'Undo',
  copy: 'Copy',
  copied: 'Copied',
  more: 'More',
  show: 'Show',
  notification: 'Notification',
  loading: 'Loading',
  clear: 'Clear',
  optional: 'optional',
  list: (items: string[]) =>
    items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`,
  either: (items: string[]) =>
    items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`,
  ask: (whom: string) => `Ask ${whom}.`,
};
