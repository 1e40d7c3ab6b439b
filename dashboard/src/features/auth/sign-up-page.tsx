import { zodResolver } from '@hookform/resolvers/zod';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { lastEmailStore } from '@/components/sign-in-form';
import { ErrorBox } from '@/components/states';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { queryClient } from '@/lib/query-client';
import { signUp } from '@/lib/session';
import { authStrings as words } from '@strings/auth';
import { Card } from './card';
import { AccountFields, accountOf, accountShape } from './new-account';

const shape = z.object({
  company_name: z.string().check(z.minLength(1, words.needCompany)),
  ...accountShape,
});
type Values = z.infer<typeof shape>;

export const SignUpPage = () => {
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem>();
  const [isWaiting, setWaiting] = useState(false);
  const { register, handleSubmit, formState, setError } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { company_name: '', full_name: '', email: '', password: '' },
  });
  useEffect(() => {
    document.title = words.signUpTitle;
  }, []);
  const submit = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      const account = accountOf(values);
      const isIn = await signUp({ company_name: values.company_name.trim(), ...account });
      queryClient.clear();
      lastEmailStore.set(account.email);
      if (isIn) await navigate({ to: '/app/start', replace: true });
      else setWaiting(true);
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  const errors = formState.errors;
  return (
    <Card title={words.signUpTitle} text={isWaiting ? words.confirmFirst : words.signUpText}>
      {!isWaiting && (
        <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
          <TextField
            label={words.companyName}
            autoComplete="organization"
            autoFocus
            error={errors.company_name?.message}
            {...register('company_name')}
          />
          <AccountFields register={register} errors={errors} />
          {problem && <ErrorBox error={problem} />}
          <Button type="submit" kind="primary" busy={formState.isSubmitting} size="tall">
            {words.signUp}
          </Button>
        </form>
      )}
      <p className="mt-4 text-meta text-muted">
        {words.haveAccount}{' '}
        <Link to="/sign-in" className="text-accent-text underline underline-offset-2">
          {words.signIn}
        </Link>
      </p>
    </Card>
  );
};
