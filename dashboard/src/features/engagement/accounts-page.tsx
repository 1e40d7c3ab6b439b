/** My own accounts: my likes and comments go out as these. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/dialog';
import { MayNot } from '@/components/may-not';
import { CopyButton } from '@/components/once-shown';
import { Card, Page, Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMe } from '@/data/people';
import { apiBase } from '@/config/env';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { engagementStrings as words } from '@strings/engagement';
import { BrowserSession } from './browser-session';
import { integrationState, isOwnProvider, ownFirst, type OwnProvider } from './integrations';
import { EngagementNav } from './engagement-nav';

type Integration = Schemas['integration'];

const statusQuery = queryOptions({
  queryKey: [...queryKeys.engagement, 'integrations'],
  queryFn: ({ signal }) => dataOf(api.GET('/integrations/status', { signal })),
});

const leaving: Record<OwnProvider, () => Promise<Schemas['oauth_start']>> = {
  linkedin: () => dataOf(api.GET('/integrations/linkedin/auth-url')),
  meta: () => dataOf(api.GET('/integrations/meta/auth-url')),
};
const forgetting: Record<OwnProvider, () => Promise<unknown>> = {
  linkedin: () => dataOf(api.DELETE('/integrations/linkedin')),
  meta: () => dataOf(api.DELETE('/integrations/meta')),
};

const nameOf = (provider: string): string => words.providers[provider] ?? provider;

const AccountRow = ({ of, way }: { of: Integration & { provider: OwnProvider }; way: Schemas['act_way'] | null }) => {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const name = nameOf(of.provider);
  const state = integrationState(of, Date.now());
  const leave = useMutation({
    mutationFn: () => leaving[of.provider](),
    onSuccess: ({ authorization_url: url }) => window.location.assign(url),
    onError: toastError,
  });
  const forget = useMutation({
    mutationFn: () => forgetting[of.provider](),
    onSuccess: () => toast(words.disconnected(name)),
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.engagement }),
  });
  const isThere = of.is_connected || of.needs_reconnect;
  const without = way === 'browser' ? words.elseByBrowser : words.needsLinkedIn;
  return (
    <li
      data-account={of.provider}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line-subtle px-4 py-3 first:border-t-0"
    >
      <span className="min-w-0 flex-1 basis-64">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-name">{name}</span>
          <Status of="integration" state={state} />
        </span>
        <span className="block text-meta text-secondary">
          {of.problem ?? of.name ?? (of.provider === 'linkedin' ? without : words.notUsed)}
          {of.is_connected && of.expires_at && (
            <>
              {' · '}
              {words.accessEnds} <Time at={of.expires_at} as="day" />
            </>
          )}
        </span>
      </span>
      <span className="flex gap-2">
        {isThere && (
          <Button kind="ghost" busy={forget.isPending} onClick={() => setAsking(true)}>
            {words.disconnect}
          </Button>
        )}
        {(!isThere || of.needs_reconnect) && (
          <Button
            kind={of.provider === 'linkedin' ? 'primary' : 'quiet'}
            busy={leave.isPending || leave.isSuccess}
            aria-label={words.connectNamed(name)}
            onClick={() => leave.mutate()}
          >
            {of.needs_reconnect ? words.reconnect : words.connect}
          </Button>
        )}
      </span>
      {isAsking && (
        <Confirm
          open
          onOpenChange={setAsking}
          title={words.disconnectTitle(name)}
          text={words.disconnectText}
          action={words.disconnect}
          keep={words.keepConnected}
          onConfirm={() => forget.mutate()}
        />
      )}
    </li>
  );
};

/** The address for links from a program in a WhatsApp group. */
const WhatsAppLinks = ({ companyId }: { companyId: string }) => {
  const address = new URL(`${apiBase}/webhooks/whatsapp-link`, window.location.href).href;
  const facts: [string, string][] = [
    [words.whatsappAddress, address],
    [words.whatsappCompany, companyId],
  ];
  return (
    <Section title={words.whatsapp}>
      <p className="max-w-prose text-secondary">{words.whatsappText}</p>
      <dl className="flex flex-col gap-2">
        {facts.map(([label, value]) => (
          <div key={label} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <dt className="w-28 text-meta text-muted">{label}</dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-2">
              <code className="font-mono text-meta break-all">{value}</code>
              <CopyButton text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
};

/** The result of connecting at a platform's page, shown once. */
const useWayBack = () => {
  const { result } = useSearch({ from: '/app/engagement/accounts' });
  const navigate = useNavigate();
  const client = useQueryClient();
  useEffect(() => {
    if (!result) return;
    if (result === 'connected') toast(words.cameBack.connected);
    else toastError(new Error(result === 'denied' ? words.cameBack.denied : words.cameBack.error));
    void client.invalidateQueries({ queryKey: statusQuery.queryKey });
    void navigate({ to: '/app/engagement/accounts', search: {}, replace: true });
  }, [result, navigate, client]);
};

export const EngagementAccountsPage = () => {
  useWayBack();
  const me = useMe();
  const mayEngage = me?.permissions.includes('engage') ?? false;
  const status = useQuery({ ...statusQuery, enabled: mayEngage });
  return (
    <Page title={words.accountsTitle} ownPrimary>
      <EngagementNav />
      {me && !mayEngage ? (
        <MayNot>{words.mayNotEngage}</MayNot>
      ) : (
        <>
          <Loaded query={status} what={words.accountsWhat} rows={3}>
            {(data) => (
              <>
                <Section title={words.platforms}>
                  <p className="max-w-prose text-secondary">{words.accountsText}</p>
                  <Card>
                    <ul aria-label={words.accounts}>
                      {ownFirst(data.items).map((each) =>
                        isOwnProvider(each.provider) ? (
                          <AccountRow
                            key={each.provider}
                            of={{ ...each, provider: each.provider }}
                            way={data.engages_by}
                          />
                        ) : null,
                      )}
                    </ul>
                  </Card>
                </Section>
                <BrowserSession of={data} />
              </>
            )}
          </Loaded>
          {me && <WhatsAppLinks companyId={me.company.id} />}
        </>
      )}
    </Page>
  );
};
