/** Asks for the password or a passkey again before ways of signing in change, one's own or a colleague's. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { PasswordField } from '@/components/sign-in-form';
import { ErrorBox } from '@/components/states';
import { passkeysQuery } from '@/data/signing-in';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { hasPasskeys, PasskeyLeft, usePasskeyFor as askPasskey } from '@/lib/passkeys';
import { asProblem } from '@/lib/problem';
import { accountStrings as words } from '@strings/account';

export const isToConfirm = (error: unknown): boolean => asProblem(error).code === 'confirmation_required';

/** `onDone` continues the action that needed it. */
export const ConfirmDialog = ({ onDone, onClose }: { onDone: () => void; onClose: () => void }) => {
  const { data: passkeys = [] } = useQuery(passkeysQuery);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: (body: Schemas['confirmation_request']) => dataOf(api.POST('/auth/confirm', { body })),
    onSuccess: onDone,
  });
  const byPasskey = useMutation({
    mutationFn: async () => confirm.mutateAsync({ passkey: await askPasskey('confirm') }),
  });
  const problem = confirm.error ? asProblem(confirm.error) : undefined;
  const asksCode = problem?.code === 'second_factor_required' || problem?.code === 'wrong_code';
  const [hasAskedCode, setAskedCode] = useState(false);
  if (asksCode && !hasAskedCode) setAskedCode(true);
  const isWrong = problem?.status === 422;
  const plain = code.replaceAll(/\s/g, '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password) confirm.mutate({ password, ...(plain ? { code: plain } : {}) });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.confirmTitle} text={words.confirmText}>
      <form onSubmit={submit} className="flex flex-col gap-3 pb-1">
        <PasswordField
          error={isWrong ? words.wrongPassword : undefined}
          value={password}
          autoFocus
          onChange={(event: { target: HTMLInputElement }) => setPassword(event.target.value)}
        />
        {hasAskedCode && (
          <TextField
            label={words.code}
            autoComplete="one-time-code"
            autoFocus
            help={words.codeHelp}
            error={problem?.code === 'wrong_code' ? words.wrongCode : undefined}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
        {problem && !isWrong && !asksCode && <ErrorBox error={problem} />}
        {byPasskey.error instanceof PasskeyLeft && (
          <p role="alert" className="text-danger-text">
            {words.passkeyLeft}
          </p>
        )}
        <span className="flex flex-wrap justify-end gap-2 max-tablet:flex-col">
          {passkeys.length > 0 && hasPasskeys() && (
            <Button icon={KeyRound} busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
              {words.confirmByPasskey}
            </Button>
          )}
          <Button type="submit" kind="primary" disabled={!password} busy={confirm.isPending && !byPasskey.isPending}>
            {words.confirmIt}
          </Button>
        </span>
      </form>
    </Dialog>
  );
};
