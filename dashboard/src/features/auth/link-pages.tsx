/** Pages for links in mails: confirming an address, a new password. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { PasswordField } from '@/components/sign-in-form';
import { ErrorBox } from '@/components/states';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { queryClient } from '@/lib/query-client';
import { askForNewPassword, resetPassword, verifyEmail } from '@/lib/session';
import { authStrings as words } from '@strings/auth';
import { Card } from './card';
import { carried, ToSignIn, useTitle } from './link-parts';

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
