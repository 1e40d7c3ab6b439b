/** Content is written, or changed: each save of other words is another version. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { ChannelChoice } from '@/components/channel-choice';
import { Dialog } from '@/components/dialog';
import { SelectField, TextArea, TextField } from '@/components/field';
import { ErrorBox } from '@/components/states';
import { campaignsQuery } from '@/data/campaigns';
import { channelsQuery } from '@/data/channels';
import type { Content } from '@/data/content';
import { templatesQuery } from '@/data/templates';
import { errorsByField } from '@/lib/errors-by-field';
import { commonStrings } from '@strings/common';
import { studioStrings as words } from '@strings/studio';
import { useContentCommands } from './studio-data';

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
  const [title, setTitle] = useState(of?.title ?? '');
  const [text, setText] = useState(of?.text ?? '');
  const [templateId, setTemplateId] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [campaignId, setCampaignId] = useState(of?.campaign_id ?? '');
  const [channelIds, setChannelIds] = useState<string[]>(of?.channel_ids ?? []);
  const error = make.error ?? change.error;
  const errors = errorsByField(error);
  const template = templates.find((each) => each.id === templateId);
  const canSave = Boolean(template ?? text.trim());
  const save = () => {
    if (!canSave) return;
    const written = {
      title,
      text,
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
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={of ? words.editTitle : words.writeTitle}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button kind="primary" disabled={!canSave} busy={make.isPending || change.isPending} onClick={save}>
            {of ? words.save : words.keepDraft}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
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
          <>
            <TextField
              label={words.name}
              optional
              value={title}
              error={errors['/title']}
              onChange={(event) => setTitle(event.target.value)}
            />
            <TextArea
              label={words.text}
              help={words.textHelp}
              rows={6}
              autoFocus
              value={text}
              error={errors['/text']}
              onChange={(event) => setText(event.target.value)}
            />
          </>
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
        {error && Object.keys(errors).length === 0 && <ErrorBox error={error} />}
      </div>
    </Dialog>
  );
};
