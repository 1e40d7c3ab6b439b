const many = (n: number, one: string, more = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

/** Whoever runs the installation: its companies. */
export const adminStrings = {
  title: 'Companies',
  list: 'The companies of this installation',
  stats: 'Figures of the installation',
  companies: (n: number, suspended: number) =>
    `${many(n, 'company', 'companies')}${suspended ? `, ${suspended.toLocaleString('en')} of them suspended` : ''}, with `,
  people: (n: number, lately: number) =>
    `${many(n, 'person', 'people')}; ${lately.toLocaleString('en')} ${lately === 1 ? 'was' : 'were'} active in the last 30 days. `,
  things: (projects: number, channels: number, posts: number) =>
    `${many(projects, 'project')}, ${many(channels, 'channel')}, ${many(posts, 'post')}.`,
  mails: (waiting: number, givenUp: number) =>
    `${waiting ? many(waiting, 'mail waits', 'mails wait') : 'No mail waits'} to be sent${givenUp ? `, ${many(givenUp, 'was', 'were')} given up` : ''}.`,
  search: 'Search by name',
  noMatch: 'No company has that name.',
  none: 'Nobody has made a company yet.',
  columns: {
    name: 'Company',
    plan: 'Plan',
    people: 'People',
    projects: 'Projects',
    channels: 'Channels',
    posts: 'Posts',
    since: 'Since',
  },
  more: 'Show more',
  mayNot:
    'This page is for whoever runs this installation: they make somebody its administrator with “pulse admin promote”.',
  // pictures and films
  media: 'Pictures and films',
  mediaText:
    'Where this installation keeps them. It is set in the environment of the program (MEDIA_FOLDER, MEDIA_S3_BUCKET and its neighbours); its keys are never shown.',
  mediaKept: 'Kept',
  mediaPlaces: { this_server: 'On this server', bucket: 'In a bucket' } satisfies Record<string, string>,
  mediaBucket: 'Bucket',
  mediaEndpoint: 'Its service',
  mediaFolder: 'Folder',
  mediaOnTheirWay: 'Folder for what is on its way',
  mediaFree: 'Free on the disk',
  mediaAllowed: 'Allowed',
  mediaLimits: (company: string, file: string) => `${company} a company, ${file} a file`,
  mediaCheck: 'Check it now',
  mediaWell: 'Files can be written and removed there.',
  // one company
  company: 'The company',
  peopleOf: 'People',
  firstPeople: 'The first 200 are shown.',
  id: 'Id',
  subscription: 'Subscription',
  suspend: 'Suspend the company',
  suspendTitle: (name: string) => `Suspend ${name}?`,
  suspendText: [
    'All sessions of its people end, and nobody of it signs in.',
    'Nothing of it starts any more: posts, rules and polls wait until it is resumed. What has begun finishes.',
    'Nothing is deleted.',
  ],
  reason: 'Why',
  reasonHelp: 'Kept with the company, for whoever decides about it next.',
  needReason: 'Write why.',
  keep: 'Let it go on',
  suspended: (name: string) => `${name} is suspended.`,
  suspendedSince: 'Suspended since',
  deletedSince: 'Deleted by its owner, with all that it had:',
  because: (why: string) => `because: ${why}`,
  resume: 'Resume the company',
  resumed: (name: string) => `${name} goes on.`,
  own: 'This is your own company: nobody could resume it.',
};
