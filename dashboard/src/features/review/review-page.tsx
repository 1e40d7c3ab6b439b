/**
 * A review link's page for somebody without an account: one item, its comments, and the decision if the link allows it.
 */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '@/components/avatar';
import { Button } from '@/components/button';
import { ContentWords } from '@/components/content-words';
import { Dialog } from '@/components/dialog';
import { TextArea } from '@/components/field';
import { LinkPage, OwnTime } from '@/components/link-page';
import { Card } from '@/components/page';
import { ErrorBox } from '@/components/states';
import { Status } from '@/components/status';
import { toast } from '@/components/toast';
import type { paths } from '@/lib/api/schema';
import { askByLink, useSecret } from '@/lib/secret-link';
import { commonStrings } from '@strings/common';
import { reviewStrings as words } from '@strings/review';

type Review = paths['/review/{secret}']['get']['responses'][200]['content']['application/json'];

// It uses no session: the link is enough, and a signed-in member does not decide as a member here.
const ask = async (secret: string, path: string, body?: object): Promise<Review> =>
  (await askByLink(`/review/${encodeURIComponent(secret)}${path}`, body)) as Review;

const reviewQuery = (secret: string) =>
  queryOptions({ queryKey: ['review', secret], queryFn: () => ask(secret, ''), retry: false });

const Decide = ({ of, secret, onDone }: { of: Review; secret: string; onDone: () => void }) => {
  const client = useQueryClient();
  const [isRejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: (why?: string) =>
      why === undefined
        ? ask(secret, '/approve', { version: of.version })
        : ask(secret, '/reject', { version: of.version, reason: why }),
    onSuccess: (now) => {
      client.setQueryData(['review', secret], now);
      setRejecting(false);
      onDone();
      toast(words.thanks);
    },
    onError: () => client.invalidateQueries({ queryKey: ['review', secret] }),
  });
  return (
    <div className="flex flex-col gap-3">
      <p className="text-secondary">{words.waits}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon={Check}
          busy={decide.isPending}
          onClick={() => decide.mutate(undefined)}
          className="max-tablet:flex-2"
        >
          {words.approve}
        </Button>
        <Button icon={Undo2} onClick={() => setRejecting(true)} className="max-tablet:flex-1">
          {words.reject}
        </Button>
      </div>
      {decide.error && !isRejecting && <ErrorBox error={decide.error} />}
      {isRejecting && (
        <Dialog
          open
          onOpenChange={setRejecting}
          title={words.rejectTitle}
          text={words.rejectText}
          actions={
            <>
              <Button onClick={() => setRejecting(false)}>{commonStrings.cancel}</Button>
              <Button
                kind="danger"
                disabled={!reason.trim()}
                busy={decide.isPending}
                onClick={() => decide.mutate(reason.trim())}
              >
                {words.reject}
              </Button>
            </>
          }
        >
          <TextArea
            label={words.reason}
            autoFocus
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {decide.error && <ErrorBox error={decide.error} className="mt-3" />}
        </Dialog>
      )}
    </div>
  );
};

const Comments = ({ of, secret }: { of: Review; secret: string }) => {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () => ask(secret, '/comments', { text: text.trim() }),
    onSuccess: (now) => {
      client.setQueryData(['review', secret], now);
      setText('');
    },
  });
  return (
    <section aria-label={words.comments} className="flex flex-col gap-3">
      <h2 className="font-heading">{words.comments}</h2>
      {of.comments.length === 0 && <p className="text-secondary">{words.noComments}</p>}
      <ul className="flex flex-col gap-3">
        {of.comments.map((each, index) => (
          <li key={`${each.created_at} ${index}`} className="flex gap-2.5" data-comment>
            <Avatar name={each.by} />
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-name">{each.by}</span>
                <span className="text-meta text-muted">
                  <OwnTime at={each.created_at} />
                </span>
              </p>
              <p className="break-words whitespace-pre-wrap">{each.text}</p>
            </div>
          </li>
        ))}
      </ul>
      <TextArea
        label={words.comment}
        rows={2}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {send.error && <ErrorBox error={send.error} />}
      <Button className="self-start" disabled={!text.trim()} busy={send.isPending} onClick={() => send.mutate()}>
        {words.send}
      </Button>
    </section>
  );
};

/** The item's state, if there is nothing to decide. */
const stands = (of: Review, hasDecided: boolean): string => {
  switch (of.state) {
    case 'approved':
      return words.approved;
    case 'rejected':
      return words.rejected;
    case 'scheduled':
      return words.goesOut;
    case 'published':
      return words.isOut;
    case 'pending_approval':
      return hasDecided ? words.waitsForOthers : words.reads;
    case 'draft':
      return words.reads;
  }
};

const Item = ({ of, secret }: { of: Review; secret: string }) => {
  const [hasDecided, setDecided] = useState(false);
  return (
    <>
      <div className="flex flex-col gap-1">
        <p className="text-secondary">
          {words.from(of.project_name)} · {words.forWhom(of.reviewer)}
        </p>
        <div className="flex flex-wrap items-center gap-2.5">
          <h1 className="text-title font-heading">{of.title || words.title}</h1>
          <Status of="content" state={of.state} />
        </div>
        <p className="flex flex-wrap gap-x-3 text-meta text-muted">
          <span>{words.version(of.version)}</span>
          {of.scheduled_at && (
            <span>
              {words.planned} <OwnTime at={of.scheduled_at} />
            </span>
          )}
          <span>
            {words.until} <OwnTime at={of.expires_at} />
          </span>
        </p>
      </div>
      <Card className="flex flex-col gap-3 px-4 py-4">
        <ContentWords of={of} />
      </Card>
      {of.may_decide ? (
        <Decide of={of} secret={secret} onDone={() => setDecided(true)} />
      ) : (
        <p className="text-secondary">{stands(of, hasDecided)}</p>
      )}
      <Comments of={of} secret={secret} />
    </>
  );
};

export const ReviewPage = () => {
  const secret = useSecret();
  const { data, error } = useQuery({ ...reviewQuery(secret), enabled: secret !== '' });
  return (
    <LinkPage words={words} secret={secret} error={error}>
      {data && <Item key={secret} of={data} secret={secret} />}
    </LinkPage>
  );
};
