/** A published post: its figures, and its requests at the platform. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { MessageSquareReply, Pencil } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { ErrorBox } from '@/components/states';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import type { Delivery } from '@/data/deliveries';
import { useMay } from '@/data/people';
import type { Post } from '@/data/posts';
import {
  editPublication,
  metricsQuery,
  publishedQuery,
  sendCommentAgain,
  type Measured,
  type Published,
} from '@/data/published';
import { commonStrings } from '@strings/common';
import { platformNames } from '@strings/platforms';
import { postStrings as words } from '@strings/post';
import { usePostCommands } from './commands';

const figures = ['likes', 'comments', 'shares', 'views'] as const;

const Reactions = ({ of, zone }: { of: Measured; zone: string }) => {
  const told = figures.filter((each) => of[each] !== null);
  return (
    <section aria-label={words.reactions} className="flex flex-col gap-1.5">
      <h3 className="text-secondary">{words.reactions}</h3>
      {told.length > 0 && (
        <dl className="flex flex-wrap gap-x-6 gap-y-1">
          {told.map((each) => (
            <div key={each}>
              <dt className="text-meta text-muted">{words.figuresOf[each]}</dt>
              <dd className="text-lead font-heading tabular-nums">{of[each]?.toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-meta text-muted">
        {of.counted_at ? (
          <>
            {words.countedAt} <Time at={of.counted_at} zone={zone} as="smart" />
          </>
        ) : (
          words.notCounted
        )}
        {of.stopped_because && ` ${of.stopped_because}`}
      </p>
    </section>
  );
};

const changeText = (of: Published): string | undefined => {
  if (of.is_deleted) return words.isDeletedThere;
  if (!of.change) return undefined;
  const tells = words.changes[of.change];
  if (of.change_state === 'failed') return `${tells.failed} ${of.reason ?? ''}`;
  if (of.change_state === 'done') return tells.done;
  return of.reason ? `${tells.waits} ${of.reason}` : tells.waits;
};

const EditDialog = ({ post, of, onClose }: { post: Post; of: Published; onClose: () => void }) => {
  const { refresh } = usePostCommands(post);
  const field = useId();
  const own = post.variants.find((each) => each.platform === of.channel_type)?.text ?? post.text;
  const [text, setText] = useState(of.change === 'edit' && of.text ? of.text : own);
  const edit = useMutation({
    mutationFn: () => editPublication(of.delivery_id, text),
    onSuccess: () => {
      toast(words.editAsked);
      onClose();
    },
    onSettled: refresh,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.editThere(platformNames[of.channel_type])}
      text={words.editThereText}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button kind="primary" disabled={!text.trim()} busy={edit.isPending} onClick={() => edit.mutate()}>
            {words.saveThere}
          </Button>
        </>
      }
    >
      <label htmlFor={field} className="sr-only">
        {words.newWords}
      </label>
      <textarea
        id={field}
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="w-full rounded-control border border-control bg-surface p-2"
      />
      {edit.error && <ErrorBox error={edit.error} className="mt-2" />}
    </Dialog>
  );
};

const CommentAgain = ({ post, of }: { post: Post; of: Published }) => {
  const { command } = usePostCommands(post);
  const send = useMutation(command(() => sendCommentAgain(of.delivery_id), words.commentAsked));
  return (
    <Button icon={MessageSquareReply} busy={send.isPending} onClick={() => send.mutate(undefined)}>
      {words.commentAgain}
    </Button>
  );
};

export const After = ({ post, chosen, zone }: { post: Post; chosen: Delivery; zone: string }) => {
  const mayPublish = useMay('publish_posts');
  const [isEditing, setEditing] = useState(false);
  const published = useQuery(publishedQuery(post.id)).data?.find((each) => each.delivery_id === chosen.id);
  const measured = useQuery(metricsQuery(post.id)).data?.find((each) => each.delivery_id === chosen.id);
  const told = published && changeText(published);
  const mayEdit = mayPublish && published?.can_edit;
  const mayComment = mayPublish && published?.can_comment;
  if (!told && !measured && !mayEdit && !mayComment) return null;
  return (
    <div className="flex flex-col gap-3 border-t border-line-subtle pt-3">
      {told && <p role="status">{told}</p>}
      {measured && <Reactions of={measured} zone={zone} />}
      {(mayEdit || mayComment) && (
        <div className="flex flex-wrap gap-2">
          {mayComment && published && <CommentAgain post={post} of={published} />}
          {mayEdit && (
            <Button icon={Pencil} onClick={() => setEditing(true)}>
              {words.editThere(platformNames[chosen.channel_type])}
            </Button>
          )}
        </div>
      )}
      {isEditing && published && <EditDialog post={post} of={published} onClose={() => setEditing(false)} />}
    </div>
  );
};
