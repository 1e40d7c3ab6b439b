/** The external accounts that sign me in: linked at the provider, unlinked here. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Link2, Unlink } from 'lucide-react';
import { Button } from '@/components/button';
import { Card, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Ago } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { identitiesQuery } from '@/data/signing-in';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { accountStrings as words } from '@strings/account';

type Kind = Schemas['identity']['provider'];

const begin = (kind: Kind) =>
  kind === 'linkedin' ? dataOf(api.POST('/auth/identities/linkedin')) : dataOf(api.POST('/auth/identities/company'));

const Linking = ({ kind }: { kind: Kind }) => {
  const link = useMutation({
    mutationFn: () => begin(kind),
    onSuccess: ({ authorization_url }) => globalThis.location.assign(authorization_url),
    onError: toastError,
  });
  return (
    <Button icon={Link2} busy={link.isPending} onClick={() => link.mutate()}>
      {words.linkTo[kind]}
    </Button>
  );
};

const Row = ({ identity }: { identity: Schemas['identity'] }) => {
  const client = useQueryClient();
  const unlink = useMutation({
    mutationFn: () => dataOf(api.DELETE('/auth/identities/{id}', { params: { path: { id: identity.id } } })),
    onSuccess: () => toast(words.unlinked),
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.identities }),
  });
  return (
    <li className="flex min-h-13 items-center gap-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-name">{words.providers[identity.provider]}</span>
        <span className="block truncate text-meta text-muted">
          {identity.name || identity.issuer}
          {identity.last_used_at && (
            <>
              {' · '}
              {words.lastUsed} <Ago at={identity.last_used_at} />
            </>
          )}
        </span>
      </span>
      <Button
        size="small"
        icon={Unlink}
        busy={unlink.isPending}
        aria-label={words.unlinkNamed(words.providers[identity.provider])}
        onClick={() => unlink.mutate()}
      >
        {words.unlink}
      </Button>
    </li>
  );
};

export const IdentitiesSection = () => {
  const own = useQuery(identitiesQuery);
  const { link } = useSearch({ from: '/app/account/security' });
  return (
    <Section title={words.identities}>
      <p className="-mt-1 max-w-2xl text-secondary">{words.identitiesText}</p>
      {link && (
        <p role="status" className={link === 'done' ? 'text-success-text' : 'text-danger-text'}>
          {words.linkResults[link] ?? words.linkResults.error}
        </p>
      )}
      <Loaded query={own} what={words.identities} rows={2}>
        {(data) => {
          const has = (kind: Kind) => data.items.some((each) => each.provider === kind);
          return (
            <>
              {data.items.length === 0 ? (
                <Empty>{words.noIdentities}</Empty>
              ) : (
                <Card className="max-w-2xl">
                  <ul aria-label={words.identities}>
                    {data.items.map((each) => (
                      <Row key={each.id} identity={each} />
                    ))}
                  </ul>
                </Card>
              )}
              <div className="flex flex-wrap gap-2">
                {data.linkedin && !has('linkedin') && <Linking kind="linkedin" />}
                {data.company_provider && !has('company') && <Linking kind="company" />}
              </div>
            </>
          );
        }}
      </Loaded>
    </Section>
  );
};
