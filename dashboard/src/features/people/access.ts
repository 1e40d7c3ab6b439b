/** The selection: a project with all its channels (undefined) or with some. */
import type { Schemas } from '@/lib/api/client';

export type Granted = ReadonlyMap<string, ReadonlySet<string> | undefined>;

export const toggleProject = (granted: Granted, projectId: string): Granted => {
  const next = new Map(granted);
  if (next.has(projectId)) next.delete(projectId);
  else next.set(projectId, undefined);
  return next;
};

/**
 * Toggles one of the `all` channels of a project; all of them together mean the project itself, including later
 * channels.
 */
export const toggleChannel = (
  granted: Granted,
  projectId: string,
  channelId: string,
  all: readonly string[],
): Granted => {
  const before = granted.get(projectId) ?? new Set(all);
  const chosen = new Set(before);
  if (chosen.has(channelId)) chosen.delete(channelId);
  else chosen.add(channelId);
  const next = new Map(granted);
  if (chosen.size === 0) next.delete(projectId);
  else next.set(projectId, all.every((each) => chosen.has(each)) ? undefined : chosen);
  return next;
};

export const toGrants = (granted: Granted): Schemas['grant'][] =>
  [...granted].map(([project_id, channels]) => ({ project_id, channel_ids: channels ? [...channels] : null }));
