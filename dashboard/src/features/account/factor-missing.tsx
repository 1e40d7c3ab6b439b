/** Replaces every page while a member lacks the second factor that the company requires. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { ProductMark } from '@/components/product-mark';
import { basePath } from '@/config/env';
import { signInMethodsQuery } from '@/data/signing-in';
import { hasPasskeys } from '@/lib/passkeys';
import { factorMissingStore } from '@/lib/query-client';
import { signOut } from '@/lib/session';
import { accountStrings as words } from '@strings/account';
import { MailedCodeSection } from './mailed-code-section';
import { PasskeysSection } from './passkeys-section';
import { factorQuery, SecondFactorSection } from './second-factor-section';

export const FactorMissing = () => {
  const client = useQueryClient();
  const factor = useQuery(factorQuery).data;
  const isOn = factor?.is_on ?? false;
  const { data: methods } = useQuery(signInMethodsQuery);
  const mayPasskey = (methods?.passkey ?? false) && hasPasskeys();
  const goOn = () => {
    client.clear();
    factorMissingStore.set(false);
  };
  const leave = async () => {
    await signOut();
    client.clear();
    globalThis.location.assign(`${basePath}sign-in`);
  };
  return (
    <main className="mx-auto flex min-h-dvh max-w-2xl flex-col gap-6 px-4 py-8" data-factor-missing>
      <div>
        <ProductMark className="mb-4" />
        <h1 className="text-title font-heading">{words.factorMissing}</h1>
        <p className="mt-1 text-secondary">
          {isOn ? words.factorThere : mayPasskey ? words.factorMissingOrPasskey : words.factorMissingText}
        </p>
      </div>
      {factor?.needs_mailed_code ? (
        <MailedCodeSection />
      ) : (
        <>
          <SecondFactorSection isFirst />
          {mayPasskey && !isOn && <PasskeysSection />}
        </>
      )}
      <span className="flex flex-wrap gap-2">
        <Button kind="primary" disabled={!isOn} onClick={goOn}>
          {words.goOn}
        </Button>
        <Button onClick={() => void leave()}>{words.signOut}</Button>
      </span>
    </main>
  );
};
