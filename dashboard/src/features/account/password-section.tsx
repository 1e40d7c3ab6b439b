import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { Section } from '@/components/page';
import { PasswordField } from '@/components/sign-in-form';
import { ErrorBox } from '@/components/states';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { api, dataOf } from '@/lib/api/client';
import { useAttempt } from '@/lib/use-attempt';
import { accountStrings as words } from '@strings/account';

const shape = z.object({
  current_password: z.string().check(z.minLength(1, words.needCurrent)),
  new_password: z.string().check(z.minLength(1, words.needNew)),
});
type Values = z.infer<typeof shape>;

export const PasswordSection = () => {
  const client = useQueryClient();
  const { register, handleSubmit, formState, setError, reset } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { current_password: '', new_password: '' },
  });
  const { problem, attempt } = useAttempt(setError);
  const save = handleSubmit(async (body) => {
    await attempt(async () => {
      await dataOf(api.PUT('/auth/password', { body }));
      reset();
      toast(words.passwordChanged);
      await client.invalidateQueries({ queryKey: queryKeys.sessions });
    });
  });
  const errors = formState.errors;
  return (
    <Section title={words.password}>
      <form onSubmit={(event) => void save(event)} noValidate className="flex max-w-lg flex-col gap-3">
        <PasswordField
          label={words.currentPassword}
          error={errors.current_password?.message}
          {...register('current_password')}
        />
        <PasswordField
          label={words.newPassword}
          newPassword
          help={words.passwordHelp}
          error={errors.new_password?.message}
          {...register('new_password')}
        />
        {problem && <ErrorBox error={problem} />}
        <Button type="submit" busy={formState.isSubmitting} className="self-start">
          {words.changePassword}
        </Button>
      </form>
    </Section>
  );
};
