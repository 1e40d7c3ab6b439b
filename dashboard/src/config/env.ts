/** The public path of Pulse, with a slash at both ends: `/`, or `/pulse/` behind a proxy. */
const readBase = (): string =>
  new URL(document.querySelector('base')?.getAttribute('href') ?? '/', location.origin).pathname;

export const basePath = readBase().replace(/\/?$/, '/');

const configuredApi = (import.meta.env.VITE_API_BASE_URL as string | undefined)?.replace(/\/$/, '');

/** The address of the API, without a slash at its end. */
export const apiBase = configuredApi || `${location.origin}${basePath}api`;

/** The address of public pages, such as feeds. */
export const publicBase = configuredApi?.replace(/\/api$/, '') || `${location.origin}${basePath.replace(/\/$/, '')}`;
