import './styles/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from '@/app/router';
import { SessionGuard } from '@/app/session-guard';
import { Toaster } from '@/components/toast';
import { TooltipProvider } from '@/components/tooltip';
import { styleNonce } from '@/config/env';
import { queryClient } from '@/lib/query-client';
import { startLive } from '@/lib/live';

// The scroll lock of dialogs makes a <style>; the content policy wants to know it.
if (styleNonce) setNonce(styleNonce);
startLive(queryClient);

const at = document.getElementById('root');
if (at) {
  createRoot(at).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <RouterProvider router={router} />
          <SessionGuard />
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
