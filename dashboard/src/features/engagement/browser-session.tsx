/** My LinkedIn session in a browser on the server: its risk, my switch, signing in with a code, and removing it. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Card, Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Switch } from '@/components/switch';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { browserSessionStrings as words } from '@strings/browser-session';
import { isSigningIn } from './integrations';

type SessionStatus = Schemas['browser_session_status'];
type Login = Schemas['browser_login'];

/** How often the progress of a sign-in is polled. */
const look_ms = 1_000;

const sessionQuery = queryOptions({
  queryKey: [...queryKeys.engagement, 'browser-session'],
  queryFn: ({ signal }) => dataOf(api.GET('/integrations/linkedin/session-status', { signal })),
  refetchInterval: ({ state }) => (isSigningIn(state.data?.login) ? look_ms : false),
});

const useSessionCommands = () => {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: queryKeys.engagement });
  const start = useMutation({
    mutationFn: (body: Schemas['browser_login_request']) =>
      dataOf(api.POST('/integrations/linkedin/login-start', { body })),
    onSettled,
  });
  const verify = useMutation({
    mutationFn: (body: Schemas['browser_code_request']) =>
      dataOf(api.POST('/integrations/linkedin/login-verify', { body })),
    onSettled,
  });
  const handOver = useMutation({
    mutationFn: (body: Schemas['browser_cookie_request']) =>
      dataOf(api.POST('/integrations/linkedin/session-cookies', { body })),
    onSuccess: () => toast(words.kept),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (_said: string) => {
      await dataOf(api.DELETE('/integrations/linkedin/session-cookies'));
    },
    onSuccess: (_, said) => toast(said),
    onError: toastError,
    onSettled,
  });
  return { start, verify, handOver, remove };
};

const SignInForm = () => {
  const { start } = useSessionCommands();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const errors = errorsByField(start.error);
  useFirstWrong(start.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The password leaves its field when the request has ended.
    if (email.trim() && password && !start.isPending)
      start.mutate({ email: email.trim(), password }, { onSettled: () => setPassword('') });
  };
  return (
    <form onSubmit={submit} className="flex max-w-md flex-col gap-3" aria-label={words.signIn}>
      <p className="text-secondary">{words.signInText}</p>
      <TextField
        label={words.email}
        autoComplete="off"
        maxLength={320}
        error={errors['/email']}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={words.password}
        type="password"
        autoComplete="off"
        maxLength={1024}
        error={errors['/password']}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {start.error && Object.keys(errors).length === 0 && <ErrorBox error={start.error} />}
      <span>
        <Button type="submit" busy={start.isPending} disabled={!email.trim() || !password}>
          {words.start}
        </Button>
      </span>
    </form>
  );
};

const HandOver = () => {
  const { handOver } = useSessionCommands();
  const [cookie, setCookie] = useState('');
  const errors = errorsByField(handOver.error);
  useFirstWrong(handOver.error);
  return (
    <details className="max-w-md">
      <summary className="cursor-pointer font-button text-secondary">{words.handOver}</summary>
      <form
        className="mt-2 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (cookie.trim() && !handOver.isPending)
            handOver.mutate({ li_at: cookie.trim() }, { onSettled: () => setCookie('') });
        }}
      >
        <TextField
          label={words.cookie}
          help={words.handOverText}
          type="password"
          autoComplete="off"
          maxLength={8192}
          error={errors['/li_at']}
          value={cookie}
          onChange={(event) => setCookie(event.target.value)}
        />
        {handOver.error && !errors['/li_at'] && <ErrorBox error={handOver.error} />}
        <span>
          <Button type="submit" busy={handOver.isPending} disabled={!cookie.trim()}>
            {words.keepCookie}
          </Button>
        </span>
      </form>
    </details>
  );
};

const CodeForm = ({ of }: { of: Login }) => {
  const { verify } = useSessionCommands();
  const [code, setCode] = useState('');
  const plain = code.replaceAll(/\s/g, '');
  return (
    <form
      className="flex max-w-md flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (plain && !verify.isPending)
          verify.mutate({ login_id: of.login_id, code: plain }, { onSettled: () => setCode('') });
      }}
    >
      <TextField
        label={words.code}
        help={words.codeHelp}
        error={of.was_code_wrong ? words.wrongCode : undefined}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        maxLength={64}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      {verify.error && <ErrorBox error={verify.error} />}
      <span>
        <Button type="submit" busy={verify.isPending} disabled={!plain}>
          {words.giveCode}
        </Button>
      </span>
    </form>
  );
};

const SigningIn = ({ of }: { of: Login & { state: keyof typeof words.states } }) => {
  const { remove } = useSessionCommands();
  return (
    <div className="flex flex-col gap-3" data-login={of.state}>
      <p role="status" className="text-secondary">
        {words.states[of.state]}
      </p>
      {of.state === 'needs_code' && <CodeForm of={of} />}
      <span>
        <Button kind="ghost" busy={remove.isPending} onClick={() => remove.mutate(words.stopped)}>
          {words.stop}
        </Button>
      </span>
    </div>
  );
};

const Kept = ({ of }: { of: SessionStatus }) => {
  const { remove } = useSessionCommands();
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3" data-session="connected">
        <span className="min-w-0 flex-1 basis-64">
          <Status of="integration" state="connected" />
          <span className="block text-meta text-secondary">
            {of.origin && words.origins[of.origin]} {of.connected_at && <Time at={of.connected_at} as="smart" />}
            {of.expires_at && (
              <>
                {' · '}
                {words.removedOn} <Time at={of.expires_at} as="day" />
              </>
            )}
          </span>
        </span>
        <Button kind="ghost" busy={remove.isPending} onClick={() => remove.mutate(words.removed)}>
          {words.remove}
        </Button>
      </div>
    </Card>
  );
};

const Session = () => {
  const session = useQuery(sessionQuery);
  return (
    <Loaded query={session} what={words.what} rows={2}>
      {(data) => {
        const login = data.login;
        if (isSigningIn(login)) return <SigningIn of={login} />;
        return (
          <div className="flex flex-col gap-4">
            {data.problem && data.ended_at && (
              <p role="alert" className="flex max-w-prose items-start gap-2 text-warning-text" data-session="ended">
                <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
                <span>
                  {words.ended} <Time at={data.ended_at} as="smart" />. {data.problem}
                </span>
              </p>
            )}
            {login?.state === 'failed' && !data.is_connected && (
              <p role="alert" className="max-w-prose text-warning-text">
                {login.sentence}
              </p>
            )}
            {data.is_connected ? (
              <Kept of={data} />
            ) : (
              <>
                <SignInForm />
                <HandOver />
              </>
            )}
          </div>
        );
      }}
    </Loaded>
  );
};

export const BrowserSession = ({ of }: { of: Schemas['integration_status'] }) => {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (is_allowed: boolean) => dataOf(api.PUT('/integrations/linkedin/browser', { body: { is_allowed } })),
    onSuccess: (now) => {
      if (!now.is_allowed) toast(words.switchedOff);
    },
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.engagement }),
  });
  return (
    <Section title={words.title}>
      {!of.is_browser_allowed && (
        <>
          <span>
            <Status of="integration" state="switched_off" word={words.off} />
          </span>
          <p className="max-w-prose text-secondary">{of.browser_reason}</p>
        </>
      )}
      {of.is_browser_allowed && (
        <>
          <p className="max-w-prose text-secondary">{of.browser_risks}</p>
          <p className="max-w-prose text-secondary">{words.ways[of.engages_by ?? 'none']}</p>
        </>
      )}
      {(of.is_browser_allowed || of.is_browser_wanted) && (
        <span className="flex items-center gap-2">
          <Switch
            label={words.allow}
            isOn={of.is_browser_wanted}
            disabled={set.isPending}
            onChange={(isOn) => set.mutate(isOn)}
          />
          <span aria-hidden>{words.allow}</span>
        </span>
      )}
      {of.is_browser_allowed && of.is_browser_wanted && <Session />}
    </Section>
  );
};
