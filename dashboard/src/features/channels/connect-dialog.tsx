/** A card for each platform with its capabilities and requirements; then its account. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { ErrorBox } from '@/components/states';
import { Status } from '@/components/status';
import { toast } from '@/components/toast';
import { connectorsQuery, type Channel, type Connector } from '@/data/channels';
import { leaveForInstance, leaveForProvider, providerOf, wayOf } from '@/data/connecting';
import { createChannel } from '@/data/making';
import { api, dataOf } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { landOnFields } from '@/lib/form';
import { sentence } from '@/lib/problem';
import { asProblem, type Problem } from '@/lib/problem';
import { channelsStrings as words } from '@strings/channels';
import { SignInForm } from './sign-in-form';

const shape = z.object({
  name: z.string(),
  user_id: z.string().check(z.minLength(1, words.needUserId)),
  handle: z.string(),
  token: z.string().check(z.minLength(1, words.needToken)),
});
type Values = z.infer<typeof shape>;

/** The API's pointers as the form's fields. */
const names: Record<string, keyof Values> = {
  'account.external_user_id': 'user_id',
  'account.handle': 'handle',
  'account.access_token': 'token',
  name: 'name',
};

type AccountFormProps = {
  connector: { type: Connector['type']; name: string };
  /** The channel that gets a new token. */
  channel?: Channel;
  projectId: string;
  onSave: (values: Values) => Promise<unknown>;
  onBack?: () => void;
};

/** In the browser: the platform's page, or that of the person's server, asks for consent and returns. */
const AllowThere = ({ connector, projectId }: Pick<AccountFormProps, 'connector' | 'projectId'>) => {
  const provider = providerOf(connector.type);
  const [instance, setInstance] = useState('');
  const [isLeaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (!provider || provider === 'bluesky') return null;
  const needsInstance = provider === 'mastodon';
  const wrong =
    problem === undefined ? undefined : asProblem(problem).fields.find((each) => each.parameter === 'instance');
  const leave = () => {
    if (needsInstance && !instance.trim()) return setProblem(new Error(words.needInstance));
    setLeaving(true);
    setProblem(undefined);
    const left = needsInstance ? leaveForInstance(instance.trim(), projectId) : leaveForProvider(provider, projectId);
    left.catch((refused: unknown) => {
      setLeaving(false);
      setProblem(refused);
    });
  };
  return (
    <div className="flex flex-col gap-2">
      <p className="text-meta text-secondary">{words.allowText(connector.name)}</p>
      {needsInstance && (
        <TextField
          label={words.instance}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="url"
          help={words.instanceHelp}
          error={wrong && sentence(wrong.detail)}
          value={instance}
          onChange={(event) => setInstance(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            leave();
          }}
        />
      )}
      <Button kind="primary" busy={isLeaving} onClick={leave} className="self-start">
        {words.allowAt(connector.name)}
      </Button>
      {problem !== undefined && !wrong && <ErrorBox error={problem} />}
    </div>
  );
};

/** Whether the platform has its own page for consent. */
const clicks = (type: Connector['type']) => {
  const provider = providerOf(type);
  return provider !== undefined && wayOf(provider) !== 'password';
};

const AccountForm = ({ connector, channel, projectId, onSave, onBack }: AccountFormProps) => {
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: {
      name: channel?.name ?? '',
      user_id: channel?.account?.external_user_id ?? '',
      handle: channel?.account?.handle ?? '',
      token: '',
    },
  });
  const [isByHand, setByHand] = useState(!clicks(connector.type));
  const errors = formState.errors;
  const save = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      await onSave(values);
    } catch (error) {
      setProblem(landOnFields<Values>(error, (field, what) => setError(names[field as string] ?? 'user_id', what)));
    }
  });
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-3">
      <p className="flex items-center gap-2 font-name">
        <PlatformMark of={connector.type} />
        {words.account(connector.name)}
      </p>
      <AllowThere connector={connector} projectId={projectId} />
      {clicks(connector.type) && (
        <button
          type="button"
          aria-expanded={isByHand}
          onClick={() => setByHand(!isByHand)}
          className="flex items-center gap-1 self-start text-meta text-secondary hover:text-text max-tablet:min-h-11"
        >
          <ChevronRight
            size={14}
            strokeWidth={1.75}
            aria-hidden
            className={cn('transition-transform motion-reduce:transition-none', isByHand && 'rotate-90')}
          />
          {words.orByHand}
        </button>
      )}
      {isByHand && !channel && (
        <TextField label={words.name} optional maxLength={120} error={errors.name?.message} {...register('name')} />
      )}
      {isByHand && (
        <>
          <TextField
            label={words.userId}
            readOnly={Boolean(channel)}
            help={words.userIdHelp}
            error={errors.user_id?.message}
            {...register('user_id')}
          />
          <TextField label={words.handle} optional error={errors.handle?.message} {...register('handle')} />
          <TextField
            label={words.token}
            type="password"
            autoComplete="off"
            help={words.tokenHelp}
            error={errors.token?.message}
            {...register('token')}
          />
        </>
      )}
      {problem && <ErrorBox error={problem} />}
      <div className="flex justify-end gap-2 pb-1">
        {onBack && <Button onClick={onBack}>{words.back}</Button>}
        {isByHand && (
          <Button type="submit" kind={clicks(connector.type) ? undefined : 'primary'} busy={formState.isSubmitting}>
            {channel ? words.reconnect : words.connect}
          </Button>
        )}
      </div>
    </form>
  );
};

const accountOf = (values: Values) => ({
  external_user_id: values.user_id.trim(),
  access_token: values.token.trim(),
  ...(values.handle.trim() ? { handle: values.handle.trim().replace(/^@/, '') } : {}),
});

const useConnected = () => {
  const client = useQueryClient();
  return async (name: string) => {
    await client.invalidateQueries({ queryKey: ['channels'] });
    toast(words.connected(name));
  };
};

/** Whether accounts of this kind are connected with a name and an app password. */
const signsIn = (type: Connector['type']) => {
  const provider = providerOf(type);
  return provider !== undefined && wayOf(provider) === 'password';
};

export const ConnectDialog = ({
  projectId,
  channels,
  onClose,
}: {
  projectId: string;
  channels: Channel[];
  onClose: () => void;
}) => {
  const { data: connectors = [] } = useQuery(connectorsQuery);
  const [chosen, setChosen] = useState<Connector>();
  const [problem, setProblem] = useState<unknown>();
  const connected = useConnected();
  const connect = async (connector: Connector, values?: Values) => {
    const made = await createChannel({
      project_id: projectId,
      type: connector.type,
      ...(values?.name.trim() ? { name: values.name.trim() } : {}),
      ...(values ? { account: accountOf(values) } : {}),
    });
    await connected(made.name);
    onClose();
  };
  const choose = (connector: Connector) => {
    setProblem(undefined);
    if (connector.account_required) setChosen(connector);
    else connect(connector).catch(setProblem);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.connectTitle}
      text={chosen ? undefined : words.connectText}
    >
      {chosen && signsIn(chosen.type) ? (
        <SignInForm
          connector={chosen}
          projectId={projectId}
          submit={words.connect}
          onConnected={async () => {
            await connected(chosen.name);
            onClose();
          }}
          onBack={() => setChosen(undefined)}
        />
      ) : chosen ? (
        <AccountForm
          connector={chosen}
          projectId={projectId}
          onSave={(values) => connect(chosen, values)}
          onBack={() => setChosen(undefined)}
        />
      ) : (
        <ul className="grid gap-2 pb-1 tablet:grid-cols-2">
          {connectors.map((connector) => {
            const isThere = !connector.account_required && channels.some((each) => each.type === connector.type);
            return (
              <li key={connector.type}>
                <button
                  type="button"
                  disabled={isThere}
                  onClick={() => choose(connector)}
                  className="flex h-full w-full flex-col gap-1 rounded-control border border-line px-3 py-2.5 text-left hover:bg-hover disabled:text-disabled"
                >
                  <span className="flex items-center gap-2 font-name">
                    <PlatformMark of={connector.type} />
                    {connector.name}
                    {connector.is_sandbox && <Status of="channel" state="stand_in" className="ml-auto" />}
                  </span>
                  <span className="text-meta text-secondary">
                    {words.takes(
                      connector.capabilities_json.max_length,
                      connector.capabilities_json.image,
                      connector.capabilities_json.video,
                    )}
                  </span>
                  <span className="text-meta text-muted">
                    {isThere
                      ? words.alreadyThere
                      : connector.account_required
                        ? words.needsAccount
                        : words.needsNothing}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {problem !== undefined && <ErrorBox error={problem} />}
    </Dialog>
  );
};

export const ReconnectDialog = ({ channel, onClose }: { channel: Channel; onClose: () => void }) => {
  const { data: connectors = [] } = useQuery(connectorsQuery);
  const name = connectors.find((each) => each.type === channel.type)?.name ?? channel.name;
  const connected = useConnected();
  const save = async (values: Values) => {
    await dataOf(
      api.PATCH('/channels/{id}', {
        params: { path: { id: channel.id } },
        body: { account: accountOf(values), is_active: true },
      }),
    );
    await connected(channel.name);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.reconnectTitle(channel.name)}
      text={channel.disabled_reason ?? words.reconnectText}
    >
      {signsIn(channel.type) ? (
        <SignInForm
          connector={{ type: channel.type, name }}
          handle={channel.account?.handle}
          projectId={channel.project_id}
          submit={words.reconnect}
          onConnected={async () => {
            await connected(channel.name);
            onClose();
          }}
        />
      ) : (
        <AccountForm
          connector={{ type: channel.type, name }}
          projectId={channel.project_id}
          channel={channel}
          onSave={save}
        />
      )}
    </Dialog>
  );
};
