const many = (n: number, one: string) => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const dayIn = (name: string): string | undefined =>
  /^[0-7]$/.test(name) ? dayNames[Number(name)] : dayNames.find((each) => each.toLowerCase() === name.toLowerCase());

/** A cron expression as people say it, where it names clock times on every day or on some days of the week. */
const cronInWords = (cron: string): string | undefined => {
  const [minute = '', hours = '', day, month, weekdays = '', ...more] = cron.trim().split(/\s+/);
  if (more.length > 0 || day !== '*' || month !== '*' || !/^\d{1,2}$/.test(minute) || !/^\d{1,2}(,\d{1,2})*$/.test(hours))
    return undefined;
  const times = hours.split(',').map((hour) => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`);
  const days = weekdays === '*' ? [] : weekdays.split(',').map((each) => each.split('-').map(dayIn));
  if (days.some((each) => each.length > 2 || each.includes(undefined))) return undefined;
  const on = days.length === 0 ? 'Every day' : days.map((each) => each.join(' to ')).join(', ');
  return `${on} at ${times.join(', ')}`;
};

const weekdayNames: Record<string, string | undefined> = {
  MO: 'Mon',
  TU: 'Tue',
  WE: 'Wed',
  TH: 'Thu',
  FR: 'Fri',
  SA: 'Sat',
  SU: 'Sun',
};
const times = (n: number, one: string): string => (n === 1 ? `Every ${one}` : `Every ${n} ${one}s`);

/** RRULEs of days, weeks and months in words, as "Mon, Thu", "Every 2 weeks on Mon"; undefined for what is rarer. */
const rruleInWords = (rrule: string): string | undefined => {
  const parts = new Map<string, string>();
  for (const each of rrule.replace(/^RRULE:/i, '').split(';')) {
    const [name = '', value = ''] = each.toUpperCase().split('=');
    parts.set(name, value);
  }
  const [kind, interval, days, monthDay] = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY'].map((name) => parts.get(name));
  const known = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'WKST'];
  const n = Number(interval ?? 1);
  if ([...parts.keys()].some((name) => !known.includes(name)) || !Number.isInteger(n) || n < 1) return undefined;
  if (kind === 'DAILY' && !days && !monthDay) return times(n, 'day');
  if (kind === 'WEEKLY' && !monthDay) {
    const named = days?.split(',').map((day) => weekdayNames[day]);
    if (named?.includes(undefined)) return undefined;
    if (!named) return times(n, 'week');
    return n === 1 ? named.join(', ') : `${times(n, 'week')} on ${named.join(', ')}`;
  }
  if (kind === 'MONTHLY' && !days) {
    if (!monthDay) return times(n, 'month');
    return /^\d{1,2}$/.test(monthDay) ? `${times(n, 'month')} on day ${monthDay}` : undefined;
  }
  return undefined;
};

/** By which rule a step of a run came to be; one that is not known yet is shown by its name. */
const stepRules: Record<string, string> = {
  trigger: 'Trigger',
  missed_moments: 'Missed moments',
  conditions: 'Conditions',
  circle: 'No circle of rules',
  start: 'Start',
  takeover: 'Takeover',
  template: 'Template',
  ai_provider: 'AI provider',
  action: 'Action',
  guardrail: 'Guardrail',
  approval: 'Approval',
  retry: 'Retry',
  person: 'A person',
  outcome: 'Outcome',
};

export const automationsStrings = {
  stepRule: (rule: string) =>
    stepRules[rule] ?? (rule.charAt(0).toUpperCase() + rule.slice(1)).replaceAll('_', ' '),
  versionsTitle: 'Versions',
  versionOfRun: 'this run went by it',
  versionFirst: 'The rule was made.',
  versionSame: 'It says the same as the one before.',
  yes: 'yes',
  no: 'no',
  otherChoice: 'chosen otherwise',
  approvalPart: 'Approval',
  channelsPart: 'Channels',
  title: 'Rules',
  pages: 'Rules and what they did',
  rules: 'Rules',
  runs: 'Runs',
  make: 'New rule',
  none: 'A rule writes, asks and publishes by itself: at its times, or when something happens.',
  startFrom: 'Start from one of these, and change what you like.',
  mayNot: 'You may look at rules, not change them.',
  columns: { rule: 'Rule', when: 'When', next: 'Next run', on: 'On' },
  isOn: (name: string) => `${name} is on`,
  turnedOn: (name: string) => `${name} is on.`,
  turnedOff: (name: string) => `${name} is off. No run of it begins.`,
  off: 'Off',
  waits: 'When it happens',
  failures: (n: number) => `failed ${n === 1 ? 'once' : `${n} times`} in a row`,
  campaignRests: 'its campaign is not active',
  // ready ones
  ready: {
    weekly: { name: 'A teaser every Monday and Thursday', text: 'At 09:00, from a template, as a draft.' },
    feed: { name: 'Write about each new item of a feed', text: 'Looks every 30 minutes, asks for approval.' },
    failed: { name: 'Tell somebody when a post fails', text: 'Mails members as soon as it happens.' },
  },
  // editor
  newTitle: 'New rule',
  name: 'Name',
  nameHelp: 'Give it a name: it is saved under that.',
  campaign: 'Campaign',
  noCampaign: 'No campaign',
  campaignHelp: 'It runs only while the campaign is active.',
  when: 'When',
  kind: 'What sets it off',
  kinds: {
    interval: 'Every so often',
    cron: 'Cron',
    rrule: 'RRULE',
    event: 'Something happens',
    feed: 'A feed has news',
  },
  everyMinutes: 'Every … minutes',
  cron: 'Cron expression',
  cronHelp: 'Minute, hour, day, month, weekday, on the project’s clock: 0 9 * * mon,thu',
  rrule: 'Recurrence rule',
  rruleHelp: 'As of RFC 5545: FREQ=WEEKLY;BYDAY=MO,TH',
  startsAt: 'First time',
  startsAtHelp: (zone: string) => `On the clock of ${zone}.`,
  event: 'What happens',
  events: {
    post_published: 'A post is out',
    post_published_partial: 'A post is out in part',
    post_failed: 'A post failed',
    channel_auth_failed: 'A platform refuses a channel’s account',
    content_approved: 'Content is approved',
    content_rejected: 'Content is rejected',
    campaign_activated: 'A campaign is activated',
  },
  feedUrl: 'Address of the feed',
  feedHelp: 'RSS or Atom. What stands in it now is not new.',
  onlyIf: 'Only if',
  conditionsText: 'All that is filled in must hold. Nothing filled in: always.',
  channelTypes: 'It happened on',
  labels: 'The campaign has one of these labels',
  textContains: 'Title or text has one of these',
  commas: 'Between commas.',
  lateBy: 'It went out at least so many seconds late',
  weekDays: 'Today is',
  days: {
    monday: 'Mon',
    tuesday: 'Tue',
    wednesday: 'Wed',
    thursday: 'Thu',
    friday: 'Fri',
    saturday: 'Sat',
    sunday: 'Sun',
  },
  hoursFrom: 'Between',
  hoursTo: 'and',
  then: 'Then',
  action: 'What it does',
  actions: { make_content: 'Write content', notify: 'Mail members' },
  template: 'Template',
  chooseTemplate: 'Choose a template',
  noTemplates: 'There is no template yet.',
  makeTemplate: 'Write a template',
  source: 'Text',
  sources: { plain: 'The template, filled in', ai: 'AI, from its prompt' },
  release: 'And then',
  releases: {
    draft: 'Keep it as a draft',
    publish: 'Publish it at once',
    after: 'Publish it later',
    next_slot: 'Publish it at the next free time',
  },
  needsApproval: 'Somebody must approve it first',
  afterMinutes: 'Minutes later',
  slots: 'Times of the day',
  slotsHelp: '09:00, 15:30, on the project’s clock.',
  members: 'Whom it mails',
  message: 'What it says',
  missed: 'If a time was missed',
  missedHelp: 'While the server was down, for example.',
  missedKinds: { skip: 'Leave it out', last: 'Run the last one', all: 'Run all of them' },
  atMost: 'At most',
  // proof
  proof: 'Proof',
  moments: 'Next ten moments',
  momentsOpen: 'They appear when its trigger is written to its end.',
  momentsOver: 'There are no more than these.',
  momentsNone: 'It waits for something to happen, so no moment is known.',
  momentsWrong: 'No moments yet:',
  shift: (minutes: number) => `The clocks go ${minutes > 0 ? 'forward' : 'back'} before it.`,
  dryRun: 'Dry run',
  dryRunText: 'What a run would decide now. Nothing is sent, nothing is kept.',
  tryOut: 'Try it out',
  trySaved: 'Save the rule first: what is saved is tried out.',
  wouldBe: 'A run would come to',
  wouldWrite: 'It would write',
  asksAi: 'The AI provider is not asked; its answer would decide the rest.',
  goesOut: 'It would go out',
  // saving
  save: 'Save',
  saveOn: 'Save and enable',
  saved: 'Rule saved.',
  savedOn: 'Rule saved and enabled.',
  conflictTitle: 'Somebody changed the rule meanwhile',
  changedBy: (name: string) => `${name} changed it`,
  runNow: 'Run now',
  runStarted: 'The run has begun.',
  remove: 'Remove rule',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'What it has made stays; runs that have not begun do nothing.',
  removed: (name: string) => `${name} is removed.`,
  keep: 'Keep it',
  more: 'More actions',
  recentRuns: 'Its latest runs',
  noRuns: 'It has not run yet.',
  allRuns: 'All runs',
  // runs
  runsTitle: 'Runs of rules',
  runsList: 'Runs',
  anyRule: 'All rules',
  anyState: 'All states',
  filterRule: 'Rule',
  filterState: 'State',
  noRunsMatch: 'No run matches.',
  noRunsYet: 'No rule has run yet.',
  clear: 'Clear filters',
  causes: { schedule: 'Its time', event: 'Something happened', feed: 'The feed', person: 'A person' },
  // one run
  run: 'Run',
  story: 'What it decided',
  noSteps: 'Nothing is written down yet.',
  version: (n: number) => `version ${n}`,
  cancel: 'Cancel run',
  retry: 'Try again',
  cancelled: 'The run is cancelled. What it has written stays.',
  retried: 'It is tried again.',
  details: 'Details',
  rule: 'Rule',
  toRule: 'Open the rule',
  cause: 'Set off by',
  moment: 'For the moment',
  made: 'What it made',
  content: 'The content',
  post: 'The post',
  attempts: 'Tries',
  began: 'Began',
  ended: 'Ended',
  // sentences
  sentence: {
    every: (minutes: number) =>
      minutes % 1440 === 0
        ? `Every ${minutes === 1440 ? 'day' : `${minutes / 1440} days`}`
        : minutes % 60 === 0
          ? `Every ${minutes === 60 ? 'hour' : `${minutes / 60} hours`}`
          : `Every ${many(minutes, 'minute')}`,
    cron: (cron: string) => cronInWords(cron) ?? `Cron ${cron}`,
    rrule: (rrule: string, clock: string | undefined) => {
      const said = rruleInWords(rrule);
      if (!said) return rrule.replace(/^RRULE:/i, '');
      return clock ? `${said} at ${clock}` : said;
    },
    feed: (host: string) => `News of ${host}`,
  },
  keys: { next: 'Next', previous: 'Previous', open: 'Open it', make: 'New rule', toggle: 'Switch it on or off' },
  saveKey: 'Save the rule',
  tryKey: 'Try it out',
};
