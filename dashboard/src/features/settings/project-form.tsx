import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { SelectField, TextArea, TextField } from '@/components/field';
import { ErrorBox } from '@/components/states';
import { ZoneField } from '@/components/zone-field';
import type { Project } from '@/data/projects';
import type { Schemas } from '@/lib/api/client';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { useNow } from '@/lib/clock';
import { clockOf, ownZone } from '@/lib/time/format';
import { settingsStrings as words } from '@strings/website';

const month_min = 44_640;

const shape = z.object({
  name: z.string().check(z.minLength(1, words.needName)),
  description: z.string(),
  time_zone: z.string().check(z.minLength(1, words.needZone)),
  policy: z.enum(['send', 'ask', 'skip']),
  after_minutes: z
    .string()
    .check(
      z.refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= month_min, words.needMinutes),
    ),
});
type Values = z.infer<typeof shape>;

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
};

const ClockThere = ({ zone }: { zone: string }) => {
  const now = useNow();
  return <>{isZone(zone) ? words.nowThere(clockOf(now, zone, true)) : words.zoneHelp}</>;
};

type ProjectFormProps = {
  project?: Project;
  disabled?: boolean;
  action: string;
  onSave: (body: Schemas['update_project_request'] & { name: string }) => Promise<unknown>;
};

export const ProjectForm = ({ project, disabled, action, onSave }: ProjectFormProps) => {
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError, control } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: {
      name: project?.name ?? '',
      description: project?.description ?? '',
      time_zone: project?.time_zone ?? ownZone(),
      policy: project?.lateness.policy ?? 'send',
      after_minutes: String(Math.round((project?.lateness.after_seconds ?? 3600) / 60)),
    },
  });
  const zone = useWatch({ control, name: 'time_zone' });
  const policy = useWatch({ control, name: 'policy' });
  const save = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      await onSave({
        name: values.name.trim(),
        description: values.description,
        time_zone: values.time_zone.trim(),
        lateness: { policy: values.policy, after_seconds: Number(values.after_minutes) * 60 },
      });
    } catch (error) {
      const named = (error as Problem).code === 'name_taken';
      if (named) setError('name', { message: (error as Problem).message });
      else setProblem(landOnFields(error, setError));
    }
  });
  const errors = formState.errors;
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex max-w-lg flex-col gap-3">
      <fieldset disabled={disabled} className="contents">
        <TextField label={words.name} maxLength={120} error={errors.name?.message} {...register('name')} />
        <TextArea
          label={words.description}
          optional
          maxLength={2000}
          error={errors.description?.message}
          {...register('description')}
        />
        <ZoneField label={words.zone} error={errors.time_zone?.message} {...register('time_zone')} />
        <p className="-mt-2 text-meta text-muted">
          <ClockThere zone={zone} />
        </p>
        <div className="grid gap-3 tablet:grid-cols-2">
          <SelectField label={words.lateness} help={words.latenessHelp} {...register('policy')}>
            <option value="send">{words.policies.send}</option>
            <option value="ask">{words.policies.ask}</option>
            <option value="skip">{words.policies.skip}</option>
          </SelectField>
          {policy !== 'send' && (
            <TextField
              label={words.latenessAfter}
              inputMode="numeric"
              error={errors.after_minutes?.message}
              {...register('after_minutes')}
            />
          )}
        </div>
        {problem && <ErrorBox error={problem} />}
        <Button type="submit" kind="primary" busy={formState.isSubmitting} className="self-start">
          {action}
        </Button>
      </fieldset>
      {disabled && <p className="text-meta text-muted">{words.mayNot}</p>}
    </form>
  );
};
