import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { SignInForm } from '@/components/sign-in-form';
import { InvitePage } from './invite-page';
import { ResetPasswordPage, VerifyEmailPage } from './link-pages';
import { SignUpPage } from './sign-up-page';

const pages = {
  '/sign-up': SignUpPage,
  '/sign-in': () => <SignInForm onDone={() => undefined} />,
  '/app/verify-email': VerifyEmailPage,
  '/app/reset-password': ResetPasswordPage,
  '/app/invite': InvitePage,
};

type Answer = { status: number; body?: object };
/** What the server answers, by path, and what it was sent. */
let answers: Record<string, Answer> = {};
let sent: [string, unknown][] = [];

const problem = (status: number, code: string, detail: string): Answer => ({ status, body: { status, code, detail, title: '' } });

const pathOf = (asked: RequestInfo | URL): string =>
  new URL(asked instanceof Request ? asked.url : String(asked)).pathname.replace(/^\/api/, '');

const serve = async (asked: RequestInfo | URL, given?: RequestInit): Promise<Response> => {
  const path = pathOf(asked);
  sent.push([path, given?.body ? JSON.parse(String(given.body)) : undefined]);
  const { status, body } = answers[path] ?? { status: 404, body: {} };
  return new Response(body && JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
};

const open = async (path: keyof typeof pages, hash = '') => {
  history.replaceState(null, '', `${path}${hash}`);
  const root = createRootRoute();
  const routes = [...Object.entries(pages), ['/forgot-password', () => null] as const].map(([at, component]) =>
    createRoute({ getParentRoute: () => root, path: at, component }),
  );
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      {/* The routes of this test are not those of the app. */}
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  await screen.findByLabelText('Password');
  return userEvent.setup();
};

beforeEach(() => {
  answers = {};
  sent = [];
  vi.stubGlobal('fetch', vi.fn(serve));
});

it('whoever signs up where addresses are confirmed first is told that a mail is on its way', async () => {
  answers['/signup'] = { status: 201, body: { access_token: '', company: {}, member: {} } };
  const user = await open('/sign-up');
  await user.type(screen.getByLabelText('Company'), 'Halden');
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.org');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Make the company' }));
  await screen.findByText(/A mail is on its way to you/);
  expect(screen.queryByLabelText('Company')).toBeNull();
});

it('a link for a new password that is old leads to another, without words for programs', async () => {
  answers['/auth/password/reset'] = problem(401, 'wrong_link', 'It is old. POST /auth/password/forgot mails another.');
  const user = await open('/app/reset-password', '#token=old');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Set it and sign in' }));
  await screen.findByText('This link was used before, or is too old.');
  expect(screen.queryByText(/POST/)).toBeNull();
  expect(screen.getByRole('link', { name: 'Ask for another link' }).getAttribute('href')).toBe('/forgot-password');
});

it('a link that confirms an address and is old can be mailed again', async () => {
  answers['/auth/verify-email'] = problem(401, 'wrong_link', 'It is old. POST /auth/verify-email/send mails another.');
  answers['/auth/verify-email/send'] = { status: 202 };
  const user = await open('/app/verify-email', '#token=old');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Confirm and sign in' }));
  await user.type(await screen.findByLabelText('E-mail'), 'ada@example.org');
  await user.click(screen.getByRole('button', { name: 'Ask for another link' }));
  await screen.findByText(/a link is on its way to it/);
  expect(sent).toContainEqual(['/auth/verify-email/send', { email: 'ada@example.org' }]);
});

it('an invitation that is gone while somebody writes their name is told as one that is over', async () => {
  answers['/org/invites/validate/nothing'] = {
    status: 200,
    body: { is_valid: true, company_name: 'Halden', email: null, role: 'member', team_name: null, expires_at: '' },
  };
  answers['/org/invites/accept'] = problem(404, 'not_found', 'There is no such invite here. Check the id in the address.');
  const user = await open('/app/invite', '#code=nothing');
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.org');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Join' }));
  await screen.findByText(/This invitation is used up, revoked or too old/);
  expect(screen.queryByText(/Check the id/)).toBeNull();
});

it('whoever signs in before the address is confirmed can have the mail once more', async () => {
  answers['/auth/login'] = problem(403, 'email_not_verified', 'Not verified. POST /auth/verify-email/send mails another.');
  answers['/auth/verify-email/send'] = { status: 202 };
  const user = await open('/sign-in');
  await user.clear(screen.getByLabelText('E-mail'));
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.org');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await user.click(await screen.findByRole('button', { name: 'Mail it once more' }));
  await screen.findByText(/a link is on its way to it/);
  expect(screen.queryByText(/POST/)).toBeNull();
  expect(sent).toContainEqual(['/auth/verify-email/send', { email: 'ada@example.org' }]);
});
