/** The limits on rules' posts, and who must approve. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { ChangedMeanwhile } from '@/components/changed-meanwhile';
import { TextArea, TextField } from '@/components/field';
import { LastChange } from '@/components/last-change';
import { MayNot } from '@/components/may-not';
import { useLeaveGuard } from '@/components/leave-guard';
import { Section } from '@/components/page';
import { ErrorBox } from '@/components/states';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import type { Project } from '@/data/projects';
import { isChangedMeanwhile, saveOver, type Versioned } from '@/lib/api/versioned';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { differing, type Basis } from '@/lib/shared-draft';
import { useSharedForm } from '@/lib/shared-form';
import { lazyWhenThere } from '@/lib/when-there';
import { guardrailsStrings as words } from '@strings/guardrails';
import {
  draftOf,
  guardrailsQuery,
  putGuardrails,
  readGuardrails,
  requestOf,
  type Guardrails,
  type GuardrailsDraft,
} from './guardrails-draft';
import { Approval, Blackouts, Tick } from './guardrails-parts';

const basisOf = ({ of, etag }: Versioned<Guardrails>) => ({ etag, draft: draftOf(of) });

const Conflict = lazyWhenThere(() => import('./guardrails-conflict'));

type Wanted = { draft: GuardrailsDraft; over: Basis<GuardrailsDraft> };

export const GuardrailsForm = ({ project, now }: { project: Project; now: Versioned<Guardrails> }) => {
  const client = useQueryClient();
  const mayManage = useMay('manage_guardrails');
  const [known, setKnown] = useState(() => ({ now, basis: basisOf(now) }));
  if (known.now !== now) setKnown({ now, basis: basisOf(now) });
  const form = useSharedForm(known.basis);
  const { draft, setDraft, base } = form;
  const { question } = useLeaveGuard(draft, base.draft);
  const set = (next: Partial<GuardrailsDraft>) => setDraft((before) => ({ ...before, ...next }));
  const query = guardrailsQuery(project.id);
  const save = useMutation({
    mutationFn: (wanted: Wanted) =>
      saveOver(
        wanted.over.etag,
        (etag) => putGuardrails(project.id, etag, requestOf(wanted.draft)),
        async () => {
          const found = await readGuardrails(project.id);
          return { ...found, isTheSame: differing(draftOf(found.of), wanted.over.draft).length === 0 };
        },
      ),
    onSuccess: (saved, wanted) => {
      client.setQueryData(query.queryKey, saved);
      form.onSaved(basisOf(saved), wanted.draft);
      toast(words.saved);
    },
    onError: (error) => form.onRefused(error),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.guardrails }),
  });
  const saveOne = (over: Basis<GuardrailsDraft>) => save.mutate({ draft, over });
  const problem = isChangedMeanwhile(save.error) ? undefined : save.error;
  const errors = errorsByField(problem);
  useFirstWrong(problem);
  const part = { draft, set, errors };
  const { updated_by: memberId, updated_at: at } = now.of;
  const changedBy = <LastChange memberId={memberId} at={at} zone={project.time_zone} told={words.changedBy} />;
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
        form.keep(saveOne);
      }}
    >
      {!mayManage && <MayNot>{words.mayNot}</MayNot>}
      <ChangedMeanwhile form={form} by={changedBy} versions={Conflict} onSave={saveOne} />
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
        {problem && Object.keys(errors).length === 0 && <ErrorBox error={problem} />}
        <Button type="submit" kind="primary" busy={save.isPending} className="self-start">
          {words.save}
        </Button>
      </fieldset>
      {question}
    </form>
  );
};
