/** Choices that several forms share. */
export const choiceStrings = {
  channels: 'Channels',
  allChannels: 'All active channels of the project.',
  someChannels: (n: number) => (n === 1 ? 'On 1 channel.' : `On ${n} channels.`),
  chooseProject: 'Choose one project: this belongs to one. The switcher is at the top left.',
};
