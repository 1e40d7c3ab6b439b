import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { queryKeys } from './keys';

export type Simulation = Schemas['simulation_answer'];
export type SimulatedDelivery = Schemas['simulated_delivery'];
export type SimulatedRun = Schemas['simulated_rule_run'];

/** What would go out when, of one project. */
export const simulate = (
  projectId: string,
  body: Schemas['simulate_request'],
  signal?: AbortSignal,
): Promise<Simulation> =>
  dataOf(api.POST('/projects/{id}/simulate', { params: { path: { id: projectId } }, body, signal }));

/** The next `hours` of the existing posts; refetched with every change. */
export const comingQuery = (projectId: string | undefined, from: number, hours: number) =>
  queryOptions({
    queryKey: [...queryKeys.simulation, projectId ?? '', from, hours],
    enabled: projectId !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const found = await simulate(
        projectId ?? '',
        { from: new Date(from).toISOString(), to: new Date(from + hours * 3_600_000).toISOString() },
        signal,
      );
      // Posts that rules would write do not exist yet, so they cannot be opened.
      return { ...found, deliveries: found.deliveries.filter((each) => !each.rule_id) };
    },
  });
