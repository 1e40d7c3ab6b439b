// What the browser may reach: LinkedIn's own site, by fences that do not know of each other (the third is gate.mjs).

/**
 * The host, and the domain that its other hosts share (`www.linkedin.com` → `linkedin.com`); an address, or a name of
 * one word, stands for itself.
 */
const siteOf = (base_url) => {
  const { hostname } = new URL(base_url);
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  const labels = hostname.split('.');
  return { hostname, domain: isAddress || labels.length < 2 ? undefined : labels.slice(-2).join('.') };
};

export const isOfSite = (address, base_url) => {
  let asked;
  try {
    asked = new URL(address);
  } catch {
    return false;
  }
  if (asked.protocol === 'data:' || asked.protocol === 'blob:' || asked.protocol === 'about:') return true;
  const base = new URL(base_url);
  if (asked.protocol !== base.protocol && asked.protocol !== 'https:') return false;
  const { hostname, domain } = siteOf(base_url);
  return asked.hostname === hostname || (domain !== undefined && (asked.hostname === domain || asked.hostname.endsWith(`.${domain}`)));
};

/**
 * The first fence: names that are not of the site lead nowhere, also after a redirect and for what the browser asks by
 * itself.
 */
export const flags = (base_url) => {
  const { hostname, domain } = siteOf(base_url);
  // The gate is on this machine.
  const kept = [...new Set(['127.0.0.1', hostname, ...(domain === undefined ? [] : [domain, `*.${domain}`])])];
  return [
    `--host-resolver-rules=MAP * ~NOTFOUND${kept.map((each) => `, EXCLUDE ${each}`).join('')}`,
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-quic',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--renderer-process-limit=1',
    '--disk-cache-size=8388608',
  ];
};

/** The second: each request that a page makes is looked at. */
export const confine = async (context, base_url) => {
  await context.route('**/*', (route) =>
    isOfSite(route.request().url(), base_url) ? route.continue() : route.abort('blockedbyclient'),
  );
  await context.routeWebSocket('**/*', (socket) => socket.close());
};
