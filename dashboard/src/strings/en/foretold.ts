const many = (n: number, one: string, more = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

/** What is said of a time that a post was just given. */
export const foretoldStrings = {
  onTime: 'It would go out on time.',
  waits: (channel: string, length: string, why: string) => `On ${channel} it would wait ${length}: ${why}`,
  on: (channel: string, sentence: string) => `${channel}: ${sentence}`,
  more: (n: number) => `The same goes for ${many(n, 'channel')} more.`,
  others: (n: number) => `${many(n, 'channel')} more would not be on time, either.`,
};
