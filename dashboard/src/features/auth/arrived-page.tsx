/** Where an identity provider returns the browser: exchanges the code behind `#` for a session, once. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { ErrorBox, Skeleton } from '@/components/states';
import type { Schemas } from '@/lib/api/client';
import { hasPasskeys, PasskeyLeft, usePasskeyFor as askPasskey } from '@/lib/passkeys';
import { asProblem, type Problem } from '@/lib/problem';
import { queryClient } from '@/lib/query-client';
import { exchangeSignInCode } from '@/lib/session';
import { authStrings as words } from '@strings/auth';
import { Card } from './card';

const codeInAddress = (): string => new URLSearchParams(globalThis.location.hash.slice(1)).get('code') ?? '';

export const ArrivedPage = () => {
  const navigate = useNavigate();
  const [code] = useState(codeInAddress);
  const hasBegun = useRef(false);
  const [problem, setProblem] = useState<Problem>();
  const [factor, setFactor] = useState('');
  const [isBusy, setBusy] = useState(code !== '');
  const [isLeft, setLeft] = useState(false);
  const exchange = async (given: { second_factor?: string; passkey?: Schemas['passkey_response'] } = {}) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await exchangeSignInCode({ code, ...given });
      // Removes all data of a previous member.
      queryClient.clear();
      await navigate({ to: '/app', replace: true });
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  useEffect(() => {
    document.title = words.arrivedTitle;
    if (hasBegun.current || code === '') return;
    hasBegun.current = true;
    // The code works once, so it is removed from the browser's history.
    globalThis.history.replaceState(null, '', globalThis.location.pathname);
    void exchange();
  });
  const exchangeByPasskey = async () => {
    setLeft(false);
    setBusy(true);
    try {
      const passkey = await askPasskey('second_factor');
      await exchange({ passkey });
    } catch (error) {
      setLeft(error instanceof PasskeyLeft);
      if (!(error instanceof PasskeyLeft)) setProblem(asProblem(error));
      setBusy(false);
    }
  };
  const asksFactor =
    problem !== undefined &&
    (problem.code === 'second_factor_required' || problem.code === 'wrong_code' || problem.code.includes('passkey'));
  const plain = factor.replaceAll(/\s/g, '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (plain.length >= 6) void exchange({ second_factor: plain });
  };
  return (
    <Card title={words.arrivedTitle} text={code === '' ? words.arrivedWithout : undefined}>
      {isBusy && !asksFactor && !problem && <Skeleton rows={2} />}
      {asksFactor && (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <TextField
            label={words.code}
            autoComplete="one-time-code"
            autoFocus
            help={words.codeHelp}
            error={problem.code === 'wrong_code' ? words.wrongCode : undefined}
            value={factor}
            onChange={(event) => setFactor(event.target.value)}
          />
          <Button type="submit" kind="primary" busy={isBusy} disabled={plain.length < 6} size="tall">
            {words.signIn}
          </Button>
          {hasPasskeys() && (
            <Button disabled={isBusy} onClick={() => void exchangeByPasskey()} size="tall">
              {words.passkeyInstead}
            </Button>
          )}
          {isLeft && (
            <p role="alert" className="text-danger-text">
              {words.passkeyLeft}
            </p>
          )}
          {problem.code.includes('passkey') && <ErrorBox error={problem} />}
        </form>
      )}
      {problem && !asksFactor && <ErrorBox error={problem} />}
      {(problem || code === '') && (
        <p className="mt-4 text-meta">
          <Link to="/sign-in" className="text-accent-text underline-offset-2 hover:underline">
            {words.startAgain}
          </Link>
        </p>
      )}
    </Card>
  );
};
