import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '@/lib/problem';
import { makeStore } from '@/lib/store';

const tries_max = 2;

/** The company requires a second factor, and this person has none: the server refuses everything but setting one up. */
export const factorMissingStore = makeStore<boolean>(false);

const onError = (error: unknown) => {
  if (!(error instanceof Problem)) return;
  if (error.code === 'second_factor_missing') factorMissingStore.set(true);
  // What was shown by a code from a mail counts for ten minutes: then the page asks anew.
  if (error.code === 'mailed_code_required') void queryClient.invalidateQueries({ queryKey: ['second-factor'] });
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refused request would be refused again; an unanswered one may succeed next time.
      retry: (count, error) =>
        count < tries_max && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
