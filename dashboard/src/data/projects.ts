import { queryOptions, useQuery } from '@tanstack/react-query';
import { allPages, api, dataOf, type Schemas } from '@/lib/api/client';
import { queryClient } from '@/lib/query-client';
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

/** Of these the chosen one; undefined: all of them. Where none was chosen, the first that there is. */
const chosenOf = (projects: Project[], chosen: string): Project | undefined =>
  chosen === allProjects ? undefined : (projects.find((each) => each.id === chosen) ?? projects.at(-1));

/** The project that is looked at; undefined: all of them. */
export const useProject = (): Project | undefined => chosenOf(useProjects(), useStore(chosenProjectStore));

/** Whether it is known which projects there are: what is of one is not asked for before, nor of all of them. */
export const useKnowsProjects = (): boolean => !useQuery(projectsQuery).isPending;

/** The same outside of a page, once it is known: for what is asked ahead of it. */
export const chosenProject = async (): Promise<Project | undefined> =>
  chosenOf(await queryClient.ensureQueryData(projectsQuery), chosenProjectStore.get());

/** The zone in which the page shows times: the project's, or with all projects one's own. */
export const useZone = (): string => useProject()?.time_zone ?? ownZone();

/** The zone of one project among many. */
export const useZoneOf = (): ((projectId: string) => string) => {
  const projects = useProjects();
  return (projectId) => projects.find((each) => each.id === projectId)?.time_zone ?? ownZone();
};
