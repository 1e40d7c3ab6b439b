import { QueryClient } from '@tanstack/react-query';
import { Problem } from '@/lib/problem';

const tries_max = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused it refuses again; what it did not answer it may answer next time.
      retry: (count, error) =>
        count < tries_max && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
