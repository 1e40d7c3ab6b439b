/** Deletes a post: here, or also at the platforms. It says beforehand what will be deleted and what stays. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { PlatformMark } from '@/components/icons';
import { ErrorBox, Skeleton } from '@/components/states';
import { toast } from '@/components/toast';
import { useMay } from '@/data/people';
import { deletePost, titleOf, type Post } from '@/data/posts';
import { deleteEverywhere, publishedQuery, type Published } from '@/data/published';
import { commonStrings } from '@strings/common';
import { postStrings as words } from '@strings/post';
import { usePostCommands } from './commands';

const fateOf = (of: Published): string => {
  if (of.is_deleted) return words.fates.gone;
  if (of.can_delete) return words.fates.deleted;
  if (of.cannot_delete_because) return of.cannot_delete_because;
  return of.state === 'waiting' ? words.fates.cancelled : words.fates.nothing;
};

export const DeleteDialog = ({ post, onClose }: { post: Post; onClose: () => void }) => {
  const navigate = useNavigate();
  const mayPublish = useMay('publish_posts');
  const { refresh } = usePostCommands(post);
  const published = useQuery(publishedQuery(post.id));
  const left = () => {
    toast(words.deleted);
    void navigate({ to: '/app/posts' });
  };
  const here = useMutation({ mutationFn: () => deletePost(post.id), onSuccess: left, onSettled: refresh });
  const everywhere = useMutation({
    mutationFn: () => deleteEverywhere(post.id),
    onSuccess: (told) => {
      if (told.is_deleted) return left();
      toast(words.deletingThere);
      onClose();
    },
    onSettled: refresh,
  });
  const isAny = published.data?.some((each) => each.can_delete && each.channel_type !== 'website') ?? false;
  const problem = here.error ?? everywhere.error ?? published.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.deleteTitle(titleOf(post))}
      text={isAny ? words.deleteWhere : words.deleteText}
      actions={
        <>
          <Button onClick={onClose}>{words.keepIt}</Button>
          <Button kind={isAny && mayPublish ? 'quiet' : 'danger'} busy={here.isPending} onClick={() => here.mutate()}>
            {isAny ? words.deleteHere : words.deletePost}
          </Button>
          {isAny && mayPublish && (
            <Button kind="danger" busy={everywhere.isPending} onClick={() => everywhere.mutate()}>
              {words.deleteEverywhere}
            </Button>
          )}
        </>
      }
    >
      {published.isPending ? (
        <Skeleton rows={2} />
      ) : (
        <ul
          aria-label={commonStrings.list(published.data?.map((each) => each.channel_name) ?? [])}
          className="flex flex-col gap-2"
        >
          {published.data?.map((each) => (
            <li key={each.delivery_id} className="flex items-start gap-2">
              <PlatformMark of={each.channel_type} />
              <div className="min-w-0">
                <p className="break-words">{each.channel_name}</p>
                <p className="text-meta text-secondary">{fateOf(each)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {problem && <ErrorBox error={problem} className="mt-2" />}
    </Dialog>
  );
};
