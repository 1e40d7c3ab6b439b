/**
 * Pages for links in mails: confirming an address, a new password, an invitation. The link's token follows '#', so that
 * no server on the way logs it.
 */
import { zodResolver } from '@hookform/resolvers/zod';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { PasswordField } from '@/components/sign-in-form';
import { ErrorBox } from '@/components/states';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { queryClient } from '@/lib/query-client';
import { acceptInvitation, askForNewPassword, resetPassword, verifyEmail } from '@/lib/session';
import { authStrings as words } from '@strings/auth';
import { Card } from './card';
import { OtherWays } from './other-ways';

const carried = (name: string): string => new URLSearchParams(window.location.hash.slice(1)).get(name) ?? '';

const useTitle = (title: string) => {
  useEffect(() => {
    document.title = title;
  }, [title]);
};

const ToSignIn = () => (
  <p className="mt-4 text-meta text-muted">
    <Link to="/sign-in" className="text-accent-text underline-offset-2 hover:underline">
      {words.signIn}
    </Link>
  </p>
);

const passwordShape = z.object({ password: z.string().check(z.minLength(1, words.needPassword)) });

type PasswordPageProps = {
  title: string;
  text: string;
  verb: string;
  isNew: boolean;
  onSubmit: (token: string, password: string) => Promise<unknown>;
};

/** A link's token and a password together sign in. */
const PasswordPage = ({ title, text, verb, isNew, onSubmit }: PasswordPageProps) => {
  const navigate = useNavigate();
  const [token] = useState(() => carried('token'));
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm<z.infer<typeof passwordShape>>({
    resolver: zodResolver(passwordShape),
    defaultValues: { password: '' },
  });
  useTitle(title);
  const submit = handleSubmit(async ({ password }) => {
    setProblem(undefined);
    try {
      await onSubmit(token, password);
      queryClient.clear();
      await navigate({ to: '/app', replace: true });
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  return (
    <Card title={title} text={token ? text : words.incompleteLink}>
      {token && (
        <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
          <PasswordField
            newPassword={isNew}
            help={isNew ? words.passwordHelp : undefined}
            error={formState.errors.password?.message}
            {...register('password')}
          />
          {problem && <ErrorBox error={problem} />}
          <Button type="submit" kind="primary" busy={formState.isSubmitting} className="h-9">
            {verb}
          </Button>
        </form>
      )}
      <ToSignIn />
    </Card>
  );
};

export const VerifyEmailPage = () => (
  <PasswordPage
    title={words.verifyTitle}
    text={words.verifyText}
    verb={words.verify}
    isNew={false}
    onSubmit={(token, password) => verifyEmail({ token, password })}
  />
);

export const ResetPasswordPage = () => (
  <PasswordPage
    title={words.resetTitle}
    text={words.resetText}
    verb={words.reset}
    isNew
    onSubmit={(token, password) => resetPassword({ token, password })}
  />
);

const inviteShape = z.object({
  full_name: z.string(),
  email: z.string().check(z.minLength(1, words.needEmail)),
  password: z.string().check(z.minLength(1, words.needPassword)),
});
type Invited = z.infer<typeof inviteShape>;

export const InvitePage = () => {
  const navigate = useNavigate();
  const [code] = useState(() => carried('code'));
  const [problem, setProblem] = useState<Problem>();
  const [isWaiting, setWaiting] = useState(false);
  const { register, handleSubmit, formState, setError } = useForm<Invited>({
    resolver: zodResolver(inviteShape),
    defaultValues: { full_name: '', email: '', password: '' },
  });
  useTitle(words.inviteTitle);
  const submit = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      const isIn = await acceptInvitation({
        code,
        email: values.email.trim(),
        password: values.password,
        ...(values.full_name.trim() ? { full_name: values.full_name.trim() } : {}),
      });
      queryClient.clear();
      if (isIn) await navigate({ to: '/app', replace: true });
      else setWaiting(true);
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  const errors = formState.errors;
  const text = isWaiting ? words.confirmFirst : words.inviteText;
  return (
    <Card title={words.inviteTitle} text={code ? text : words.incompleteLink}>
      {code && !isWaiting && (
        <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
          <TextField
            label={words.fullName}
            autoComplete="name"
            optional
            error={errors.full_name?.message}
            {...register('full_name')}
          />
          <TextField
            label={words.email}
            type="email"
            autoComplete="email"
            error={errors.email?.message}
            {...register('email')}
          />
          <PasswordField
            newPassword
            help={words.passwordHelp}
            error={errors.password?.message}
            {...register('password')}
          />
          {problem && <ErrorBox error={problem} />}
          <Button type="submit" kind="primary" busy={formState.isSubmitting} className="h-9">
            {words.join}
          </Button>
        </form>
      )}
      {code && !isWaiting && <OtherWays inviteCode={code} />}
      <ToSignIn />
    </Card>
  );
};

const emailShape = z.object({ email: z.string().check(z.minLength(1, words.needEmail)) });

export const ForgotPasswordPage = () => {
  const [problem, setProblem] = useState<Problem>();
  const [isSent, setSent] = useState(false);
  const { register, handleSubmit, formState, setError } = useForm<z.infer<typeof emailShape>>({
    resolver: zodResolver(emailShape),
    defaultValues: { email: '' },
  });
  useTitle(words.forgotTitle);
  const submit = handleSubmit(async ({ email }) => {
    setProblem(undefined);
    try {
      await askForNewPassword({ email: email.trim() });
      setSent(true);
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  return (
    <Card title={words.forgotTitle} text={isSent ? words.forgotSent : words.forgotText}>
      {!isSent && (
        <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
          <TextField
            label={words.email}
            type="email"
            autoComplete="email"
            error={formState.errors.email?.message}
            {...register('email')}
          />
          {problem && <ErrorBox error={problem} />}
          <Button type="submit" kind="primary" busy={formState.isSubmitting} className="h-9">
            {words.sendLink}
          </Button>
        </form>
      )}
      <ToSignIn />
    </Card>
  );
};
