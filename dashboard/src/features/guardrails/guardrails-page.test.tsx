import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Project } from '@/data/projects';
import { queryKeys } from '@/data/keys';
import { GuardrailsOf } from './guardrails-page';

const project = { id: 'p1', name: 'Halden', time_zone: 'Europe/Amsterdam' } as Project;
const first = {
  project_id: 'p1',
  version: 1,
  updated_by: null as string | null,
  updated_at: null as string | null,
  guardrails: {
    most_posts_a_day: 5 as number | null,
    most_channel_posts_a_day: null as number | null,
    most_campaign_posts_a_day: null,
    quiet_hours: null,
    blackouts: [],
    duplicate_topic_days: null,
    duplicate_percent: 80,
    forbidden_phrases: [] as string[],
    needs_approval: false,
    binds_people: false,
  },
  approval: {
    steps: [],
    author_is_enough: false,
    remind_after_hours: null,
    escalate_after_hours: null,
    escalate_to: { roles: [], member_ids: [], by_link: false },
  },
};
const savedByJonas = (guardrails: Partial<(typeof first)['guardrails']>): typeof first => ({
  ...first,
  version: stored.version + 1,
  updated_by: 'm2',
  updated_at: '2026-11-30T07:57:00Z',
  guardrails: { ...stored.guardrails, ...guardrails },
});
const members = [
  { id: 'm1', full_name: 'Ada Brandt', role: 'owner', is_active: true },
  { id: 'm2', full_name: 'Jonas Weil', role: 'admin', is_active: true },
];

/** What the server has. */
let stored = first;
let client = new QueryClient();

const answer = (body: unknown, more: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { ...more, headers: { 'content-type': 'application/json', ...more.headers } });
const withTag = () => answer(stored, { headers: { etag: `"${stored.version}"` } });

/** The server, as far as the form speaks with it. */
const serve = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith('/held')) return answer({ from: '', to: '', counts: [], items: [], is_more: false });
  if (pathname.endsWith('/auth/me')) return answer({ member: members[0], permissions: ['manage_guardrails'] });
  if (pathname.endsWith('/org/members')) return answer({ items: members, next_cursor: null });
  if (!pathname.endsWith('/guardrails')) return answer({ items: [], next_cursor: null });
  if (request.method === 'GET') return withTag();
  const wanted = request.headers.get('if-match');
  if (wanted && wanted !== `"${stored.version}"`)
    return answer({ status: 412, code: 'changed_meanwhile', detail: 'It has changed.' }, { status: 412 });
  const { guardrails } = (await request.json()) as typeof first;
  stored = { ...stored, version: stored.version + 1, updated_by: 'm1', guardrails };
  return withTag();
};

const open = async () => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createRouter({
    routeTree: createRootRoute({ component: () => <GuardrailsOf project={project} /> }),
    history: createMemoryHistory(),
  });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await waitFor(() => expect(screen.getByLabelText('In the project')).toBeEnabled());
};
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const retype = async (name: string, text: string) => {
  await userEvent.clear(field(name));
  await userEvent.type(field(name), text);
};
/** Another browser saves, and this one reads it. */
const othersSave = async (guardrails: Partial<(typeof first)['guardrails']>) => {
  stored = savedByJonas(guardrails);
  await client.invalidateQueries({ queryKey: queryKeys.guardrails });
};
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save guardrails' }));

beforeEach(() => {
  stored = first;
  vi.stubGlobal('fetch', vi.fn(serve));
});

it('what was typed stays when somebody else saves, and it is said who, when, and what', async () => {
  await open();
  await retype('In the project', '8');
  await othersSave({ most_posts_a_day: 3 });
  expect(await screen.findByText(/Jonas Weil changed them/)).toBeInTheDocument();
  expect(field('In the project').value).toBe('8');
  await userEvent.click(screen.getByRole('button', { name: 'Show both' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Jonas Weil');
  expect(dialog).toHaveTextContent('08:57');
  expect(dialog).toHaveTextContent('Posts a day: in the project');
});

it('a form in which nothing was typed shows what they saved', async () => {
  await open();
  await othersSave({ most_posts_a_day: 3 });
  await waitFor(() => expect(field('In the project').value).toBe('3'));
  expect(screen.queryByText(/changed them/)).not.toBeInTheDocument();
});

it('a save over a version that was not read writes over nothing before a choice; mine can be kept', async () => {
  await open();
  await retype('In the project', '8');
  stored = savedByJonas({ most_posts_a_day: 3 });
  await save();
  await userEvent.click(await screen.findByRole('button', { name: 'Keep mine' }));
  await waitFor(() => expect(stored.guardrails.most_posts_a_day).toBe(8));
  expect(field('In the project').value).toBe('8');
});

it('theirs can be taken', async () => {
  await open();
  await retype('In the project', '8');
  await othersSave({ most_posts_a_day: 3 });
  await userEvent.click(await screen.findByRole('button', { name: 'Show both' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Take theirs' }));
  expect(field('In the project').value).toBe('3');
  expect(stored.guardrails.most_posts_a_day).toBe(3);
});

it('changes that do not meet are joined, and saved when one says so', async () => {
  await open();
  await retype('In the project', '8');
  await othersSave({ forbidden_phrases: ['cheapest ever'] });
  await userEvent.click(await screen.findByRole('button', { name: 'Show both' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Put both together' }));
  expect(field('In the project').value).toBe('8');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Forbidden phrases').value).toBe('cheapest ever');
  await save();
  await waitFor(() => expect(stored.guardrails).toMatchObject({ most_posts_a_day: 8, forbidden_phrases: ['cheapest ever'] }));
});

it('another version with the same content is no conflict', async () => {
  await open();
  await retype('In the project', '8');
  stored = savedByJonas({});
  await save();
  await waitFor(() => expect(stored.guardrails.most_posts_a_day).toBe(8));
});
