import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InvitePage } from './invite-page';

const open = {
  is_valid: true,
  company_name: 'Halden Foods',
  email: null as string | null,
  role: 'team_leader',
  team_name: 'Red' as string | null,
  expires_at: '2027-01-04T12:00:00Z',
};

let invite: typeof open | undefined;

const answer = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

const serve = (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith('/auth/methods'))
    return Promise.resolve(answer({ password: true, linkedin: false, company_provider: false, passkey: false }));
  if (!pathname.endsWith('/org/invites/validate/the-code')) return Promise.resolve(answer({}, 500));
  return Promise.resolve(invite ? answer(invite) : answer({ status: 404, code: 'not_found', detail: 'None.' }, 404));
};

const show = () => {
  const router = createRouter({
    routeTree: createRootRoute({ component: InvitePage }),
    history: createMemoryHistory(),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
};

beforeEach(() => {
  invite = open;
  window.location.hash = '#code=the-code';
  vi.stubGlobal('fetch', vi.fn(serve));
});
afterEach(() => {
  window.location.hash = '';
});

it('says which company invites, as what, and into which team', async () => {
  show();
  expect(await screen.findByRole('heading', { name: 'Join Halden Foods' })).toBeInTheDocument();
  expect(screen.getByText(/team leader in the team Red/)).toBeInTheDocument();
  expect(screen.getByLabelText('E-mail')).toHaveValue('');
});

it('has the address filled in where the invitation is for one alone', async () => {
  invite = { ...open, email: 'jonas@example.org', role: 'analyst', team_name: null };
  show();
  expect(await screen.findByDisplayValue('jonas@example.org')).toHaveAttribute('readonly');
  expect(screen.getByText(/as analyst\./)).toBeInTheDocument();
});

it.each([
  ['is used up', { ...open, is_valid: false }],
  ['never was', undefined],
])('asks nobody for a password where the invitation %s', async (_, given) => {
  invite = given;
  show();
  expect(await screen.findByText('This invitation is used up, revoked or too old. Ask for another.')).toBeVisible();
  expect(screen.queryByLabelText('Password')).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Join' })).not.toBeInTheDocument();
});
