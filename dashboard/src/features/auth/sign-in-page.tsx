import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { SignInForm } from '@/components/sign-in-form';
import { farewellStore } from '@/lib/farewell';
import { queryClient } from '@/lib/query-client';
import { resumeSession, sessionStore } from '@/lib/session';
import { useStore } from '@/lib/store';
import { authStrings as words } from '@strings/auth';
import { Card } from './card';
import { OtherWays } from './other-ways';

export const SignInPage = () => {
  const { to, email, problem } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const router = useRouter();
  const session = useStore(sessionStore);
  const farewell = useStore(farewellStore);
  useEffect(() => {
    document.title = words.signInTitle;
    void resumeSession().catch(() => undefined);
  }, []);
  useEffect(() => {
    if (session !== 'in') return;
    farewellStore.set('');
    // Removes all data of a previous member.
    queryClient.clear();
    if (to?.startsWith('/')) router.history.replace(router.history.createHref(to));
    else void navigate({ to: '/app', replace: true });
  }, [session, to, navigate, router]);
  return (
    <Card title={words.signInTitle}>
      {farewell && (
        <p role="status" className="mb-3 text-secondary">
          {farewell}
        </p>
      )}
      {problem && (
        <p role="alert" className="mb-3 text-danger-text">
          {words.signInProblems[problem] ?? words.signInProblems.error}
        </p>
      )}
      <SignInForm onDone={() => undefined} email={email} />
      <OtherWays />
      <p className="mt-4 text-meta text-muted">
        <Link to="/forgot-password" className="mr-3 text-accent-text underline-offset-2 hover:underline reach">
          {words.forgot}
        </Link>
        {words.noAccount}{' '}
        <Link to="/sign-up" className="text-accent-text underline underline-offset-2">
          {words.makeCompany}
        </Link>
      </p>
    </Card>
  );
};
