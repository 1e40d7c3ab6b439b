import { zodResolver } from '@hookform/resolvers/zod';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { Field, TextField } from '@/components/field';
import { ErrorBox } from '@/components/states';
import { hasPasskeys, PasskeyLeft, usePasskeyFor as askPasskey } from '@/lib/passkeys';
import { Problem } from '@/lib/problem';
import { mailLink, signIn } from '@/lib/session';
import { makeKeptStore, useStore } from '@/lib/store';
import { authStrings as words } from '@strings/auth';

/** The address that this browser signed in with last. */
export const lastEmailStore = makeKeptStore<string>('pulse-email', '');

const shape = z.object({
  email: z.string().check(z.minLength(1, words.needEmail)),
  password: z.string().check(z.minLength(1, words.needPassword)),
  companyId: z.optional(z.string()),
  code: z.optional(z.string()),
});
type Values = z.infer<typeof shape>;

export const PasswordField = ({
  error,
  help,
  newPassword,
  label = words.password,
  ...input
}: { error?: string; help?: string; newPassword?: boolean; label?: string } & Record<string, unknown>) => {
  const [isShown, setShown] = useState(false);
  return (
    <Field label={label} error={error} help={help}>
      {(props) => (
        <span className="relative block">
          <input
            {...props}
            {...input}
            type={isShown ? 'text' : 'password'}
            autoComplete={newPassword ? 'new-password' : 'current-password'}
            className="field pr-11"
          />
          <button
            type="button"
            aria-label={isShown ? words.hidePassword : words.showPassword}
            onClick={() => setShown(!isShown)}
            className="absolute inset-y-0 right-0 inline-flex w-11 items-center justify-center text-muted hover:text-text"
          >
            {isShown ? (
              <EyeOff size={16} strokeWidth={1.75} aria-hidden />
            ) : (
              <Eye size={16} strokeWidth={1.75} aria-hidden />
            )}
          </button>
        </span>
      )}
    </Field>
  );
};

/** The password was right, but nobody has shown yet that the address is theirs. */
const Unconfirmed = ({ email }: { email: string }) => {
  const [state, setState] = useState<'asked' | 'mailing' | 'mailed'>('asked');
  const [problem, setProblem] = useState<unknown>();
  const mail = async () => {
    setProblem(undefined);
    setState('mailing');
    try {
      await mailLink('/auth/verify-email/send', { email });
      setState('mailed');
    } catch (error) {
      setProblem(error);
      setState('asked');
    }
  };
  return (
    <div role="alert" className="flex flex-col items-start gap-2 rounded-card border border-line px-4 py-3">
      <p>{state === 'mailed' ? words.mailedAgain : words.notConfirmed}</p>
      {state !== 'mailed' && (
        <Button busy={state === 'mailing'} onClick={() => void mail()}>
          {words.mailAgain}
        </Button>
      )}
      {problem !== undefined && <ErrorBox error={problem} />}
    </div>
  );
};

/** The password was right; now the second factor is needed, or the last one was wrong. */
const isAboutCode = (problem: Problem): boolean =>
  problem.code === 'second_factor_required' || problem.code === 'wrong_code';

export const SignInForm = ({ onDone, email }: { onDone: () => void; email?: string }) => {
  const lastEmail = useStore(lastEmailStore);
  const [problem, setProblem] = useState<Problem>();
  const [isAskingCode, setAskingCode] = useState(false);
  const [isLeft, setLeft] = useState(false);
  const { register, handleSubmit, formState, setValue, setFocus, getValues } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { email: email ?? lastEmail, password: '' },
  });
  const send = async (values: Values, byPasskey: boolean) => {
    setProblem(undefined);
    setLeft(false);
    try {
      const passkey = byPasskey ? await askPasskey('second_factor') : undefined;
      const code = passkey ? undefined : values.code?.replaceAll(/\s/g, '');
      await signIn(
        {
          email: values.email.trim(),
          password: values.password,
          ...(code ? { code } : {}),
          ...(passkey ? { passkey } : {}),
        },
        values.companyId?.trim() || undefined,
      );
      lastEmailStore.set(values.email.trim());
      onDone();
    } catch (error) {
      if (error instanceof PasskeyLeft) setLeft(true);
      if (!(error instanceof Problem)) return;
      setProblem(error);
      if (isAboutCode(error) || byPasskey || (values.code && error.status !== 401)) {
        // The password was right, so it stays in its field.
        setAskingCode(true);
        setValue('code', '');
        if (values.code) setFocus('code');
        return;
      }
      setAskingCode(false);
      setValue('password', '');
      setFocus('password');
    }
  };
  const submit = handleSubmit((values) => send(values, false));
  const submitByPasskey = handleSubmit((values) => send(values, true));
  const wantsCode = problem !== undefined && isAboutCode(problem);
  const isWrongCode = problem?.code === 'wrong_code' || (isAskingCode && problem?.status === 422);
  const isAboutPasskey = problem?.code.includes('passkey') ?? false;
  const isWrong = !wantsCode && !isWrongCode && !isAboutPasskey && (problem?.status === 401 || problem?.status === 422);
  const asksCompany = problem?.code === 'tenant_required';
  const isUnconfirmed = problem?.code === 'email_not_verified';
  const slow = problem?.status === 429 ? words.slowDown(problem.retryAfterS ?? 1) : undefined;
  const isKnown = isWrong || wantsCode || isWrongCode || asksCompany || isUnconfirmed || slow !== undefined;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      <TextField
        label={words.email}
        type="email"
        autoComplete="username"
        autoFocus={!lastEmail}
        error={formState.errors.email?.message}
        {...register('email')}
      />
      <PasswordField
        error={formState.errors.password?.message ?? (isWrong ? words.wrong : slow)}
        {...register('password')}
      />
      {asksCompany && <TextField label={words.companyId} help={words.several} {...register('companyId')} />}
      {isAskingCode && (
        <TextField
          label={words.code}
          autoComplete="one-time-code"
          autoFocus
          help={words.codeHelp}
          error={isWrongCode ? words.wrongCode : undefined}
          {...register('code')}
        />
      )}
      {isLeft && (
        <p role="alert" className="text-danger-text">
          {words.passkeyLeft}
        </p>
      )}
      {isUnconfirmed && <Unconfirmed email={getValues('email').trim()} />}
      {problem && !isKnown && <ErrorBox error={problem} />}
      <Button type="submit" kind="primary" busy={formState.isSubmitting} size="tall">
        {words.signIn}
      </Button>
      {isAskingCode && hasPasskeys() && (
        <Button onClick={() => void submitByPasskey()} disabled={formState.isSubmitting} size="tall">
          {words.passkeyInstead}
        </Button>
      )}
    </form>
  );
};
