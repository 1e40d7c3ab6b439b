/** What a link for review shows somebody without an account: one item, its comments, and the decision where the link lets them. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity, Check, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Avatar } from '@/components/avatar';
import { Button } from '@/components/button';
import { ContentWords } from '@/components/content-words';
import { Dialog } from '@/components/dialog';
import { TextArea } from '@/components/field';
import { Card } from '@/components/page';
import { ErrorBox, Skeleton } from '@/components/states';
import { Status } from '@/components/status';
import { toast } from '@/components/toast';
import { apiBase } from '@/config/env';
import type { paths } from '@/lib/api/schema';
import { serverNow } from '@/lib/clock';
import { asProblem, toProblem, unreachable } from '@/lib/problem';
import { momentOf, ownZone, zoneName } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { reviewStrings as words } from '@strings/review';

type Review = paths['/review/{secret}']['get']['responses'][200]['content']['application/json'];

// No session is asked for: who has the link needs none, and whoever has one does not decide here as a member.
const ask = async (secret: string, path: string, body?: object): Promise<Review> => {
  const response = await fetch(`${apiBase}/review/${encodeURIComponent(secret)}${path}`, {
    method: body ? 'POST' : 'GET',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw unreachable();
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toProblem(response, answer);
  return answer as Review;
};

const reviewQuery = (secret: string) =>
  queryOptions({ queryKey: ['review', secret], queryFn: () => ask(secret, ''), retry: false });

const useSecret = (): string => {
  const read = () => new URLSearchParams(location.hash.slice(1)).get('secret') ?? '';
  const [secret, setSecret] = useState(read);
  useEffect(() => {
    const listen = () => setSecret(read());
    addEventListener('hashchange', listen);
    return () => removeEventListener('hashchange', listen);
  }, []);
  return secret;
};

const At = ({ at }: { at: string }) => (
  <time dateTime={at} className="whitespace-nowrap">
    {momentOf(at, ownZone(), serverNow())} {zoneName(at, ownZone())}
  </time>
);

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
        <Button kind="primary" icon={Check} busy={decide.isPending} onClick={() => decide.mutate(undefined)}>
          {words.approve}
        </Button>
        <Button icon={Undo2} onClick={() => setRejecting(true)}>
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
                  <At at={each.created_at} />
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

/** What has become of it, where there is nothing to decide. */
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
              {words.planned} <At at={of.scheduled_at} />
            </span>
          )}
          <span>
            {words.until} <At at={of.expires_at} />
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
  useEffect(() => {
    document.title = `${words.title} · ${frameStrings.product}`;
  }, []);
  const isGone = error && asProblem(error).status === 404;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col gap-6 px-4 py-8">
      <p className="flex items-center gap-2 font-heading">
        <span
          className="inline-flex size-6.5 items-center justify-center rounded-control bg-text text-surface"
          aria-hidden
        >
          <Activity size={16} strokeWidth={2} />
        </span>
        {frameStrings.product}
      </p>
      {data && !isGone ? (
        <Item of={data} secret={secret} />
      ) : (
        <>
          <h1 className="text-title font-heading">{words.title}</h1>
          {secret === '' ? (
            <p className="text-secondary">{words.noLink}</p>
          ) : isGone ? (
            <p className="text-secondary">{words.gone}</p>
          ) : error ? (
            <ErrorBox error={error} />
          ) : (
            <Skeleton rows={3} />
          )}
        </>
      )}
    </main>
  );
};
