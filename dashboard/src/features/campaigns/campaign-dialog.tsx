/** The form of a campaign: name, goal, days, channels, labels and UTM fields. */
import { useState } from 'react';
import { ChannelChoice } from '@/components/channel-choice';
import { TextArea, TextField } from '@/components/field';
import { FormDialog } from '@/components/form-dialog';
import type { Campaign } from '@/data/campaigns';
import { useChannels } from '@/data/channels';
import type { Project } from '@/data/projects';
import { errorsByField, listOf } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { asProblem } from '@/lib/problem';
import { campaignsStrings as words } from '@strings/campaigns';
import { useCampaignCommands } from './campaign-data';

const utmNames = ['source', 'medium', 'campaign', 'term', 'content'] as const;

export const CampaignDialog = ({
  of,
  project,
  onClose,
  onMade,
}: {
  of?: Campaign;
  project: Project;
  onClose: () => void;
  onMade?: (made: Campaign) => void;
}) => {
  const channels = useChannels();
  const { make, change } = useCampaignCommands();
  const [values, setValues] = useState({
    name: of?.name ?? '',
    goal: of?.goal ?? '',
    firstDay: of?.first_day ?? '',
    lastDay: of?.last_day ?? '',
    channelIds: of?.channel_ids ?? [],
    labels: of?.labels.join(', ') ?? '',
    utm: { ...(of?.utm ?? { source: '', medium: '', campaign: '', term: '', content: '' }) },
  });
  const set = (next: Partial<typeof values>) => setValues((before) => ({ ...before, ...next }));
  const error = make.error ?? change.error;
  const errors = errorsByField(error);
  useFirstWrong(error);
  const isNameTaken = error && asProblem(error).code === 'name_taken';
  const save = () => {
    const body = {
      name: values.name.trim(),
      goal: values.goal,
      first_day: values.firstDay || null,
      last_day: values.lastDay || null,
      channel_ids: values.channelIds,
      labels: listOf(values.labels),
      utm: values.utm,
    };
    if (of) change.mutate({ id: of.id, body }, { onSuccess: onClose });
    else
      make.mutate(
        { ...body, project_id: project.id },
        {
          onSuccess: (made) => {
            onClose();
            onMade?.(made);
          },
        },
      );
  };
  return (
    <FormDialog
      title={of ? words.editTitle(of.name) : words.makeTitle}
      action={of ? words.save : words.makeAction}
      canSave={Boolean(values.name.trim())}
      busy={make.isPending || change.isPending}
      error={error && !isNameTaken && Object.keys(errors).length === 0 ? error : undefined}
      onSave={save}
      onClose={onClose}
    >
      <TextField
        label={words.name}
        value={values.name}
        maxLength={120}
        autoFocus
        error={errors['/name'] ?? (isNameTaken ? asProblem(error).message : undefined)}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextArea
        label={words.goal}
        optional
        help={words.goalHelp}
        maxLength={2000}
        value={values.goal}
        error={errors['/goal']}
        onChange={(event) => set({ goal: event.target.value })}
      />
      <div className="grid gap-3 tablet:grid-cols-2">
        <TextField
          label={words.firstDay}
          optional
          type="date"
          value={values.firstDay}
          error={errors['/first_day']}
          onChange={(event) => set({ firstDay: event.target.value })}
        />
        <TextField
          label={words.lastDay}
          optional
          type="date"
          value={values.lastDay}
          error={errors['/last_day']}
          onChange={(event) => set({ lastDay: event.target.value })}
        />
        <p className="-mt-2 text-meta text-muted tablet:col-span-2">{words.daysHelp(project.time_zone)}</p>
      </div>
      <ChannelChoice
        channels={channels.filter((each) => each.project_id === project.id)}
        chosen={values.channelIds}
        onChange={(channelIds) => set({ channelIds })}
        error={errors['/channel_ids']}
      />
      <TextField
        label={words.labels}
        optional
        help={words.labelsHelp}
        value={values.labels}
        error={errors['/labels']}
        onChange={(event) => set({ labels: event.target.value })}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 font-button text-secondary">{words.utm}</legend>
        <div className="grid grid-cols-2 gap-3 desk:grid-cols-5">
          {utmNames.map((name) => (
            <TextField
              key={name}
              label={words.utmNames[name]}
              value={values.utm[name]}
              maxLength={200}
              error={errors[`/utm/${name}`]}
              onChange={(event) => set({ utm: { ...values.utm, [name]: event.target.value } })}
            />
          ))}
        </div>
        <p className="text-meta text-muted">{words.utmHelp}</p>
      </fieldset>
    </FormDialog>
  );
};
