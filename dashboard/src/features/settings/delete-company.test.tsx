import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { farewellStore } from '@/lib/farewell';
import { queryClient } from '@/lib/query-client';
import { DeleteCompany } from './delete-company';

const members = [
  { id: 'm1', full_name: 'Ada Brandt', role: 'owner', is_active: true },
  { id: 'm2', full_name: 'Jonas Weil', role: 'admin', is_active: true },
  { id: 'm3', full_name: 'Mina Falk', role: 'admin', is_active: true },
];

/** Who is signed in, and whether they have proven who they are lately. */
let me = members[0];
let isConfirmed = true;
const deleted = vi.fn<(name: string | null) => void>();

const answer = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

const serve = (request: Request): Response => {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname.endsWith('/auth/me'))
    return answer({ member: me, company: { name: 'Halden' }, permissions: ['manage_members'] });
  if (pathname.endsWith('/org/members')) return answer({ items: members, next_cursor: null });
  if (pathname.endsWith('/auth/confirm')) {
    isConfirmed = true;
    return answer({});
  }
  if (pathname.endsWith('/org') && request.method === 'DELETE') {
    if (!isConfirmed) return answer({ status: 403, code: 'confirmation_required', detail: 'Confirm.' }, 403);
    deleted(searchParams.get('name'));
    return answer({ deleted_at: '2026-11-30T08:00:00Z', withdrawn: 3, under_way: 1 });
  }
  return answer({ items: [], next_cursor: null });
};

beforeEach(() => {
  me = members[0];
  isConfirmed = true;
  deleted.mockReset();
  farewellStore.set('');
  queryClient.clear();
  vi.stubGlobal('fetch', (asked: Request | string, init?: RequestInit) =>
    Promise.resolve(serve(asked instanceof Request ? asked : new Request(asked, init))),
  );
});

const open = () => {
  const root = createRootRoute();
  const routeTree = root.addChildren([
    createRoute({ getParentRoute: () => root, path: '/', component: DeleteCompany }),
    createRoute({ getParentRoute: () => root, path: '/sign-in', component: () => <p>{farewellStore.get()}</p> }),
  ]);
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
};
const press = async (name: RegExp) => userEvent.click(await screen.findByRole('button', { name }));

it('a company is deleted only under its own name, and whoever did it reads at the sign-in what became of it', async () => {
  open();
  await press(/^Delete the company/);
  const field = await screen.findByLabelText(/Write the name/);
  await press(/^Delete it for good/);
  expect(await screen.findByText(/That is not the name/)).toBeTruthy();
  await userEvent.type(field, 'halden');
  await press(/^Delete it for good/);
  expect(deleted).not.toHaveBeenCalled();
  await userEvent.clear(field);
  await userEvent.type(field, 'Halden');
  await press(/^Delete it for good/);
  await waitFor(() => expect(deleted).toHaveBeenCalledExactlyOnceWith('Halden'));
  expect(await screen.findByText(/^Halden is deleted.* 3 deliveries that waited do not go out\. 1 delivery was going out/)).toBeTruthy();
});

it('who signed in long ago proves who they are first, and then it goes on', async () => {
  isConfirmed = false;
  open();
  await press(/^Delete the company/);
  await userEvent.type(await screen.findByLabelText(/Write the name/), 'Halden');
  await press(/^Delete it for good/);
  await userEvent.type(await screen.findByLabelText('Password'), 'correct horse');
  expect(deleted).not.toHaveBeenCalled();
  await press(/^Go on|^Confirm/);
  await waitFor(() => expect(deleted).toHaveBeenCalledExactlyOnceWith('Halden'));
});

it('an admin reads that only an owner does it, and whom to ask', async () => {
  me = members[1];
  open();
  expect(await screen.findByText(/Only an owner deletes the company\. Ask Ada Brandt\./)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Delete/ })).toBeNull();
});
