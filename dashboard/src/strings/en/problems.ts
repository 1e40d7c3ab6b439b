export const problemStrings = {
  unreachable: 'Pulse does not answer. Publishing goes on; only this page is behind.',
  offline: 'This device has no network. Publishing goes on; only this page is behind.',
  unreadable: (status: number) =>
    `Pulse answered ${status} without words. Try again; name the request when you report it.`,
  couldNotRead: (what: string) => `${what} could not be read.`,
  request: (id: string) => `Request ${id}.`,
  tryAgain: 'Try again',
  pageBroke: 'This page stopped because of a mistake in it.',
  pageBrokeHint: 'Nothing that you saved is lost, and publishing goes on.',
  notFoundTitle: 'There is nothing at this address',
  notFound: 'It may have been deleted, or it belongs to a company that you are not signed in to.',
  toOverview: 'Go to the overview',
};
