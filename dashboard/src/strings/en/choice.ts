/** Choices that several forms share. */
export const choiceStrings = {
  channels: 'Channels',
  allChannels: 'All active channels of the project.',
  someChannels: (n: number) => (n === 1 ? 'On 1 channel.' : `On ${n} channels.`),
  projects: 'The projects',
  chooseProject: 'This page is of one project. Choose it here, or at the top left.',
  noProject: 'There is no project yet. It has its channels, its posts and its time zone.',
  makeProject: 'Make the first project',
};
