/** The rule's trigger and conditions. */
import { Choice } from '@/components/choice';
import { SelectField, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import type { Schemas } from '@/lib/api/client';
import { platformNames } from '@strings/platforms';
import { automationsStrings as words } from '@strings/automations';
import { Part, Ticks } from './part';
import { weekDays, type RuleDraft, type TriggerKind } from './rule-draft';

export type PartProps = {
  draft: RuleDraft;
  set: (next: Partial<RuleDraft>) => void;
  errors: Record<string, string>;
};

const kinds: TriggerKind[] = ['interval', 'cron', 'rrule', 'event', 'feed'];
const events = Object.keys(words.events) as Schemas['trigger_event'][];
const platforms = Object.keys(platformNames) as Schemas['channel_type'][];

const Every = ({ draft, set, errors }: PartProps) => (
  <TextField
    label={words.everyMinutes}
    inputMode="numeric"
    className="max-w-48"
    value={draft.everyMinutes}
    error={errors['/trigger/every_minutes']}
    onChange={(event) => set({ everyMinutes: event.target.value, from: null })}
  />
);

const Trigger = (props: PartProps & { zone: string }) => {
  const { draft, set, errors, zone } = props;
  switch (draft.kind) {
    case 'interval':
      return <Every {...props} />;
    case 'cron':
      return (
        <TextField
          label={words.cron}
          help={words.cronHelp}
          value={draft.cron}
          error={errors['/trigger/cron']}
          onChange={(event) => set({ cron: event.target.value })}
        />
      );
    case 'rrule':
      return (
        <div className="grid gap-3 tablet:grid-cols-2">
          <TextField
            label={words.rrule}
            help={words.rruleHelp}
            value={draft.rrule}
            error={errors['/trigger/rrule']}
            onChange={(event) => set({ rrule: event.target.value })}
          />
          <TextField
            label={words.startsAt}
            help={words.startsAtHelp(zone)}
            type="datetime-local"
            value={draft.startsAt}
            error={errors['/trigger/starts_at']}
            onChange={(event) => set({ startsAt: event.target.value })}
          />
        </div>
      );
    case 'event':
      return (
        <SelectField
          label={words.event}
          className="max-w-sm"
          value={draft.event}
          error={errors['/trigger/event']}
          onChange={(event) => set({ event: event.target.value as RuleDraft['event'] })}
        >
          {events.map((each) => (
            <option key={each} value={each}>
              {words.events[each]}
            </option>
          ))}
        </SelectField>
      );
    case 'feed':
      return (
        <div className="grid gap-3 tablet:grid-cols-[minmax(0,1fr)_12rem]">
          <TextField
            label={words.feedUrl}
            help={words.feedHelp}
            type="url"
            value={draft.feedUrl}
            error={errors['/trigger/feed_url']}
            onChange={(event) => set({ feedUrl: event.target.value })}
          />
          <Every {...props} />
        </div>
      );
  }
};

export const WhenPart = (props: PartProps & { zone: string }) => (
  <Part title={words.when}>
    <div>
      <Choice
        label={words.kind}
        value={props.draft.kind}
        choices={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={(kind) => props.set({ kind })}
      />
    </div>
    <Trigger {...props} />
  </Part>
);

export const ConditionsPart = ({ draft, set, errors }: PartProps) => {
  const isAbout = draft.kind === 'event';
  return (
    <Part title={words.onlyIf} text={words.conditionsText}>
      <Ticks
        label={words.weekDays}
        values={weekDays}
        chosen={draft.weekDays}
        nameOf={(day) => words.days[day]}
        onChange={(chosen) => set({ weekDays: chosen })}
      />
      <div className="grid grid-cols-2 gap-3 tablet:max-w-72">
        <TextField
          label={words.hoursFrom}
          type="time"
          value={draft.hoursFrom}
          error={errors['/conditions/hours']}
          onChange={(event) => set({ hoursFrom: event.target.value })}
        />
        <TextField
          label={words.hoursTo}
          type="time"
          value={draft.hoursTo}
          onChange={(event) => set({ hoursTo: event.target.value })}
        />
      </div>
      <div className="grid gap-3 tablet:grid-cols-2">
        <TextField
          label={words.labels}
          help={words.commas}
          value={draft.labels}
          error={errors['/conditions/labels']}
          onChange={(event) => set({ labels: event.target.value })}
        />
        <TextField
          label={words.textContains}
          help={words.commas}
          value={draft.textContains}
          error={errors['/conditions/text_contains']}
          onChange={(event) => set({ textContains: event.target.value })}
        />
      </div>
      {isAbout && (
        <>
          <Ticks
            label={words.channelTypes}
            values={platforms}
            chosen={draft.channelTypes}
            nameOf={(platform) => (
              <>
                <PlatformMark of={platform} />
                {platformNames[platform]}
              </>
            )}
            onChange={(chosen) => set({ channelTypes: chosen })}
          />
          <TextField
            label={words.lateBy}
            inputMode="numeric"
            className="max-w-sm"
            value={draft.lateBy}
            error={errors['/conditions/late_by_seconds']}
            onChange={(event) => set({ lateBy: event.target.value })}
          />
        </>
      )}
    </Part>
  );
};
