/** A confirmation link's page, without a session: the one like or comment that waits, and the two answers. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, ExternalLink, SkipForward } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { TextArea } from '@/components/field';
import { LinkPage, OwnTime } from '@/components/link-page';
import { Card } from '@/components/page';
import { ErrorBox } from '@/components/states';
import type { paths } from '@/lib/api/schema';
import { askByLink, useSecret } from '@/lib/secret-link';
import { confirmStrings as words } from '@strings/confirm';

type Act = paths['/confirmation-links/{secret}']['get']['responses'][200]['content']['application/json'];

const comment_most = 1250;

// Without a session, so that the link's member answers, not somebody who happens to be signed in here. Opening it is a
// GET and changes nothing: a mail scanner that opens the address, and even runs this page, confirms nothing.
const ask = async (secret: string, path: '' | '/confirm' | '/skip', body?: object): Promise<Act> =>
  (await askByLink(`/confirmation-links/${encodeURIComponent(secret)}${path}`, path ? (body ?? {}) : undefined)) as Act;

const actQuery = (secret: string) =>
  queryOptions({ queryKey: ['confirmation', secret], queryFn: () => ask(secret, ''), retry: false });

/** The outcome, if there is nothing left to decide. */
const stands = (of: Act): string => {
  if (of.state === 'queued' || of.state === 'sending' || of.state === 'completed') return words.confirmed;
  return of.state === 'skipped' ? words.skipped : words.over;
};

const Answer = ({ of, secret }: { of: Act; secret: string }) => {
  const client = useQueryClient();
  const [text, setText] = useState(of.text);
  const isComment = of.kind === 'comment';
  const say = useMutation({
    mutationFn: (word: '/confirm' | '/skip') =>
      ask(secret, word, word === '/confirm' && isComment ? { text: text.trim() } : {}),
    onSuccess: (now) => client.setQueryData(['confirmation', secret], now),
    onError: () => client.invalidateQueries({ queryKey: ['confirmation', secret] }),
  });
  return (
    <div className="flex flex-col gap-3">
      {isComment && (
        <TextArea
          label={words.words}
          rows={4}
          maxLength={comment_most}
          value={text}
          help={text.trim() ? undefined : words.noWords}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {say.error && <ErrorBox error={say.error} />}
      <div className="flex gap-2">
        <Button
          icon={SkipForward}
          busy={say.isPending && say.variables === '/skip'}
          disabled={say.isPending}
          onClick={() => say.mutate('/skip')}
          className="max-tablet:h-11 max-tablet:flex-1"
        >
          {words.skip}
        </Button>
        <Button
          kind="primary"
          icon={Check}
          busy={say.isPending && say.variables === '/confirm'}
          disabled={say.isPending || (isComment && !text.trim())}
          onClick={() => say.mutate('/confirm')}
          className="max-tablet:h-11 max-tablet:flex-2"
        >
          {words.confirm}
        </Button>
      </div>
      <p className="text-meta text-muted">{words.private}</p>
    </div>
  );
};

const OneAct = ({ of, secret }: { of: Act; secret: string }) => (
  <>
    <div className="flex flex-col gap-1">
      <p className="text-secondary">{words.forWhom(of.member_name)}</p>
      <h1 className="text-title font-heading break-words">
        {of.kind === 'like' ? words.like(of.page_name) : words.comment(of.page_name)}
      </h1>
      <p className="flex flex-wrap gap-x-3 text-meta text-muted">
        {of.is_open && (
          <span>
            {words.goesOut} <OwnTime at={of.not_before} />
          </span>
        )}
        <span>
          {words.until} <OwnTime at={of.expires_at} />
        </span>
      </p>
    </div>
    <Card className="flex flex-col gap-3 px-4 py-4">
      {of.post_title && of.post_title.trim() !== of.post_text.trim() && (
        <p className="font-name break-words">{of.post_title}</p>
      )}
      {of.post_text && <p className="break-words whitespace-pre-line text-secondary">{of.post_text}</p>}
      {of.post_url && (
        <a
          href={of.post_url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-6.5 items-center gap-1 text-meta text-accent-text underline-offset-2 hover:underline max-tablet:min-h-11"
        >
          <ExternalLink size={14} strokeWidth={1.75} aria-hidden />
          {words.openThere}
        </a>
      )}
    </Card>
    {of.is_open ? (
      <>
        <p className="text-secondary">{words.notBefore}</p>
        <Answer of={of} secret={secret} />
      </>
    ) : (
      <>
        <p role="status" className="font-name">
          {stands(of)}
        </p>
        {of.kind === 'comment' && of.text && <p className="break-words whitespace-pre-line">{of.text}</p>}
      </>
    )}
  </>
);

export const ConfirmPage = () => {
  const secret = useSecret();
  const { data, error } = useQuery({ ...actQuery(secret), enabled: secret !== '' });
  return (
    <LinkPage words={words} secret={secret} error={error}>
      {data && <OneAct key={secret} of={data} secret={secret} />}
    </LinkPage>
  );
};
