import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
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

/** The id of the current project; `all`; empty: none chosen yet. */
export const chosenProjectStore = makeKeptStore<string>('pulse-project', '');

export const useProjects = (): Project[] => useQuery(projectsQuery).data ?? [];

/** The chosen project among these; undefined: all of them. If none was chosen, the first one. */
const chosenOf = (projects: Project[], chosen: string): Project | undefined =>
  chosen === allProjects ? undefined : (projects.find((each) => each.id === chosen) ?? projects.at(-1));

/** The current project; undefined: all. */
export const useProject = (): Project | undefined => chosenOf(useProjects(), useStore(chosenProjectStore));

/** Whether the projects are loaded: before that, neither a project's data nor everything is requested. */
export const useKnowsProjects = (): boolean => !useQuery(projectsQuery).isPending;

/** The same outside of a page, for data that is requested before it. */
export const chosenProject = async (): Promise<Project | undefined> =>
  chosenOf(await queryClient.ensureQueryData(projectsQuery), chosenProjectStore.get());

/** The zone of the page's times: the project's, or my own with all projects. */
export const useZone = (): string => useProject()?.time_zone ?? ownZone();

/** The zone of one project among many; the same function until the projects change. */
export const useZoneOf = (): ((projectId: string) => string) => {
  const { data: projects } = useQuery(projectsQuery);
  return useCallback((projectId) => projects?.find((each) => each.id === projectId)?.time_zone ?? ownZone(), [projects]);
};
