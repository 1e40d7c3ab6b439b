/** Which cached data an event makes outdated. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { addActivity, type Activity } from './activity';
import { queryKeys } from './keys';

/** The query keys that these events affect, each once. */
export const touchedBy = (events: Activity[]): QueryKey[] => {
  const touched = new Map<string, QueryKey>();
  const touch = (key: QueryKey) => touched.set(JSON.stringify(key), key);
  for (const { type, post_id: postId } of events) {
    if (postId) touch(queryKeys.post(postId));
    if (
      type.startsWith('Post') ||
      type.startsWith('Publish') ||
      type.startsWith('Lateness') ||
      type.startsWith('Delivery')
    ) {
      touch(queryKeys.posts);
      touch(queryKeys.deliveries);
      touch(queryKeys.simulation);
      touch(['channels']);
      touch(queryKeys.calendar);
    }
    if (type.startsWith('Publication')) {
      touch(queryKeys.posts);
      touch(queryKeys.publications);
    }
    if (type === 'PublishSucceeded') {
      touch(queryKeys.publications);
      touch(['analytics']);
    }
    if (type.startsWith('Account')) {
      touch(['connections']);
      touch(['channels']);
    }
    if (type.startsWith('Channel')) {
      touch(['channels']);
      touch(queryKeys.simulation);
      touch(queryKeys.deliveries);
    }
    if (type.startsWith('Engagement') || type.startsWith('Tracked') || type.startsWith('Page'))
      touch(queryKeys.engagement);
    if (type.startsWith('Campaign')) {
      touch(queryKeys.campaigns);
      touch(queryKeys.calendar);
    }
    if (type.startsWith('Template')) touch(queryKeys.templates);
    // Its blackout dates and quiet hours are drawn in the calendar, and hold back what is foretold.
    if (type.startsWith('Guardrails')) {
      touch(queryKeys.guardrails);
      touch(queryKeys.calendar);
      touch(queryKeys.simulation);
    }
    if (type.startsWith('Content') || type.startsWith('Approval')) {
      touch(queryKeys.content);
      touch(queryKeys.campaigns);
      touch(queryKeys.calendar);
    }
    if (type.startsWith('Run') || type.startsWith('Rule')) {
      touch(queryKeys.runs);
      touch(queryKeys.rules);
      touch(queryKeys.content);
    }
    // Its coming runs stand in the calendar and on its campaign's page, and lead to posts in what is foretold.
    if (type.startsWith('Rule')) {
      touch(queryKeys.campaigns);
      touch(queryKeys.calendar);
      touch(queryKeys.simulation);
    }
    if (type.startsWith('Project') || type.startsWith('Company')) {
      touch(queryKeys.projects);
      touch(queryKeys.company);
      touch(queryKeys.simulation);
    }
  }
  return [...touched.values()];
};

/** One rendering for any number of events. */
export const applyEvents = (client: QueryClient, events: Activity[]): void => {
  addActivity(client, events);
  for (const queryKey of touchedBy(events)) void client.invalidateQueries({ queryKey });
};
