/** Overlays above every page, or in its place; loaded when first needed. */
import { Suspense, type ReactNode } from 'react';
import { toastStore } from '@/components/toast';
import { factorMissingStore } from '@/lib/query-client';
import { sessionStore } from '@/lib/session';
import { useStore } from '@/lib/store';
import { lazyWhenThere } from '@/lib/when-there';

const SessionDialog = lazyWhenThere(async () => ({ default: (await import('./session-dialog')).SessionDialog }));
const FactorMissing = lazyWhenThere(async () => ({
  default: (await import('@/features/account/factor-missing')).FactorMissing,
}));
const Toaster = lazyWhenThere(() => import('@/components/toaster'));

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
