/** A session at LinkedIn in a browser on the server: what it risks, signing in, and taking it away. */
export const browserSessionStrings = {
  title: 'Acting through a browser',
  what: 'Your session in a browser',
  off: 'Off by the operator',
  ways: {
    api:
      'Your likes and comments go through LinkedIn’s API. The browser is used only where no account of yours is connected, or it may not like and comment.',
    browser:
      'Your likes and comments go through your session in a browser. Connect your account at LinkedIn above, and they go through its API.',
    none:
      'Your likes and comments wait: connect your account at LinkedIn above, or sign in here once this is on.',
  },
  allow: 'Let Pulse like and comment through a session of mine at LinkedIn',
  ended: 'Your session has ended',
  switchedOff: 'It is off. What was kept is removed.',
  origins: { login: 'signed in here', handed_over: 'cookie handed over' },
  removedOn: 'removed on',
  remove: 'Remove the cookies',
  removed: 'The cookies are removed.',
  signIn: 'Sign in at LinkedIn',
  signInText: 'A browser on the server opens LinkedIn’s page and fills this in. LinkedIn may ask for a code then.',
  email: 'E-mail or phone at LinkedIn',
  password: 'Password at LinkedIn',
  start: 'Sign in',
  states: {
    starting: 'The browser opens LinkedIn’s page and signs in.',
    checking: 'LinkedIn looks at the code.',
    needs_code: 'LinkedIn has sent a code, and waits for it.',
  },
  code: 'Code from LinkedIn',
  codeHelp: 'It must come within 3 minutes.',
  wrongCode: 'That was not the right code. Try again.',
  giveCode: 'Give the code',
  stop: 'Stop signing in',
  stopped: 'The sign-in is stopped.',
  handOver: 'Or hand over a cookie',
  handOverText: 'From a browser of your own in which you are signed in: the value of the cookie li_at.',
  cookie: 'Value of li_at',
  keepCookie: 'Keep the cookie',
  kept: 'The cookie is sealed and kept.',
};
