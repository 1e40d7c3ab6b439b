export const uploadStrings = {
  broken: 'The line broke. What has arrived is kept.',
  pasted: 'Pasted picture',
  add: 'Add pictures or a film',
  drop: 'Drop pictures or a film here',
  progress: (name: string) => `Sending ${name}`,
  sent: (sent: string, all: string) => `${sent} of ${all}`,
  looking: 'Looking into it…',
  cancel: 'Cancel',
  cancelOf: (name: string) => `Cancel ${name}`,
  again: 'Try again',
  againOf: (name: string) => `Try ${name} again`,
  list: 'On their way',
};
