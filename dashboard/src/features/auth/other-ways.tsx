/** Ways to sign in without a password: a passkey, LinkedIn, and a company's own provider. */
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { ErrorBox } from '@/components/states';
import { signInMethodsQuery } from '@/data/signing-in';
import { api, dataOf } from '@/lib/api/client';
import { hasPasskeys, PasskeyLeft, usePasskeyFor as askPasskey } from '@/lib/passkeys';
import { signInByPasskey } from '@/lib/session';
import { makeKeptStore, useStore } from '@/lib/store';
import { authStrings as words } from '@strings/auth';

/** The sign-in name of the company that this browser used last. */
const companyNameStore = makeKeptStore<string>('pulse-company-name', '');

const leave = (url: string) => globalThis.location.assign(url);

export const OtherWays = ({ inviteCode }: { inviteCode?: string }) => {
  const { data: methods } = useQuery(signInMethodsQuery);
  const lastName = useStore(companyNameStore);
  const [isAsking, setAsking] = useState(false);
  const [name, setName] = useState(lastName);
  const [busy, setBusy] = useState<'linkedin' | 'company' | 'passkey'>();
  const [problem, setProblem] = useState<unknown>();
  const query = inviteCode ? { invite_code: inviteCode } : {};
  const go = async (by: 'linkedin' | 'company') => {
    setProblem(undefined);
    setBusy(by);
    try {
      const begun =
        by === 'linkedin'
          ? await dataOf(api.GET('/auth/linkedin', { params: { query } }))
          : await dataOf(
              api.GET('/auth/sso/{sign_in_name}/start', {
                params: { path: { sign_in_name: name.trim().toLowerCase() }, query },
              }),
            );
      if (by === 'company') companyNameStore.set(name.trim().toLowerCase());
      leave(begun.authorization_url);
    } catch (error) {
      setProblem(error);
      setBusy(undefined);
    }
  };
  const goByPasskey = async () => {
    setProblem(undefined);
    setBusy('passkey');
    try {
      await signInByPasskey(await askPasskey('sign_in'));
    } catch (error) {
      setProblem(error instanceof PasskeyLeft ? new Error(words.passkeyLeft) : error);
      setBusy(undefined);
    }
  };
  // An invited person has no passkey here yet.
  const byPasskey = methods?.passkey && !inviteCode && hasPasskeys();
  if (!methods || (!methods.linkedin && !methods.company_provider && !byPasskey)) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) void go('company');
  };
  return (
    <div className="mt-4 flex flex-col gap-2 border-t border-line-subtle pt-4">
      {byPasskey && (
        <Button icon={KeyRound} busy={busy === 'passkey'} onClick={() => void goByPasskey()} size="tall">
          {words.withPasskey}
        </Button>
      )}
      {methods.linkedin && (
        <Button busy={busy === 'linkedin'} onClick={() => void go('linkedin')} size="tall">
          {words.withLinkedin}
        </Button>
      )}
      {methods.company_provider && !isAsking && (
        <Button onClick={() => setAsking(true)} size="tall">
          {words.withCompany}
        </Button>
      )}
      {methods.company_provider && isAsking && (
        <form onSubmit={submit} className="flex flex-col gap-2">
          <TextField
            label={words.companyName_}
            help={words.companyNameHelp}
            value={name}
            autoFocus
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" busy={busy === 'company'} disabled={!name.trim()} size="tall">
            {words.withCompany}
          </Button>
        </form>
      )}
      {problem !== undefined && <ErrorBox error={problem} />}
    </div>
  );
};
