import './styles/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from '@/app/router';
import { FactorGuard, SessionGuard, Toasts } from '@/app/overlays';
import { loadFloatsLater } from '@/components/floating';
import type { Activity } from '@/data/activity';
import { applyEvents } from '@/data/live-effects';
import { queryClient } from '@/lib/query-client';
import { startLive } from '@/lib/live';

startLive<Activity>({
  onEvents: (events) => applyEvents(queryClient, events),
  onReload: () => void queryClient.invalidateQueries(),
  onPoll: () =>
    void queryClient.refetchQueries(
      { type: 'active', predicate: (query) => query.meta?.still !== true },
      { cancelRefetch: false },
    ),
});

const at = document.getElementById('root');
if (at) {
  createRoot(at).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
          <FactorGuard>
            <RouterProvider router={router} />
          </FactorGuard>
          <SessionGuard />
          <Toasts />
      </QueryClientProvider>
    </StrictMode>,
  );
}
loadFloatsLater();
