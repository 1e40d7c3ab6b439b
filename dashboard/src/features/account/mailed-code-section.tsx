/**
 * That their address is theirs, by a code from a mail: asked for before somebody whom a password alone has let in sets
 * up a second factor.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Section } from '@/components/page';
import { ErrorBox } from '@/components/states';
import { queryKeys } from '@/data/keys';
import { api, dataOf } from '@/lib/api/client';
import { asProblem } from '@/lib/problem';
import { accountStrings as words } from '@strings/account';

const code_length = 8;

export const MailedCodeSection = () => {
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const mail = useMutation({ mutationFn: () => dataOf(api.POST('/auth/confirm/mail')) });
  const confirm = useMutation({
    mutationFn: (mailed_code: string) => dataOf(api.POST('/auth/confirm', { body: { mailed_code } })),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.secondFactor }),
  });
  const plain = code.replaceAll(/\s/g, '');
  const problem = confirm.error ? asProblem(confirm.error) : undefined;
  const isWrong = problem?.code === 'wrong_code' || problem?.status === 422;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (plain.length === code_length) confirm.mutate(plain);
  };
  return (
    <Section title={words.mailedCodeTitle}>
      <div className="flex max-w-2xl flex-col items-start gap-3" data-mailed-code>
        <p className="text-secondary">{words.mailedCodeText}</p>
        {mail.isSuccess ? (
          <form onSubmit={submit} className="flex w-full flex-col gap-3">
            <TextField
              label={words.mailedCode}
              autoComplete="one-time-code"
              inputMode="numeric"
              autoFocus
              help={words.mailedCodeHelp}
              error={isWrong ? words.wrongMailedCode : undefined}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
            <span className="flex flex-wrap gap-2">
              <Button type="submit" kind="primary" disabled={plain.length !== code_length} busy={confirm.isPending}>
                {words.confirmFactor}
              </Button>
              <Button busy={mail.isPending} onClick={() => mail.mutate()}>
                {words.mailAnother}
              </Button>
            </span>
          </form>
        ) : (
          <Button kind="primary" busy={mail.isPending} onClick={() => mail.mutate()}>
            {words.mailCode}
          </Button>
        )}
        {mail.error && <ErrorBox error={mail.error} />}
        {problem && !isWrong && <ErrorBox error={problem} />}
      </div>
    </Section>
  );
};
