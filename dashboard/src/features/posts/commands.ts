/** After every command on a post: refetches what it affects, and reports an error. */
import { useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import type { Post } from '@/data/posts';

export const usePostCommands = (post: Post) => {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.post(post.id) }),
      client.invalidateQueries({ queryKey: queryKeys.posts }),
      client.invalidateQueries({ queryKey: queryKeys.deliveries }),
      client.invalidateQueries({ queryKey: queryKeys.simulation }),
    ]);
  const command = <T>(run: (input: T) => Promise<unknown>, told?: string) => ({
    mutationFn: run,
    onSuccess: () => told && toast(told),
    onError: toastError,
    onSettled: refresh,
  });
  return { refresh, command };
};
