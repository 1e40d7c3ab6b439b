/** The limits on rules' posts, and who must approve. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { SelectField, TextArea, TextField } from '@/components/field';
import { MayNot } from '@/components/may-not';
import { useLeaveGuard } from '@/components/leave-guard';
import { Page, Section } from '@/components/page';
import { StudioNav } from '@/components/studio-nav';
import { ErrorBox, Loaded } from '@/components/states';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { membersQuery, roles } from '@/data/members';
import { useMay } from '@/data/people';
import { useProject, type Project } from '@/data/projects';
import { api, dataOf } from '@/lib/api/client';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { frameStrings } from '@strings/frame';
import { guardrailsStrings as words } from '@strings/guardrails';
import { HeldBack } from './held-back';
import {
  draftOf,
  guardrailsQuery,
  newStep,
  requestOf,
  type Guardrails,
  type GuardrailsDraft,
  type Step,
} from './guardrails-draft';

const steps_max = 5;

const Tick = ({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) => (
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

type Part = {
  draft: GuardrailsDraft;
  set: (next: Partial<GuardrailsDraft>) => void;
  errors: Record<string, string>;
};

const Blackouts = ({ draft, set, errors }: Part) => {
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

const Approval = ({ draft, set, errors }: Part) => (
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

const Form = ({ project, stored }: { project: Project; stored: Guardrails }) => {
  const client = useQueryClient();
  const mayManage = useMay('manage_guardrails');
  const [initial] = useState(() => draftOf(stored));
  const [draft, setDraft] = useState(initial);
  const { settle, question } = useLeaveGuard(draft, initial);
  const set = (next: Partial<GuardrailsDraft>) => setDraft((before) => ({ ...before, ...next }));
  const save = useMutation({
    mutationFn: () =>
      dataOf(api.PUT('/projects/{id}/guardrails', { params: { path: { id: project.id } }, body: requestOf(draft) })),
    onSuccess: () => {
      settle();
      toast(words.saved);
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.guardrails }),
  });
  const errors = errorsByField(save.error);
  useFirstWrong(save.error);
  const part = { draft, set, errors };
  const number = (label: string, key: 'perProject' | 'perChannel' | 'perCampaign', pointer: string) => (
    <TextField
      label={label}
      inputMode="numeric"
      placeholder={words.noLimit}
      value={draft[key]}
      error={errors[`/guardrails/${pointer}`]}
      onChange={(event) => set({ [key]: event.target.value })}
    />
  );
  return (
    <form
      noValidate
      className="flex max-w-3xl flex-col gap-7"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {!mayManage && <MayNot>{words.mayNot}</MayNot>}
      <fieldset disabled={!mayManage} className="contents">
        <Section title={words.limits}>
          <div className="grid gap-3 tablet:grid-cols-3">
            {number(words.perProject, 'perProject', 'most_posts_a_day')}
            {number(words.perChannel, 'perChannel', 'most_channel_posts_a_day')}
            {number(words.perCampaign, 'perCampaign', 'most_campaign_posts_a_day')}
          </div>
          <p className="text-meta text-muted">{words.limitsHelp}</p>
        </Section>
        <Section title={words.quiet}>
          <div className="grid grid-cols-2 gap-3 tablet:max-w-xs">
            <TextField
              label={words.quietFrom}
              type="time"
              value={draft.quietFrom}
              error={errors['/guardrails/quiet_hours']}
              onChange={(event) => set({ quietFrom: event.target.value })}
            />
            <TextField
              label={words.quietTo}
              type="time"
              value={draft.quietTo}
              onChange={(event) => set({ quietTo: event.target.value })}
            />
          </div>
          <p className="text-meta text-muted">{words.quietHelp(project.time_zone)}</p>
        </Section>
        <Blackouts {...part} />
        <Section title={words.duplicates}>
          <div className="grid grid-cols-2 gap-3 tablet:max-w-md">
            <TextField
              label={words.duplicateDays}
              inputMode="numeric"
              value={draft.duplicateDays}
              error={errors['/guardrails/duplicate_topic_days']}
              onChange={(event) => set({ duplicateDays: event.target.value })}
            />
            <TextField
              label={words.duplicatePercent}
              inputMode="numeric"
              value={draft.duplicatePercent}
              error={errors['/guardrails/duplicate_percent']}
              onChange={(event) => set({ duplicatePercent: event.target.value })}
            />
          </div>
          <p className="text-meta text-muted">{words.duplicatesHelp}</p>
        </Section>
        <TextArea
          label={words.phrases}
          help={words.phrasesHelp}
          rows={3}
          value={draft.phrases}
          error={errors['/guardrails/forbidden_phrases']}
          onChange={(event) => set({ phrases: event.target.value })}
        />
        <Section title={words.binds}>
          <Tick
            label={words.needsApproval}
            isOn={draft.needsApproval}
            onChange={(needsApproval) => set({ needsApproval })}
          />
          <Tick label={words.bindsPeople} isOn={draft.bindsPeople} onChange={(bindsPeople) => set({ bindsPeople })} />
          <p className="text-meta text-muted">{words.bindsHelp}</p>
        </Section>
        <Approval {...part} />
        {save.error && Object.keys(errors).length === 0 && <ErrorBox error={save.error} />}
        <Button type="submit" kind="primary" busy={save.isPending} className="self-start">
          {words.save}
        </Button>
      </fieldset>
      {question}
    </form>
  );
};

const OfProject = ({ project }: { project: Project }) => {
  const query = useQuery(guardrailsQuery(project.id));
  return (
    <>
      <HeldBack projectId={project.id} zone={project.time_zone} />
      <Loaded query={query} what={words.title} rows={6}>
        {(stored) => <Form key={`${project.id} ${stored.version}`} project={project} stored={stored} />}
      </Loaded>
    </>
  );
};

export const GuardrailsPage = () => {
  const project = useProject();
  return (
    <Page title={words.title} ownPrimary>
      <StudioNav />
      {project ? <OfProject project={project} /> : <ChooseProject />}
    </Page>
  );
};
