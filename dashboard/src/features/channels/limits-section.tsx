/** Budgets: the values in force, who set them, and the effect of a change. */
import { zodResolver } from '@hookform/resolvers/zod';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { DataTable } from '@/components/data-table';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { columnsOf, type Columns } from '@/components/table-columns';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { useProject } from '@/data/projects';
import { simulate } from '@/data/simulation';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { serverNow } from '@/lib/clock';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { channelsStrings as words } from '@strings/channels';
import { platformNames } from '@strings/platforms';
import { Change, number, Platform } from './limit-parts';

type Limit = Schemas['rate_limit'];
type Budget = Schemas['post_budget'];

const week_ms = 604_800_000;

const limitsQuery = queryOptions({
  queryKey: queryKeys.limits,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/rate-limits', { signal }))).items,
});
const budgetText = (of: Budget | null): string =>
  of ? words.budget(of.posts, words.any(of.window_seconds), of.burst) : words.none;

const limitShape = z.object({
  posts: number,
  window_seconds: number,
  burst: z.string().check(z.regex(/^\d{0,7}$/, words.needNumber)),
});

/** The effect of the change on this week, from the simulation. */
const useEffectOnWeek = () => {
  const project = useProject();
  const navigate = useNavigate();
  return async () => {
    if (!project) return toast(words.budgetSaved);
    const now = serverNow();
    const { totals } = await simulate(project.id, {
      from: new Date(now).toISOString(),
      to: new Date(now + week_ms).toISOString(),
      show: 'trouble',
      limit: 1,
    });
    return toast(
      totals.throttled ? words.wouldBeLate(totals.throttled) : words.noneLate,
      totals.throttled
        ? {
            action: {
              label: words.showCalendar,
              run: () => void navigate({ to: '/app/calendar', search: { whatif: true } }),
            },
          }
        : {},
    );
  };
};

const LimitDialog = ({ of, onClose }: { of: Limit; onClose: () => void }) => {
  const client = useQueryClient();
  const tellEffect = useEffectOnWeek();
  const [problem, setProblem] = useState<Problem>();
  const bound = of.installation ?? of.documented;
  const { register, handleSubmit, formState, setError } = useForm<z.infer<typeof limitShape>>({
    resolver: zodResolver(limitShape),
    defaultValues: {
      posts: String(of.budget?.posts ?? 10),
      window_seconds: String(of.budget?.window_seconds ?? 3600),
      burst: of.tenant ? String(of.tenant.burst) : '',
    },
  });
  const path = { platform: of.platform, scope: of.scope as 'account' | 'tenant' };
  const done = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.limits }),
      client.invalidateQueries({ queryKey: ['channels'] }),
      client.invalidateQueries({ queryKey: queryKeys.simulation }),
    ]);
    onClose();
    await tellEffect();
  };
  const save = handleSubmit(async (values) => {
    try {
      await dataOf(
        api.PUT('/rate-limits/{platform}/{scope}', {
          params: { path },
          body: {
            posts: Number(values.posts),
            window_seconds: Number(values.window_seconds),
            ...(values.burst ? { burst: Number(values.burst) } : {}),
          },
        }),
      );
      await done();
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  const reset = async () => {
    await dataOf(api.DELETE('/rate-limits/{platform}/{scope}', { params: { path } })).then(done, (error: Problem) =>
      setProblem(error),
    );
  };
  const errors = formState.errors;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.budgetTitle(platformNames[of.platform], words.scopes[of.scope])}
      text={bound ? words.budgetText(budgetText(bound)) : words.budgetFree}
    >
      <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-3">
        <div className="grid gap-3 tablet:grid-cols-3">
          <TextField
            label={words.posts}
            inputMode="numeric"
            autoFocus
            error={errors.posts?.message}
            {...register('posts')}
          />
          <TextField
            label={words.window}
            inputMode="numeric"
            error={errors.window_seconds?.message}
            {...register('window_seconds')}
          />
          <TextField
            label={words.burst}
            inputMode="numeric"
            help={words.burstHelp}
            error={errors.burst?.message}
            {...register('burst')}
          />
        </div>
        {problem && <ErrorBox error={problem} />}
        <div className="flex justify-end gap-2 pb-1">
          {of.tenant && <Button onClick={() => void reset()}>{words.backTo}</Button>}
          <Button type="submit" kind="primary" busy={formState.isSubmitting}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const isShown = (row: Limit): boolean => row.budget !== null || row.scope === 'account';
const idOfLimit = ({ platform, scope }: Limit): string => `${platform} ${scope}`;
const column = columnsOf<Limit>();

const columnsFor = (onChange: ((row: Limit) => void) | undefined): Columns<Limit> => [
  column.display({
    id: 'platform',
    header: words.columns.platform,
    cell: ({ row }) => <Platform of={row.original.platform} />,
  }),
  column.display({
    id: 'scope',
    header: words.columns.scope,
    cell: ({ row }) => words.scopes[row.original.scope],
    meta: { className: 'max-tablet:hidden', cellClassName: 'text-secondary' },
  }),
  column.display({
    id: 'budget',
    header: words.columns.budget,
    cell: ({ row: { original: row } }) => (
      <>
        {budgetText(row.budget)}
        <span className="block text-meta text-secondary tablet:hidden">
          {words.scopes[row.scope]} · {words.sources[row.source]}
        </span>
      </>
    ),
    meta: { cellClassName: 'tabular' },
  }),
  column.display({
    id: 'source',
    header: words.columns.source,
    cell: ({ row }) => words.sources[row.original.source],
    meta: { className: 'max-tablet:hidden', cellClassName: 'text-secondary' },
  }),
  column.display({
    id: 'edit',
    header: () => <span className="sr-only">{words.columns.edit}</span>,
    cell: ({ row: { original: row } }) => row.scope !== 'app' && onChange && <Change onClick={() => onChange(row)} />,
    meta: { figure: true },
  }),
];

export const LimitsSection = () => {
  const limits = useQuery(limitsQuery);
  const mayOperate = useMay('operate');
  const [open, setOpen] = useState<Limit>();
  const columns = useMemo(() => columnsFor(mayOperate ? setOpen : undefined), [mayOperate]);
  return (
    <Section title={words.budgets} aside={!mayOperate && <span className="text-muted">{words.mayNot}</span>}>
      <p className="text-secondary">{words.budgetsText}</p>
      <Loaded query={limits} what={words.budgets}>
        {(rows) => (
          <DataTable
            label={words.budgets}
            items={rows.filter(isShown)}
            idOf={idOfLimit}
            columns={columns}
          />
        )}
      </Loaded>
      {open && <LimitDialog of={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
};
