/** What floats over every page, fetched when it is first needed. */
import { lazy, Suspense } from 'react';
import { toastStore } from '@/components/toast';
import { sessionStore } from '@/lib/session';
import { useStore } from '@/lib/store';

const SessionDialog = lazy(async () => ({ default: (await import('./session-dialog')).SessionDialog }));
const Toaster = lazy(() => import('@/components/toaster'));

export const SessionGuard = () => {
  const session = useStore(sessionStore);
  if (session !== 'expired') return null;
  return (
    <Suspense>
      <SessionDialog />
    </Suspense>
  );
};

export const Toasts = () => {
  const shown = useStore(toastStore);
  if (shown.length === 0) return null;
  return (
    <Suspense>
      <Toaster />
    </Suspense>
  );
};
