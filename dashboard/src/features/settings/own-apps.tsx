/** The company's own apps at platforms, instead of the installation's. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { ErrorBox, Loaded } from '@/components/states';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { settingsStrings as words } from '@strings/website';

type App = Schemas['provider_app'];

const appsQuery = queryOptions({
  queryKey: queryKeys.ownApps,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/provider-apps', { signal }))).items,
});

const AppForm = ({ app, onDone }: { app: App; onDone: () => void }) => {
  const client = useQueryClient();
  const [clientId, setClientId] = useState(app.client_id ?? '');
  const [secret, setSecret] = useState('');
  const save = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/provider-apps/{provider}', {
          params: { path: { provider: app.provider } },
          body: { client_id: clientId.trim(), client_secret: secret.trim() },
        }),
      ),
    onSuccess: () => {
      toast(words.appSaved);
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.ownApps }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="flex max-w-lg flex-col gap-3 pt-2">
      <TextField
        label={words.appClientId}
        value={clientId}
        autoComplete="off"
        onChange={(event) => setClientId(event.target.value)}
      />
      <TextField
        label={words.appSecret}
        help={words.appSecretHelp}
        type="password"
        autoComplete="new-password"
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
      />
      {save.error && <ErrorBox error={save.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={save.isPending} disabled={!clientId.trim() || !secret.trim()}>
          {words.save}
        </Button>
        <Button onClick={onDone}>{words.appCancel}</Button>
      </div>
    </form>
  );
};

const AppRow = ({ app }: { app: App }) => {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: () => dataOf(api.DELETE('/provider-apps/{provider}', { params: { path: { provider: app.provider } } })),
    onSuccess: () => toast(words.appRemoved),
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.ownApps }),
  });
  return (
    <li className="border-t border-line-subtle px-3 py-2 first:border-t-0">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1">
          <p className="font-button">{app.display_name}</p>
          <p className="text-meta break-all text-secondary">{app.client_id ?? words.appOfInstallation}</p>
        </div>
        {app.client_id && (
          <Button
            aria-label={words.appRemoveOf(app.display_name)}
            busy={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {words.appRemove}
          </Button>
        )}
        {!isOpen && (
          <Button aria-label={words.appSetOf(app.display_name)} onClick={() => setOpen(true)}>
            {words.appSet}
          </Button>
        )}
      </div>
      {isOpen && <AppForm app={app} onDone={() => setOpen(false)} />}
    </li>
  );
};

export const OwnApps = () => {
  const apps = useQuery(appsQuery);
  return (
    <>
      <p className="-mt-1 max-w-2xl text-secondary">{words.appsText}</p>
      <Loaded query={apps} what={words.apps} rows={4}>
        {(data) => (
          <ul className="rounded-card border border-line bg-surface">
            {data.map((each) => (
              <AppRow key={each.provider} app={each} />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
};
