/** The keys of the query cache: one place, so that whoever learns of a change knows what it touches. */
export const queryKeys = {
  me: ['me'] as const,
  company: ['company'] as const,
  projects: ['projects'] as const,
  channels: (projectId?: string) => ['channels', projectId ?? 'all'] as const,
  connectors: ['connectors'] as const,
  posts: ['posts'] as const,
  post: (id: string) => ['post', id] as const,
  explanation: (id: string) => ['post', id, 'explanation'] as const,
  deliveries: ['deliveries'] as const,
  needsYou: (projectId?: string) => ['deliveries', 'needs-you', projectId ?? 'all'] as const,
  simulation: ['simulation'] as const,
  limits: ['limits'] as const,
  retryPolicies: ['retry-policies'] as const,
  publications: ['publications'] as const,
  activity: ['activity'] as const,
};
