/** Retry policies: how often and when a platform is tried again. */
import { zodResolver } from '@hookform/resolvers/zod';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { DataTable } from '@/components/data-table';
import { Dialog } from '@/components/dialog';
import { SelectField, TextField } from '@/components/field';
import { Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { columnsOf, type Columns } from '@/components/table-columns';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { lengthOf } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { channelsStrings as words } from '@strings/channels';
import { platformNames } from '@strings/platforms';
import { waitsOf } from './channel-state';
import { Change, number, Platform } from './limit-parts';

type Policy = Schemas['retry_policy'];

const policiesQuery = queryOptions({
  queryKey: queryKeys.retryPolicies,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/retry-policies', { signal }))).items,
});

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

const idOfPolicy = (row: Policy): string => row.channel_type;
const column = columnsOf<Policy>();

const columnsFor = (onChange: ((row: Policy) => void) | undefined): Columns<Policy> => [
  column.display({
    id: 'platform',
    header: words.retryColumns.platform,
    cell: ({ row }) => <Platform of={row.original.channel_type} />,
  }),
  column.display({
    id: 'attempts',
    header: words.retryColumns.attempts,
    cell: ({ row }) => row.original.max_attempts,
    meta: { cellClassName: 'tabular' },
  }),
  column.display({
    id: 'delay',
    header: words.retryColumns.delay,
    cell: ({ row: { original: row } }) => (
      <>
        {lengthOf(row.retry_delay_seconds * 1000)}, {words.strategies[row.backoff_strategy]}{' '}
        {row.is_default && <span className="text-muted">({words.byDefault})</span>}
      </>
    ),
    meta: { cellClassName: 'tabular' },
  }),
  column.display({
    id: 'edit',
    header: () => <span className="sr-only">{words.retryColumns.edit}</span>,
    cell: ({ row }) => onChange && <Change onClick={() => onChange(row.original)} />,
    meta: { figure: true },
  }),
];

export const RetriesSection = () => {
  const policies = useQuery(policiesQuery);
  const mayOperate = useMay('operate');
  const [open, setOpen] = useState<Policy>();
  const columns = useMemo(() => columnsFor(mayOperate ? setOpen : undefined), [mayOperate]);
  return (
    <Section title={words.retries}>
      <p className="text-secondary">{words.retriesText}</p>
      <Loaded query={policies} what={words.retries}>
        {(rows) => (
          <DataTable
            label={words.retries}
            items={rows}
            idOf={idOfPolicy}
            columns={columns}
          />
        )}
      </Loaded>
      {open && <RetryDialog of={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
};
