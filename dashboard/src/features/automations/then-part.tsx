/** The rule's action, and its policy for missed runs. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { buttonStyle } from '@/components/button';
import { ChannelChoice } from '@/components/channel-choice';
import { Choice } from '@/components/choice';
import { SelectField, TextArea, TextField } from '@/components/field';
import { channelsQuery } from '@/data/channels';
import { membersQuery } from '@/data/members';
import { templatesQuery } from '@/data/templates';
import type { Schemas } from '@/lib/api/client';
import { automationsStrings as words } from '@strings/automations';
import { commonStrings } from '@strings/common';
import { Part, Ticks } from './part';
import type { PartProps } from './when-part';

const releases = Object.keys(words.releases) as Schemas['release_kind'][];
const missedKinds = Object.keys(words.missedKinds) as Schemas['missed_kind'][];

const Write = ({ draft, set, errors, projectId }: PartProps & { projectId: string }) => {
  const { data: templates } = useQuery(templatesQuery(projectId));
  const { data: channels = [] } = useQuery(channelsQuery(projectId));
  const chosen = templates?.find((each) => each.id === draft.templateId);
  return (
    <>
      {templates?.length === 0 ? (
        <div className="flex flex-col items-start gap-2">
          <p className={errors['/action/template_id'] ? 'text-danger-text' : 'text-secondary'}>{words.noTemplates}</p>
          <Link to="/app/content-studio/templates/new" className={buttonStyle()}>
            {words.makeTemplate}
          </Link>
        </div>
      ) : (
        <div className="grid gap-3 tablet:grid-cols-2">
          <SelectField
            label={words.template}
            value={draft.templateId}
            error={errors['/action/template_id']}
            onChange={(event) => set({ templateId: event.target.value })}
          >
            <option value="">{words.chooseTemplate}</option>
            {!templates && draft.templateId && <option value={draft.templateId}>{commonStrings.loading}</option>}
            {templates?.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={words.source}
            value={draft.source}
            error={errors['/action/source']}
            onChange={(event) => set({ source: event.target.value as typeof draft.source })}
          >
            <option value="plain">{words.sources.plain}</option>
            <option value="ai" disabled={!chosen?.ai_prompt}>
              {words.sources.ai}
            </option>
          </SelectField>
        </div>
      )}
      {chosen && chosen.variables.length > 0 && (
        <div className="grid gap-3 tablet:grid-cols-2">
          {chosen.variables.map(({ name, default_value }) => (
            <TextField
              key={name}
              label={name}
              placeholder={default_value}
              value={draft.values[name] ?? ''}
              error={errors[`/action/values/${name}`]}
              onChange={(event) => {
                const values = { ...draft.values, [name]: event.target.value };
                if (!event.target.value) delete values[name];
                set({ values });
              }}
            />
          ))}
        </div>
      )}
      <ChannelChoice
        channels={channels.filter((each) => each.is_active || draft.channelIds.includes(each.id))}
        chosen={draft.channelIds}
        onChange={(channelIds) => set({ channelIds })}
        error={errors['/action/channel_ids']}
      />
      <div className="grid gap-3 tablet:grid-cols-2">
        <SelectField
          label={words.release}
          value={draft.release}
          error={errors['/action/release']}
          onChange={(event) => set({ release: event.target.value as typeof draft.release })}
        >
          {releases.map((each) => (
            <option key={each} value={each}>
              {words.releases[each]}
            </option>
          ))}
        </SelectField>
        {draft.release === 'after' && (
          <TextField
            label={words.afterMinutes}
            inputMode="numeric"
            value={draft.afterMinutes}
            error={errors['/action/after_minutes']}
            onChange={(event) => set({ afterMinutes: event.target.value })}
          />
        )}
        {draft.release === 'next_slot' && (
          <TextField
            label={words.slots}
            help={words.slotsHelp}
            value={draft.slots}
            error={errors['/action/slots']}
            onChange={(event) => set({ slots: event.target.value })}
          />
        )}
      </div>
      <label className="flex min-h-8 items-center gap-2.5 max-tablet:min-h-11">
        <input
          type="checkbox"
          checked={draft.needsApproval}
          onChange={(event) => set({ needsApproval: event.target.checked })}
          className="size-4 accent-accent"
        />
        {words.needsApproval}
      </label>
    </>
  );
};

const Tell = ({ draft, set, errors }: PartProps) => {
  const { data: members = [] } = useQuery(membersQuery);
  const active = members.filter((each) => each.is_active || draft.memberIds.includes(each.id));
  return (
    <>
      <Ticks
        label={words.members}
        values={active.map((each) => each.id)}
        chosen={draft.memberIds}
        nameOf={(id) => active.find((each) => each.id === id)?.full_name}
        onChange={(memberIds) => set({ memberIds })}
      />
      {errors['/action/member_ids'] && <p className="text-meta text-danger-text">{errors['/action/member_ids']}</p>}
      <TextArea
        label={words.message}
        value={draft.message}
        error={errors['/action/message']}
        onChange={(event) => set({ message: event.target.value })}
      />
    </>
  );
};

export const ThenPart = (props: PartProps & { projectId: string }) => {
  const { draft, set } = props;
  return (
    <Part title={words.then}>
      <Choice
        label={words.action}
        value={draft.action}
        choices={[
          { value: 'make_content', label: words.actions.make_content },
          { value: 'notify', label: words.actions.notify },
        ]}
        onChange={(action) => set({ action })}
        className="self-start"
      />
      {draft.action === 'make_content' ? <Write {...props} /> : <Tell {...props} />}
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3 tablet:max-w-md">
        <SelectField
          label={words.missed}
          help={words.missedHelp}
          value={draft.missed}
          onChange={(event) => set({ missed: event.target.value as typeof draft.missed })}
        >
          {missedKinds.map((each) => (
            <option key={each} value={each}>
              {words.missedKinds[each]}
            </option>
          ))}
        </SelectField>
        {draft.missed === 'all' && (
          <TextField
            label={words.atMost}
            inputMode="numeric"
            value={draft.atMost}
            error={props.errors['/missed/at_most']}
            onChange={(event) => set({ atMost: event.target.value })}
          />
        )}
      </div>
    </Part>
  );
};
