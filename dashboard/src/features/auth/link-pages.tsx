/** Pages for links in mails: confirming an address, a new password. */
import { zodResolver } from '@hookform/resolvers/zod';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button, buttonStyle } from '@/components/button';
import { TextField } from '@/components/field';
import { PasswordField } from '@/components/sign-in-form';
import { ErrorBox } from '@/components/states';
import { cn } from '@/lib/cn';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { queryClient } from '@/lib/query-client';
import { mailLink, resetPassword, verifyEmail } from '@/lib/session';
import { authStrings as words } from '@strings/auth';
import { Card } from './card';
import { carried, ToSignIn, useTitle } from './link-parts';

const passwordShape = z.object({ password: z.string().check(z.minLength(1, words.needPassword)) });

const emailShape = z.object({ email: z.string().check(z.minLength(1, words.needEmail)) });

type MailLinkProps = { purpose: Parameters<typeof mailLink>[0]; verb: string; onSent: () => void };

/** Asks for an address and has a link mailed to it. */
const MailLink = ({ purpose, verb, onSent }: MailLinkProps) => {
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm<z.infer<typeof emailShape>>({
    resolver: zodResolver(emailShape),
    defaultValues: { email: '' },
  });
  const submit = handleSubmit(async ({ email }) => {
    setProblem(undefined);
    try {
      await mailLink(purpose, { email: email.trim() });
      onSent();
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      <TextField
        label={words.email}
        type="email"
        autoComplete="email"
        autoFocus
        error={formState.errors.email?.message}
        {...register('email')}
      />
      {problem && <ErrorBox error={problem} />}
      <Button type="submit" kind="primary" busy={formState.isSubmitting} size="tall">
        {verb}
      </Button>
    </form>
  );
};

type PasswordPageProps = {
  title: string;
  text: string;
  verb: string;
  isNew: boolean;
  onSubmit: (token: string, password: string) => Promise<unknown>;
  /** The way to another link, where this one is not whole or no longer good. */
  another: ReactNode;
};

/** A link's token and a password together sign in. */
const PasswordPage = ({ title, text, verb, isNew, onSubmit, another }: PasswordPageProps) => {
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
  const isOld = problem?.code === 'wrong_link';
  const isGood = token !== '' && !isOld;
  return (
    <Card title={title} text={isGood ? text : isOld ? words.oldLink : words.incompleteLink}>
      {isGood ? (
        <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
          <PasswordField
            newPassword={isNew}
            autoFocus
            help={isNew ? words.passwordHelp : undefined}
            error={formState.errors.password?.message}
            {...register('password')}
          />
          {problem && <ErrorBox error={problem} />}
          <Button type="submit" kind="primary" busy={formState.isSubmitting} size="tall">
            {verb}
          </Button>
        </form>
      ) : (
        another
      )}
      <ToSignIn />
    </Card>
  );
};

const AnotherConfirmation = () => {
  const [isSent, setSent] = useState(false);
  if (isSent) return <p role="status">{words.mailedAgain}</p>;
  return <MailLink purpose="/auth/verify-email/send" verb={words.anotherLink} onSent={() => setSent(true)} />;
};

export const VerifyEmailPage = () => (
  <PasswordPage
    title={words.verifyTitle}
    text={words.verifyText}
    verb={words.verify}
    isNew={false}
    onSubmit={(token, password) => verifyEmail({ token, password })}
    another={<AnotherConfirmation />}
  />
);

export const ResetPasswordPage = () => (
  <PasswordPage
    title={words.resetTitle}
    text={words.resetText}
    verb={words.reset}
    isNew
    onSubmit={(token, password) => resetPassword({ token, password })}
    another={
      <Link to="/forgot-password" className={cn(buttonStyle('primary', 'tall'), 'w-full')}>
        {words.anotherLink}
      </Link>
    }
  />
);

export const ForgotPasswordPage = () => {
  const [isSent, setSent] = useState(false);
  useTitle(words.forgotTitle);
  return (
    <Card title={words.forgotTitle} text={isSent ? words.forgotSent : words.forgotText}>
      {!isSent && <MailLink purpose="/auth/password/forgot" verb={words.sendLink} onSent={() => setSent(true)} />}
      <ToSignIn />
    </Card>
  );
};
