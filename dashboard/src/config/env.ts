/** The path below which Pulse is reached, with a slash at both ends: `/`, or `/pulse/` behind a proxy. */
const readBase = (): string =>
  new URL(document.querySelector('base')?.getAttribute('href') ?? '/', location.origin).pathname;

export const basePath = readBase().replace(/\/?$/, '/');

const configuredApi = (import.meta.env.VITE_API_BASE_URL as string | undefined)?.replace(/\/$/, '');

/** Where the API answers, without a slash at its end. */
export const apiBase = configuredApi || `${location.origin}${basePath}api`;

/** Where pages for the public are, such as feeds. */
export const publicBase = configuredApi?.replace(/\/api$/, '') || `${location.origin}${basePath.replace(/\/$/, '')}`;

/** What a script that makes a <style> has to name; empty where the server wrote none. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="pulse-nonce"]')?.content ?? '';
