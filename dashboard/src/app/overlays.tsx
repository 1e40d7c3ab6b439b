/** Overlays above every page, or in its place; loaded when first needed. */
import { lazy, Suspense, type ReactNode } from 'react';
import { toastStore } from '@/components/toast';
import { factorMissingStore } from '@/lib/query-client';
import { sessionStore } from '@/lib/session';
import { useStore } from '@/lib/store';

const SessionDialog = lazy(async () => ({ default: (await import('./session-dialog')).SessionDialog }));
const FactorMissing = lazy(async () => ({
  default: (await import('@/features/account/factor-missing')).FactorMissing,
}));
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

/** The pages, unless a second factor must be set up first. */
export const FactorGuard = ({ children }: { children: ReactNode }) =>
  useStore(factorMissingStore) ? (
    <Suspense>
      <FactorMissing />
    </Suspense>
  ) : (
    children
  );

export const Toasts = () => {
  const shown = useStore(toastStore);
  if (shown.length === 0) return null;
  return (
    <Suspense>
      <Toaster />
    </Suspense>
  );
};
