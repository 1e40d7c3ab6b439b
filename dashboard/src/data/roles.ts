/** What the roles may do, as the server's own document of its routes says: nothing here decides it. */
import { queryOptions } from '@tanstack/react-query';
import { apiBase } from '@/config/env';
import { toProblem } from '@/lib/problem';
import { queryKeys } from './keys';
import { roles } from './members';
import type { Permission, Role } from './people';

/** A permission, whose it is, and what it is needed for. */
export type Right = { permission: Permission; roles: Role[]; includes: string[] };

type Operation = { summary?: string; description?: string; 'x-permission'?: string };
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: { permission?: { enum?: string[] } } };
};

const named = /Needs the permission `(\w+)`: ([a-z_, ]+)\./;

/** In the order of the document's list of permissions; what belongs to no role is left out. */
export const rightsOf = (document: Document): Right[] => {
  const found = new Map<string, Right>();
  for (const operation of Object.values(document.paths).flatMap((each) => Object.values(each))) {
    const [, permission, holders] = named.exec(operation.description ?? '') ?? [];
    if (!permission || !holders) continue;
    const known = found.get(permission) ?? {
      permission: permission as Permission,
      roles: roles.filter((each) => holders.split(', ').includes(each)),
      includes: [],
    };
    if (operation.summary && !known.includes.includes(operation.summary)) known.includes.push(operation.summary);
    found.set(permission, known);
  }
  const order = document.components?.schemas?.permission?.enum ?? [];
  return [...found.values()]
    .filter((each) => each.roles.length > 0)
    .toSorted((a, b) => order.indexOf(a.permission) - order.indexOf(b.permission));
};

export const rolesQuery = queryOptions({
  queryKey: queryKeys.roles,
  queryFn: async ({ signal }) => {
    const response = await fetch(`${apiBase}/openapi.json`, { signal });
    if (!response.ok) throw toProblem(response, undefined);
    return rightsOf((await response.json()) as Document);
  },
  staleTime: Number.POSITIVE_INFINITY,
});
