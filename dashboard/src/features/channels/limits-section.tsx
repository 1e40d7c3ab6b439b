/** Budgets and retry policies: the values in force, who set them, and the effect of a change. */
import { zodResolver } from '@hookform/resolvers/zod';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { SelectField, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { Table, Td, Th } from '@/components/table';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { useProject } from '@/data/projects';
import { simulate } from '@/data/simulation';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { serverNow } from '@/lib/clock';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { lengthOf } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { channelsStrings as words } from '@strings/channels';
import { platformNames } from '@strings/platforms';
import { waitsOf } from './channel-state';

type Limit = Schemas['rate_limit'];
type Policy = Schemas['retry_policy'];
type Budget = Schemas['post_budget'];

const week_ms = 604_800_000;

const limitsQuery = queryOptions({
  queryKey: queryKeys.limits,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/rate-limits', { signal }))).items,
});
const policiesQuery = queryOptions({
  queryKey: queryKeys.retryPolicies,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/retry-policies', { signal }))).items,
});

const budgetText = (of: Budget | null): string =>
  of ? words.budget(of.posts, words.any(of.window_seconds), of.burst) : words.none;

const number = z.string().check(z.regex(/^\d{1,7}$/, words.needNumber));
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

const retryShape = z.object({
  max_attempts: number,
  retry_delay_seconds: number,
  backoff_strategy: z.enum(['linear', 'exponential']),
});

const RetryDialog = ({ of, onClose }: { of: Policy; onClose: () => void }) => {
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError, control } = useForm<z.infer<typeof retryShape>>({
    resolver: zodResolver(retryShape),
    defaultValues: {
      max_attempts: String(of.max_attempts),
      retry_delay_seconds: String(of.retry_delay_seconds),
      backoff_strategy: of.backoff_strategy,
    },
  });
  const values = useWatch({ control });
  const waits = waitsOf(
    Number(values.max_attempts) || 0,
    Number(values.retry_delay_seconds) || 0,
    values.backoff_strategy ?? 'exponential',
  );
  const done = async () => {
    await client.invalidateQueries({ queryKey: queryKeys.retryPolicies });
    toast(words.retrySaved);
    onClose();
  };
  const path = { channel_type: of.channel_type };
  const save = handleSubmit(async (wanted) => {
    try {
      await dataOf(
        api.PUT('/retry-policies/{channel_type}', {
          params: { path },
          body: {
            max_attempts: Number(wanted.max_attempts),
            retry_delay_seconds: Number(wanted.retry_delay_seconds),
            backoff_strategy: wanted.backoff_strategy,
          },
        }),
      );
      await done();
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  const reset = async () => {
    await dataOf(api.DELETE('/retry-policies/{channel_type}', { params: { path } })).then(done, (error: Problem) =>
      setProblem(error),
    );
  };
  const errors = formState.errors;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.retryTitle(platformNames[of.channel_type])}
      text={waits.length ? words.plan(commonStrings.list(waits.map((s) => lengthOf(s * 1000)))) : words.planNone}
    >
      <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-3">
        <div className="grid gap-3 tablet:grid-cols-2">
          <TextField
            label={words.attempts}
            inputMode="numeric"
            autoFocus
            error={errors.max_attempts?.message}
            {...register('max_attempts')}
          />
          <TextField
            label={words.delay}
            inputMode="numeric"
            error={errors.retry_delay_seconds?.message}
            {...register('retry_delay_seconds')}
          />
        </div>
        <SelectField label={words.strategy} error={errors.backoff_strategy?.message} {...register('backoff_strategy')}>
          <option value="exponential">{words.exponential}</option>
          <option value="linear">{words.linear}</option>
        </SelectField>
        {problem && <ErrorBox error={problem} />}
        <div className="flex justify-end gap-2 pb-1">
          {!of.is_default && <Button onClick={() => void reset()}>{words.backToDefault}</Button>}
          <Button type="submit" kind="primary" busy={formState.isSubmitting}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const Platform = ({ of }: { of: Limit['platform'] }) => (
  <span className="flex items-center gap-2">
    <PlatformMark of={of} />
    {platformNames[of]}
  </span>
);

export const LimitsSection = () => {
  const limits = useQuery(limitsQuery);
  const mayOperate = useMay('operate');
  const [open, setOpen] = useState<Limit>();
  return (
    <Section title={words.budgets} aside={!mayOperate && <span className="text-muted">{words.mayNot}</span>}>
      <p className="text-secondary">{words.budgetsText}</p>
      <Loaded query={limits} what={words.budgets}>
        {(rows) => (
          <Table label={words.budgets}>
            <thead>
              <tr>
                <Th>{words.columns.platform}</Th>
                <Th className="max-tablet:hidden">{words.columns.scope}</Th>
                <Th>{words.columns.budget}</Th>
                <Th className="max-tablet:hidden">{words.columns.source}</Th>
                <Th>
                  <span className="sr-only">{words.columns.edit}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {rows
                .filter((row) => row.budget !== null || row.scope === 'account')
                .map((row) => (
                  <tr key={`${row.platform} ${row.scope}`}>
                    <Td>
                      <Platform of={row.platform} />
                    </Td>
                    <Td className="text-secondary max-tablet:hidden">{words.scopes[row.scope]}</Td>
                    <Td className="tabular">
                      {budgetText(row.budget)}
                      <span className="block text-meta text-secondary tablet:hidden">
                        {words.scopes[row.scope]} · {words.sources[row.source]}
                      </span>
                    </Td>
                    <Td className="text-secondary max-tablet:hidden">{words.sources[row.source]}</Td>
                    <Td figure>
                      {row.scope !== 'app' && mayOperate && (
                        <Button size="small" onClick={() => setOpen(row)}>
                          {words.change}
                        </Button>
                      )}
                    </Td>
                  </tr>
                ))}
            </tbody>
          </Table>
        )}
      </Loaded>
      {open && <LimitDialog of={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
};

export const RetriesSection = () => {
  const policies = useQuery(policiesQuery);
  const mayOperate = useMay('operate');
  const [open, setOpen] = useState<Policy>();
  return (
    <Section title={words.retries}>
      <p className="text-secondary">{words.retriesText}</p>
      <Loaded query={policies} what={words.retries}>
        {(rows) => (
          <Table label={words.retries}>
            <thead>
              <tr>
                <Th>{words.retryColumns.platform}</Th>
                <Th>{words.retryColumns.attempts}</Th>
                <Th>{words.retryColumns.delay}</Th>
                <Th>
                  <span className="sr-only">{words.retryColumns.edit}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.channel_type}>
                  <Td>
                    <Platform of={row.channel_type} />
                  </Td>
                  <Td className="tabular">{row.max_attempts}</Td>
                  <Td className="tabular">
                    {lengthOf(row.retry_delay_seconds * 1000)}, {words.strategies[row.backoff_strategy]}{' '}
                    {row.is_default && <span className="text-muted">({words.byDefault})</span>}
                  </Td>
                  <Td figure>
                    {mayOperate && (
                      <Button size="small" onClick={() => setOpen(row)}>
                        {words.change}
                      </Button>
                    )}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
      {open && <RetryDialog of={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
};
