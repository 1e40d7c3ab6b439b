const many = (n: number, one: string, more = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

/** What is said of a time that a post has just been given, or is about to be. */
export const foretoldStrings = {
  onTime: 'It would go out on time.',
  waits: (channel: string, length: string, why: string) => `On ${channel} it would wait ${length}: ${why}`,
  on: (channel: string, sentence: string) => `${channel}: ${sentence}`,
  more: (n: number) => `The same goes for ${many(n, 'channel')} more.`,
  asking: 'Pulse looks what would become of it …',
  unknown: 'What would become of it is not known just now. It can be moved all the same.',
  allOnTime: (n: number) => (n === 1 ? 'It would go out on time.' : `All ${n.toLocaleString('en')} would go out on time.`),
  someOnTime: (n: number, of: number) =>
    n === 0 ? `None of ${of.toLocaleString('en')} would go out on time.` : `${n.toLocaleString('en')} of ${of.toLocaleString('en')} would go out on time.`,
  stays: (n: number) =>
    n === 1
      ? 'One has gone out or begun to, or is cancelled: it stays as it is.'
      : `${n.toLocaleString('en')} have gone out or begun to, or are cancelled: they stay as they are.`,
  showAll: (n: number) => `Show all ${n.toLocaleString('en')}`,
  others: (n: number) => `${many(n, 'channel')} more would not be on time, either.`,
};
