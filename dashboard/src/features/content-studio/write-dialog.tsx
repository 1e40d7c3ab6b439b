/** Writes or changes content: saving other words makes a new version. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ChannelChoice } from '@/components/channel-choice';
import { SelectField, TextField } from '@/components/field';
import { FormDialog } from '@/components/form-dialog';
import { campaignsQuery } from '@/data/campaigns';
import { channelsQuery } from '@/data/channels';
import type { Content } from '@/data/content';
import { templatesQuery } from '@/data/templates';
import { errorsByField, listOf } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { studioStrings as words } from '@strings/studio';
import { useContentCommands } from './studio-data';
import { requestOfWords, wordsOf } from './words-draft';
import { WordsFields } from './words-fields';

export const WriteDialog = ({
  of,
  projectId,
  onClose,
  onMade,
}: {
  of?: Content;
  projectId: string;
  onClose: () => void;
  onMade?: (made: Content) => void;
}) => {
  const { data: templates = [] } = useQuery(templatesQuery(projectId));
  const { data: campaigns = [] } = useQuery(campaignsQuery(projectId));
  const { data: channels = [] } = useQuery(channelsQuery(projectId));
  const { make, change } = useContentCommands();
  const [draft, setDraft] = useState(() => wordsOf(of));
  const [labels, setLabels] = useState(of?.labels.join(', ') ?? '');
  const [templateId, setTemplateId] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [campaignId, setCampaignId] = useState(of?.campaign_id ?? '');
  const [channelIds, setChannelIds] = useState<string[]>(of?.channel_ids ?? []);
  const error = make.error ?? change.error;
  const errors = errorsByField(error);
  useFirstWrong(error);
  const template = templates.find((each) => each.id === templateId);
  const canSave = Boolean(template ?? draft.text.trim());
  const targets = channels.filter((each) => (channelIds.length > 0 ? channelIds.includes(each.id) : each.is_active));
  const platforms = [...new Set(targets.map((each) => each.type))];
  const save = () => {
    if (!canSave) return;
    const written = {
      ...requestOfWords(draft),
      labels: listOf(labels),
      channel_ids: channelIds,
      campaign_id: campaignId || null,
      ...(template ? { template_id: template.id, values } : {}),
    };
    if (of) change.mutate({ id: of.id, of: written }, { onSuccess: onClose });
    else
      make.mutate(
        { projectId, of: written },
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
      title={of ? words.editTitle : words.writeTitle}
      action={of ? words.save : words.keepDraft}
      canSave={canSave}
      busy={make.isPending || change.isPending}
      error={error && Object.keys(errors).length === 0 ? error : undefined}
      onSave={save}
      onClose={onClose}
    >
      {!of && templates.length > 0 && (
        <SelectField
          label={words.template}
          value={templateId}
          error={errors['/template_id']}
          onChange={(event) => setTemplateId(event.target.value)}
        >
          <option value="">{words.noTemplate}</option>
          {templates.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </SelectField>
      )}
      {template ? (
        <div className="grid gap-3 tablet:grid-cols-2">
          {template.variables.map(({ name, default_value }) => (
            <TextField
              key={name}
              label={name}
              placeholder={default_value}
              value={values[name] ?? ''}
              error={errors[`/values/${name}`]}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          ))}
        </div>
      ) : (
        <WordsFields
          draft={draft}
          platforms={platforms}
          errors={errors}
          onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
        />
      )}
      <SelectField
        label={words.campaign}
        value={campaignId}
        error={errors['/campaign_id']}
        onChange={(event) => setCampaignId(event.target.value)}
      >
        <option value="">{words.noCampaign}</option>
        {campaigns.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </SelectField>
      <ChannelChoice
        channels={channels.filter((each) => each.is_active || channelIds.includes(each.id))}
        chosen={channelIds}
        onChange={setChannelIds}
        error={errors['/channel_ids']}
      />
      <TextField
        label={words.labels}
        optional
        help={words.labelsHelp}
        value={labels}
        error={errors['/labels']}
        onChange={(event) => setLabels(event.target.value)}
      />
    </FormDialog>
  );
};
