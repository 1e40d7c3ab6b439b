import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { activityQuery, addActivity, concernsMe, type Activity } from './activity';
import { touchedBy } from './live-effects';

const event = (id: number, more: Partial<Activity> = {}): Activity => ({
  id,
  at: '2026-11-28T23:00:00Z',
  type: 'PublishSucceeded',
  message: '',
  project_id: 'p',
  post_id: 'post',
  delivery_id: null,
  channel_id: null,
  by: null,
  metadata_json: {},
  ...more,
});

it('events stand once each, newest first, and only in the lists of their project', () => {
  const client = new QueryClient();
  client.setQueryData(activityQuery('p').queryKey, [event(2)]);
  client.setQueryData(activityQuery('q').queryKey, []);
  client.setQueryData(activityQuery().queryKey, []);
  addActivity(client, [event(2), event(3), event(4, { project_id: null })]);
  const ids = (projectId?: string) => client.getQueryData(activityQuery(projectId).queryKey)?.map((each) => each.id);
  expect(ids('p')).toEqual([4, 3, 2]);
  expect(ids('q')).toEqual([4]);
  expect(ids()).toEqual([4, 3, 2]);
});

it('five hundred events of one post touch each part of the cache once', () => {
  const touched = touchedBy(Array.from({ length: 500 }, (_, id) => event(id)));
  expect(new Set(touched.map((each) => JSON.stringify(each))).size).toBe(touched.length);
  expect(touched).toContainEqual(['post', 'post']);
  expect(touched.length).toBeLessThan(12);
});

it('a pause touches what says whether something is paused', () => {
  expect(touchedBy([event(1, { type: 'ProjectPaused', post_id: null })])).toContainEqual(['projects']);
  expect(touchedBy([event(1, { type: 'SomethingNew', post_id: null })])).toEqual([]);
});

it('only what waits for somebody or went wrong is worth a notice', () => {
  expect(concernsMe(event(1))).toBe(false);
  expect(concernsMe(event(1, { type: 'PublishUnconfirmed' }))).toBe(true);
});

it('what a rule, the guardrails, an approval, the website or a login tells reaches the pages that show it', () => {
  const keysOf = (type: string) => touchedBy([event(1, { type })]).map(([first]) => first);
  expect(keysOf('RuleStopped')).toContain('rules');
  expect(keysOf('GuardrailsOverridden')).toEqual(expect.arrayContaining(['guardrails', 'post']));
  expect(keysOf('ApprovalEscalated')).toContain('content');
  for (const type of ['PublicationCorrected', 'PublicationWithdrawn', 'PublicationDeleted', 'PublicationEdited'])
    expect(keysOf(type)).toEqual(expect.arrayContaining(['post', 'posts', 'publications']));
  for (const type of ['AccountDisconnected', 'AccountRevoked', 'AccountNotRevoked'])
    expect(keysOf(type)).toEqual(expect.arrayContaining(['connections', 'channels']));
});

it('what somebody makes, changes or removes of rules, templates and guardrails reaches every page that shows it', () => {
  const keysOf = (type: string) => touchedBy([event(1, { type, post_id: null })]).map(([first]) => first);
  for (const what of ['Created', 'Changed', 'Removed']) expect(keysOf(`Template${what}`)).toEqual(['templates']);
  // Its coming runs stand in the calendar and on its campaign's page, too, and lead to posts in what is foretold.
  for (const what of ['Created', 'Changed', 'SwitchedOn', 'SwitchedOff', 'Stopped', 'Removed'])
    expect(keysOf(`Rule${what}`)).toEqual(expect.arrayContaining(['rules', 'campaigns', 'calendar', 'simulation']));
  // Blackout dates and quiet hours are drawn in the calendar.
  expect(keysOf('GuardrailsChanged')).toEqual(expect.arrayContaining(['guardrails', 'calendar', 'simulation']));
  for (const type of ['ContentScheduled', 'CampaignPaused']) expect(keysOf(type)).toContain('calendar');
});
