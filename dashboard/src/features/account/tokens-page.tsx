/** Tokens for scripts: shown once, limited in scope and time. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { OnceShown } from '@/components/once-shown';
import { Card } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useProjects } from '@/data/projects';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { useKeys } from '@/lib/keys';
import { accountStrings as words } from '@strings/account';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { wordsOfRight } from '@strings/rights';
import { AccountPage } from './account-page';
import { TokenForm } from './token-form';

type Token = Schemas['api_token'];

const tokensQuery = queryOptions({
  queryKey: queryKeys.tokens,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/auth/tokens', { signal }))).items,
});

const TokenRow = ({ token, onRevoke }: { token: Token; onRevoke: () => void }) => {
  const projects = useProjects();
  const where =
    token.project_ids.length === 0
      ? words.allProjects
      : commonStrings.list(
          token.project_ids.map((id) => projects.find((each) => each.id === id)?.name ?? words.projectGone),
        );
  return (
    <li
      data-token={token.name}
      className="flex items-start gap-3 border-t border-line-subtle px-3 py-2.5 first:border-t-0"
    >
      <KeyRound size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-muted" />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-name break-words">{token.name}</span>
          <code className="font-mono text-meta text-muted">{words.endsWith(token.ends_with)}</code>
        </span>
        <span className="block text-secondary">{token.scopes.map(wordsOfRight).join(' · ')}</span>
        <span className="block text-meta text-muted">
          {where}
          {' · '}
          {words.goodUntil} <Time at={token.expires_at} as="day" />
          {' · '}
          {token.last_used_at ? (
            <>
              {words.lastUsed} <Time at={token.last_used_at} as="smart" />{' '}
              {token.last_used_address && words.from(token.last_used_address)}
            </>
          ) : (
            words.neverUsed
          )}
        </span>
      </span>
      <Button size="small" aria-label={words.revokeNamed(token.name)} onClick={onRevoke}>
        {words.revoke}
      </Button>
    </li>
  );
};

const NewTokenDialog = ({ onClose }: { onClose: () => void }) => {
  const [made, setMade] = useState<Schemas['made_api_token']>();
  return (
    <Dialog
      open
      wide={!made}
      onOpenChange={(open) => !open && onClose()}
      title={words.newToken}
      text={made ? undefined : words.newTokenText}
      actions={
        made && (
          <Button kind="primary" onClick={onClose} autoFocus>
            {words.keptIt}
          </Button>
        )
      }
    >
      {made ? (
        <OnceShown title={words.tokenMade(made.details.name)} secret={made.token}>
          {words.tokenOnce}
        </OnceShown>
      ) : (
        <TokenForm onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  );
};

export const TokensPage = () => {
  const client = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const [isMaking, setMaking] = useState(false);
  const [asked, setAsked] = useState<Token>();
  const settled = () => client.invalidateQueries({ queryKey: queryKeys.tokens });
  const revoke = useMutation({
    mutationFn: (token: Token) => dataOf(api.DELETE('/auth/tokens/{id}', { params: { path: { id: token.id } } })),
    onSuccess: (_, token) => toast(words.tokenRevoked(token.name)),
    onError: toastError,
    onSettled: settled,
  });
  const open = () => setMaking(true);
  useKeys([{ key: 'n', label: words.newToken, group: frameStrings.keysPage, run: open }]);
  const newToken = (
    <Button kind="primary" icon={Plus} onClick={open} className="self-start">
      {words.newToken}
    </Button>
  );
  return (
    <AccountPage title={words.tokensShort}>
      <p className="-mb-2 text-secondary">{words.tokensText}</p>
      <Loaded query={tokens} what={words.tokens}>
        {(list) =>
          list.length === 0 ? (
            <Empty action={newToken}>{words.noTokens}</Empty>
          ) : (
            <>
              <Card>
                <ul aria-label={words.tokens}>
                  {list.map((each) => (
                    <TokenRow key={each.id} token={each} onRevoke={() => setAsked(each)} />
                  ))}
                </ul>
              </Card>
              {newToken}
            </>
          )
        }
      </Loaded>
      {isMaking && (
        <NewTokenDialog
          onClose={() => {
            setMaking(false);
            void settled();
          }}
        />
      )}
      {asked && (
        <Confirm
          open
          onOpenChange={(isOpen) => !isOpen && setAsked(undefined)}
          title={words.revokeTitle(asked.name)}
          text={words.revokeText}
          action={words.revokeToken}
          keep={words.keepToken}
          onConfirm={() => revoke.mutate(asked)}
        />
      )}
    </AccountPage>
  );
};
