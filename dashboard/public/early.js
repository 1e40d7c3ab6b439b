// Before anything is drawn, so that the page does not change its colours once it is.
try {
  const chosen = localStorage.getItem('pulse-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be switched off; the system's choice holds then.
}
