const many = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`;

export const needsYouStrings = {
  title: 'Needs you',
  decisions: 'To decide',
  late: 'Late, and asking',
  channels: 'Channels',
  confirmations: 'To confirm',
  toConfirm: (n: number) =>
    n === 1 ? '1 like or comment waits for your word' : `${n} likes and comments wait for your word`,
  toConfirmText: 'Only you can send in your name.',
  openQueue: 'Open my queue',
  mayBeLive: (channel: string) => `may be live on ${channel}`,
  isLate: (length: string, channel: string) => `is ${length} late on ${channel}`,
  lookAndSay: 'Look there and say.',
  policyAsks: 'Its lateness policy asks before it goes out so late.',
  refusedAccount: 'has refused the account',
  isOff: 'is switched off',
  held: (n: number) =>
    n === 0
      ? 'Nothing waits for it.'
      : `${many(n, 'post')} ${n === 1 ? 'waits' : 'wait'}; they go out by themselves once it is connected again.`,
  decide: 'Decide',
  sendNow: 'Send now',
  skip: 'Skip',
  reconnect: 'Reconnect',
  switchOn: 'Switch on',
  sent: (title: string) => `${title} goes out now.`,
  skipped: (title: string) => `${title} is skipped.`,
  empty: 'Nothing waits for you. What needs a person appears here by itself.',
  seePosts: 'See the posts',
  moveDown: 'Next',
  moveUp: 'Previous',
  open: 'Open',
  list: 'What waits for a person',
};
