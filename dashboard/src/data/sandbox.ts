/** Which platforms are stand-ins. The API does not say so yet; an answer that names them will be read here. */
export const useSandboxNames = (): string[] => [];
