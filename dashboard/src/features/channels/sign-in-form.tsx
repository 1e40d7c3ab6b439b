/** Connects an account with its name and an app password. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { ErrorBox } from '@/components/states';
import type { Connector } from '@/data/channels';
import { signIn } from '@/data/connecting';
import { useAttempt } from '@/lib/use-attempt';
import { channelsStrings as words } from '@strings/channels';

const shape = z.object({
  identifier: z.string().check(z.minLength(1, words.needIdentifier)),
  app_password: z.string().check(z.minLength(1, words.needAppPassword)),
});
type Values = z.infer<typeof shape>;

const looksLikeAppPassword = (text: string) => /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/i.test(text.trim());

type Props = {
  connector: { type: Connector['type']; name: string };
  handle?: string;
  projectId: string;
  submit: string;
  onConnected: () => Promise<unknown>;
  onBack?: () => void;
};

export const SignInForm = ({ connector, handle, projectId, submit, onConnected, onBack }: Props) => {
  const { register, handleSubmit, formState, setError, control } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { identifier: handle ?? '', app_password: '' },
  });
  const { problem, attempt } = useAttempt(setError);
  const password = useWatch({ control, name: 'app_password' });
  const errors = formState.errors;
  const save = handleSubmit(async (values) => {
    await attempt(async () => {
      await signIn(projectId, values.identifier.trim(), values.app_password.trim());
      await onConnected();
    });
  });
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-3">
      <p className="flex items-center gap-2 font-name">
        <PlatformMark of={connector.type} />
        {words.account(connector.name)}
      </p>
      <TextField
        label={words.identifier}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        help={words.identifierHelp}
        error={errors.identifier?.message}
        {...register('identifier')}
      />
      <TextField
        label={words.appPassword}
        type="password"
        autoComplete="off"
        help={
          password && !looksLikeAppPassword(password) ? words.appPasswordShape : words.appPasswordHelp(connector.name)
        }
        error={errors.app_password?.message}
        {...register('app_password')}
      />
      {problem && <ErrorBox error={problem} />}
      <div className="flex justify-end gap-2 pb-1">
        {onBack && <Button onClick={onBack}>{words.back}</Button>}
        <Button type="submit" kind="primary" busy={formState.isSubmitting}>
          {submit}
        </Button>
      </div>
    </form>
  );
};
