// What need not wait for the page's own script, which takes longer to come: its colours, so that they do not change once it is drawn,
// and the token with which everything that it shows is asked for (lib/session.ts takes it from `pulseSession`).
try {
  const chosen = localStorage.getItem('pulse-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;

  const base = new URL(document.querySelector('base').getAttribute('href'), location.origin).pathname;
  // The links of mails, which have words of their own, and what stands before a session.
  const isOpen = /^app\/(review|confirm|invite|verify-email|reset-password)\b/;
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : '';
  const needsSession = path === '' || (/^app(\/|$)/.test(path) && !isOpen.test(path));
  if (needsSession && localStorage.getItem('pulse-has-session') === 'yes' && navigator.locks) {
    // In turn with other tabs, all of which use one cookie.
    window.pulseSession = navigator.locks.request('pulse-session', () =>
      fetch(`${base}api/auth/refresh`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'X-Pulse-Session': 'cookie' },
      }),
    );
    // Whoever takes it learns what went wrong; where nobody does, nothing did.
    window.pulseSession.catch(() => undefined);
  }
} catch {
  // Storage may be switched off; the system's choice of colours holds then, and the session is found out later.
}
