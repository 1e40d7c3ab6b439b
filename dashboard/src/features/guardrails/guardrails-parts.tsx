/** The longer parts of the guardrails' form: blackout dates, and the steps of an approval. */
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { Button } from '@/components/button';
import { SelectField, TextField } from '@/components/field';
import { Section } from '@/components/page';
import { membersQuery, roles } from '@/data/members';
import { frameStrings } from '@strings/frame';
import { guardrailsStrings as words } from '@strings/guardrails';
import { newStep, type GuardrailsDraft, type Step } from './guardrails-draft';

const steps_max = 5;

export const Tick = ({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) => (
  <label className="flex min-h-8 items-center gap-2.5 max-tablet:min-h-11">
    <input
      type="checkbox"
      checked={isOn}
      onChange={(event) => onChange(event.target.checked)}
      className="size-4 shrink-0 accent-accent"
    />
    {label}
  </label>
);

const toggled = <T,>(list: T[], value: T): T[] =>
  list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

const StepFields = ({
  step,
  onChange,
  onRemove,
  error,
}: {
  step: Step;
  onChange: (next: Partial<Step>) => void;
  onRemove: () => void;
  error?: string;
}) => {
  const { data: members = [] } = useQuery(membersQuery);
  const shown = members.filter((each) => each.is_active || step.memberIds.includes(each.id));
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-surface px-4 py-3">
      <div className="grid grid-cols-[minmax(0,1fr)_10rem_auto] items-end gap-2">
        <TextField
          label={words.stepName}
          maxLength={80}
          value={step.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <SelectField
          label={words.needs}
          value={step.needs}
          onChange={(event) => onChange({ needs: event.target.value as Step['needs'] })}
        >
          <option value="one_of">{words.needsNames.one_of}</option>
          <option value="all_of">{words.needsNames.all_of}</option>
        </SelectField>
        <Button icon={X} kind="ghost" aria-label={words.removeStep(step.name)} onClick={onRemove} />
      </div>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="text-meta text-muted">{words.roles}</legend>
        {roles.map((each) => (
          <Tick
            key={each}
            label={frameStrings.role(each)}
            isOn={step.roles.includes(each)}
            onChange={() => onChange({ roles: toggled(step.roles, each) })}
          />
        ))}
      </fieldset>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="text-meta text-muted">{words.members}</legend>
        {shown.map((each) => (
          <Tick
            key={each.id}
            label={each.full_name}
            isOn={step.memberIds.includes(each.id)}
            onChange={() => onChange({ memberIds: toggled(step.memberIds, each.id) })}
          />
        ))}
      </fieldset>
      <Tick label={words.byLink} isOn={step.byLink} onChange={(byLink) => onChange({ byLink })} />
      {error && <p className="text-meta text-danger-text">{error}</p>}
    </li>
  );
};

export type Part = {
  draft: GuardrailsDraft;
  set: (next: Partial<GuardrailsDraft>) => void;
  errors: Record<string, string>;
};

export const Blackouts = ({ draft, set, errors }: Part) => {
  const change = (index: number, next: Partial<GuardrailsDraft['blackouts'][number]>) =>
    set({ blackouts: draft.blackouts.map((each, at) => (at === index ? { ...each, ...next } : each)) });
  return (
    <Section title={words.blackouts}>
      <p className="text-secondary">{words.blackoutsText}</p>
      {draft.blackouts.map((each, index) => (
        <div
          key={index}
          className="grid grid-cols-[1fr_1fr_auto] items-end gap-2 tablet:grid-cols-[10rem_10rem_minmax(0,1fr)_auto]"
        >
          <TextField
            label={words.firstDay}
            type="date"
            value={each.firstDay}
            error={errors[`/guardrails/blackouts/${index}/first_day`]}
            onChange={(event) => change(index, { firstDay: event.target.value })}
          />
          <TextField
            label={words.lastDay}
            type="date"
            value={each.lastDay}
            error={errors[`/guardrails/blackouts/${index}/last_day`]}
            onChange={(event) => change(index, { lastDay: event.target.value })}
          />
          <TextField
            label={words.reason}
            className="max-tablet:col-span-2 max-tablet:row-start-2"
            value={each.reason}
            onChange={(event) => change(index, { reason: event.target.value })}
          />
          <Button
            icon={X}
            kind="ghost"
            aria-label={words.removeBlackout}
            onClick={() => set({ blackouts: draft.blackouts.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        icon={Plus}
        size="small"
        className="self-start"
        onClick={() => set({ blackouts: [...draft.blackouts, { firstDay: '', lastDay: '', reason: '' }] })}
      >
        {words.addBlackout}
      </Button>
    </Section>
  );
};

export const Approval = ({ draft, set, errors }: Part) => (
  <Section title={words.approval}>
    <p className="text-secondary">{words.approvalText}</p>
    <ol className="flex flex-col gap-3">
      {draft.steps.map((each, index) => (
        <StepFields
          key={index}
          step={each}
          error={Object.entries(errors).find(([pointer]) => pointer.startsWith(`/approval/steps/${index}`))?.[1]}
          onChange={(next) => set({ steps: draft.steps.map((one, at) => (at === index ? { ...one, ...next } : one)) })}
          onRemove={() => set({ steps: draft.steps.filter((_, at) => at !== index) })}
        />
      ))}
    </ol>
    {draft.steps.length < steps_max && (
      <Button
        icon={Plus}
        size="small"
        className="self-start"
        onClick={() => set({ steps: [...draft.steps, newStep(draft.steps.length)] })}
      >
        {words.addStep}
      </Button>
    )}
    {draft.steps.length > 0 && (
      <>
        <Tick
          label={words.authorEnough}
          isOn={draft.authorIsEnough}
          onChange={(authorIsEnough) => set({ authorIsEnough })}
        />
        <div className="grid grid-cols-2 gap-3 tablet:max-w-md">
          <TextField
            label={words.remind}
            inputMode="numeric"
            value={draft.remindAfter}
            error={errors['/approval/remind_after_hours']}
            onChange={(event) => set({ remindAfter: event.target.value })}
          />
          <TextField
            label={words.escalate}
            inputMode="numeric"
            value={draft.escalateAfter}
            error={errors['/approval/escalate_after_hours'] ?? errors['/approval/escalate_to']}
            onChange={(event) => set({ escalateAfter: event.target.value })}
          />
        </div>
        {draft.escalateAfter.trim() && (
          <fieldset className="flex flex-wrap gap-x-4">
            <legend className="text-meta text-muted">{words.escalateTo}</legend>
            {roles.map((each) => (
              <Tick
                key={each}
                label={frameStrings.role(each)}
                isOn={draft.escalateTo.includes(each)}
                onChange={() => set({ escalateTo: toggled(draft.escalateTo, each) })}
              />
            ))}
          </fieldset>
        )}
      </>
    )}
  </Section>
);
