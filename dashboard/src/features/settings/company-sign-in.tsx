/** A company's own identity provider, set up by its owner. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { CopyButton } from '@/components/once-shown';
import { ErrorBox, Loaded } from '@/components/states';
import { Switch } from '@/components/switch';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/problem';
import { settingsStrings as words } from '@strings/website';

type Provider = Schemas['shown_provider'];

const providerQuery = queryOptions({
  queryKey: queryKeys.identityProvider,
  queryFn: ({ signal }) => dataOf(api.GET('/org/identity-provider', { signal })),
});

const ProviderForm = ({ provider }: { provider: Provider }) => {
  const client = useQueryClient();
  const [name, setName] = useState(provider.sign_in_name);
  const [issuer, setIssuer] = useState(provider.issuer);
  const [clientId, setClientId] = useState(provider.client_id);
  const [secret, setSecret] = useState('');
  const [isOn, setOn] = useState(provider.has_secret ? provider.is_enabled : true);
  const settled = () => client.invalidateQueries({ queryKey: queryKeys.identityProvider });
  const save = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/org/identity-provider', {
          body: {
            sign_in_name: name.trim().toLowerCase(),
            issuer: issuer.trim(),
            client_id: clientId.trim(),
            is_enabled: isOn,
            ...(secret ? { client_secret: secret } : {}),
          },
        }),
      ),
    onSuccess: () => toast(words.ssoSaved),
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: () => dataOf(api.DELETE('/org/identity-provider')),
    onSuccess: () => toast(words.ssoRemoved),
    onError: toastError,
    onSettled: settled,
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const isWhole = name.trim() && issuer.trim() && clientId.trim() && (secret || provider.has_secret);
  return (
    <form onSubmit={submit} noValidate className="flex max-w-lg flex-col gap-3">
      <div className="flex flex-col gap-1">
        <span className="font-button text-secondary">{words.ssoRedirect}</span>
        <span className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-meta break-all">{provider.redirect_uri}</code>
          <CopyButton text={provider.redirect_uri} />
        </span>
      </div>
      <TextField
        label={words.ssoIssuer}
        help={words.ssoIssuerHelp}
        value={issuer}
        inputMode="url"
        onChange={(event) => setIssuer(event.target.value)}
      />
      <TextField
        label={words.ssoClientId}
        value={clientId}
        autoComplete="off"
        onChange={(event) => setClientId(event.target.value)}
      />
      <TextField
        label={words.ssoSecret}
        help={provider.has_secret ? words.ssoSecretKept : undefined}
        type="password"
        autoComplete="new-password"
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
      />
      <TextField
        label={words.ssoName}
        help={words.ssoNameHelp}
        value={name}
        maxLength={40}
        autoCapitalize="none"
        onChange={(event) => setName(event.target.value)}
      />
      <span className="flex items-center gap-2">
        <Switch label={words.ssoOn} isOn={isOn} onChange={setOn} />
        <span aria-hidden>{words.ssoOn}</span>
      </span>
      {problem && <ErrorBox error={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={save.isPending} disabled={!isWhole}>
          {words.save}
        </Button>
        {provider.has_secret && (
          <Button busy={remove.isPending} onClick={() => remove.mutate()}>
            {words.ssoRemove}
          </Button>
        )}
      </div>
    </form>
  );
};

export const CompanySignIn = () => {
  const provider = useQuery(providerQuery);
  return (
    <>
      <p className="-mt-1 max-w-2xl text-secondary">{words.ssoText}</p>
      <Loaded query={provider} what={words.sso} rows={4}>
        {(data) => <ProviderForm key={data.updated_at ?? 'none'} provider={data} />}
      </Loaded>
    </>
  );
};
