import { queryOptions, useQuery } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { makeKeptStore, useStore } from '@/lib/store';
import { ownZone } from '@/lib/time/format';
import { queryKeys } from './keys';

export type Project = Schemas['project'];

export const projectsQuery = queryOptions({
  queryKey: queryKeys.projects,
  queryFn: ({ signal }) =>
    allPages((cursor) => dataOf(api.GET('/projects', { params: { query: { limit: 100, cursor } }, signal }))),
  staleTime: 30_000,
});

export const allProjects = 'all';

/** The project that is looked at, by its id; `all`; empty: not chosen yet. */
export const chosenProjectStore = makeKeptStore<string>('pulse-project', '');

export const useProjects = (): Project[] => useQuery(projectsQuery).data ?? [];

/** The chosen project; undefined: all of them. Where none was chosen, the first that there is. */
export const useProject = (): Project | undefined => {
  const projects = useProjects();
  const chosen = useStore(chosenProjectStore);
  if (chosen === allProjects) return undefined;
  return projects.find((each) => each.id === chosen) ?? projects.at(-1);
};

/** The zone in which the page shows times: the project's, or with all projects one's own. */
export const useZone = (): string => useProject()?.time_zone ?? ownZone();

/** The zone of one project among many. */
export const useZoneOf = (): ((projectId: string) => string) => {
  const projects = useProjects();
  return (projectId) => projects.find((each) => each.id === projectId)?.time_zone ?? ownZone();
};
