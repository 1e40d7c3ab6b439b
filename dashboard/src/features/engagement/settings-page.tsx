/** My automation settings, when and how much; the company's avoided phrases; and a draft to try them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { SelectField, TextArea, TextField } from '@/components/field';
import { MayNot } from '@/components/may-not';
import { Page, Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { toast } from '@/components/toast';
import { ZoneField } from '@/components/zone-field';
import { useMe } from '@/data/people';
import { api, dataOf } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { useKeys } from '@/lib/keys';
import { chatStrings as chatWords } from '@strings/chats';
import { engagementStrings as words } from '@strings/engagement';
import { frameStrings } from '@strings/frame';
import { Chats } from './chats';
import { reactions } from './engagement-data';
import { EngagementNav } from './engagement-nav';
import { Phrases } from './phrases';
import {
  clockOfMinute,
  isSame,
  minutesToChoose,
  requestOf,
  settingsQuery,
  toggled,
  weekdays,
  type Settings,
} from './settings-data';
import { TryDraft } from './try-draft';

type Part = { of: Settings; set: (next: Partial<Settings>) => void; errors: Record<string, string> };
const examples_most = 5;
const languages = Object.keys(words.languages) as (keyof typeof words.languages)[];

const Pick = ({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: () => void }) => (
  <button
    type="button"
    aria-pressed={isOn}
    onClick={onChange}
    className="h-(--control) rounded-control border border-line px-2.5 text-secondary max-tablet:px-1.5 hover:bg-hover aria-pressed:border-accent-line aria-pressed:bg-accent-tint aria-pressed:font-name aria-pressed:text-accent-text"
  >
    {label}
  </button>
);

const Wrong = ({ children }: { children?: string }) =>
  children ? <p className="text-meta text-danger-text">{children}</p> : null;

const WhoLets = ({ of, set, warning }: Part & { warning: string }) => (
  <Section title={words.automaticTitle}>
    <div role="radiogroup" aria-label={words.automaticTitle} className="grid gap-2 desk:grid-cols-2">
      {(['each', 'automatic'] as const).map((each) => (
        <label
          key={each}
          className={cn(
            'flex items-start gap-3 rounded-card border bg-surface px-4 py-3',
            of.confirm === each ? 'border-accent-line bg-accent-tint' : 'border-line',
          )}
        >
          <input
            type="radio"
            name="confirm"
            checked={of.confirm === each}
            onChange={() => set({ confirm: each })}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span>
            <span className="font-name">{each === 'each' ? words.confirmEach : words.letAutomatic}</span>
            <span className="block text-meta text-secondary">
              {each === 'each' ? words.confirmEachText : words.letAutomaticText}
            </span>
          </span>
        </label>
      ))}
    </div>
    <p className="mb-2 flex items-start gap-2 rounded-card border border-warning-line px-4 py-3 text-secondary">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-warning-text" />
      <span>
        <span className="block font-name text-warning-text">{words.stated}</span>
        {warning}
      </span>
    </p>
    <div role="group" aria-label={words.doing} className="flex flex-wrap items-center gap-2">
      <span className="text-secondary">{words.doing}</span>
      <Pick label={words.doLikes} isOn={of.likes} onChange={() => set({ likes: !of.likes })} />
      <Pick label={words.doComments} isOn={of.comments} onChange={() => set({ comments: !of.comments })} />
    </div>
  </Section>
);

const HowAsked = ({ of, set }: Part) => (
  <Section title={chatWords.title}>
    <label className="flex max-w-prose items-start gap-3">
      <input
        type="checkbox"
        checked={of.ask_by_mail}
        onChange={(event) => set({ ask_by_mail: event.target.checked })}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <span>
        <span className="font-name">{chatWords.byMail}</span>
        <span className="block text-meta text-secondary">{chatWords.byMailText}</span>
      </span>
    </label>
  </Section>
);

const WhenAndHowMuch = ({ of, set, errors }: Part) => (
  <Section title={words.workTitle}>
    <div className="grid gap-4 tablet:grid-cols-2 desk:grid-cols-[minmax(0,16rem)_8rem_8rem]">
      <ZoneField
        label={words.zone}
        value={of.time_zone}
        error={errors.time_zone}
        onChange={(event) => set({ time_zone: event.target.value })}
      />
      <div className="grid grid-cols-2 gap-4 desk:contents">
        <SelectField
          label={words.from}
          value={of.works_from_minute}
          onChange={(event) => set({ works_from_minute: Number(event.target.value) })}
        >
          {minutesToChoose(of.works_from_minute, false).map((each) => (
            <option key={each} value={each}>
              {clockOfMinute(each)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={words.to}
          value={of.works_until_minute}
          error={errors.works_until_minute}
          onChange={(event) => set({ works_until_minute: Number(event.target.value) })}
        >
          {minutesToChoose(of.works_until_minute, true).map((each) => (
            <option key={each} value={each}>
              {clockOfMinute(each)}
            </option>
          ))}
        </SelectField>
      </div>
    </div>
    <div
      role="group"
      aria-label={words.days}
      className="flex gap-1.5 max-tablet:grid max-tablet:grid-cols-7 max-tablet:gap-1"
    >
      {weekdays.map((each) => (
        <Pick
          key={each}
          label={words.day[each]}
          isOn={of.working_days.includes(each)}
          onChange={() => set({ working_days: toggled(of.working_days, each) })}
        />
      ))}
    </div>
    <div className="grid gap-4 tablet:grid-cols-2 desk:max-w-2xl">
      <TextField
        type="number"
        inputMode="numeric"
        min={0}
        max={50}
        label={words.perDay}
        help={words.perDayHelp}
        value={of.acts_a_day}
        error={errors.acts_a_day}
        onChange={(event) => set({ acts_a_day: Number(event.target.value) })}
      />
      <TextField
        type="number"
        inputMode="numeric"
        min={1}
        max={1440}
        label={words.ownGap}
        value={of.least_gap_minutes}
        error={errors.least_gap_minutes}
        onChange={(event) => set({ least_gap_minutes: Number(event.target.value) })}
      />
    </div>
    <div role="group" aria-label={words.allReactions} className="flex flex-wrap items-center gap-1.5">
      <span className="mr-1 w-full text-secondary">{words.allReactions}</span>
      {reactions.map((each) => (
        <Pick
          key={each}
          label={words.reaction(each)}
          isOn={of.reactions.includes(each)}
          onChange={() => set({ reactions: toggled(of.reactions, each) })}
        />
      ))}
    </div>
    <Wrong>{errors.reactions}</Wrong>
  </Section>
);

const Voice = ({ of, set, errors }: Part) => {
  const change = (index: number, text: string) =>
    set({ comment_examples: of.comment_examples.map((each, at) => (at === index ? text : each)) });
  return (
    <Section title={words.voiceTitle}>
      <p className="text-secondary">
        {words.voiceText}{' '}
        <Link to="/app/account" className="text-accent-text underline underline-offset-2">
          {words.profile}
        </Link>
      </p>
      <div className="grid gap-4 tablet:grid-cols-2 desk:max-w-2xl">
        <SelectField
          label={words.language}
          value={of.comment_language}
          error={errors.comment_language}
          onChange={(event) => set({ comment_language: event.target.value })}
        >
          <option value="">{words.languagePost}</option>
          {languages.map((each) => (
            <option key={each} value={each}>
              {words.languages[each]}
            </option>
          ))}
          {of.comment_language && !(of.comment_language in words.languages) && (
            <option value={of.comment_language}>{of.comment_language}</option>
          )}
        </SelectField>
        <TextField
          type="number"
          inputMode="numeric"
          min={20}
          max={1250}
          label={words.length}
          value={of.comment_characters}
          error={errors.comment_characters}
          onChange={(event) => set({ comment_characters: Number(event.target.value) })}
        />
      </div>
      <div className="flex flex-col gap-3 desk:max-w-2xl">
        {of.comment_examples.map((each, index) => (
          <div key={index} className="flex items-start gap-2">
            <TextArea
              className="min-w-0 flex-1"
              label={words.example(index + 1)}
              rows={2}
              maxLength={500}
              value={each}
              onChange={(event) => change(index, event.target.value)}
            />
            <Button
              kind="ghost"
              icon={X}
              className="mt-6"
              aria-label={words.removeExample(index + 1)}
              onClick={() => set({ comment_examples: of.comment_examples.filter((_, at) => at !== index) })}
            />
          </div>
        ))}
        <Wrong>{errors.comment_examples}</Wrong>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {of.comment_examples.length < examples_most && (
            <Button size="small" icon={Plus} onClick={() => set({ comment_examples: [...of.comment_examples, ''] })}>
              {words.addExample}
            </Button>
          )}
          <span className="text-meta text-muted">{words.examplesHelp}</span>
        </span>
      </div>
    </Section>
  );
};

const Form = ({ start, warning }: { start: Settings; warning: string }) => {
  const client = useQueryClient();
  const [of, setOf] = useState(start);
  const [kept, setKept] = useState(start);
  const save = useMutation({
    mutationFn: () => dataOf(api.PUT('/automation/settings', { body: requestOf(of) })),
    onSuccess: (saved) => {
      client.setQueryData(settingsQuery.queryKey, saved);
      setOf(saved.settings);
      setKept(saved.settings);
      toast(words.settingsSaved);
    },
  });
  const found = Object.entries(errorsByField(save.error)).map(([pointer, what]) => [pointer.split('/')[1], what]);
  useFirstWrong(save.error);
  const part: Part = {
    of,
    set: (next) => setOf({ ...of, ...next }),
    errors: Object.fromEntries(found) as Record<string, string>,
  };
  const send = () => save.isPending || save.mutate();
  useKeys([{ key: 'mod+s', label: words.saveSettings, group: frameStrings.keysPage, inFields: true, run: send }]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex flex-col gap-6"
    >
      <WhoLets {...part} warning={warning} />
      <HowAsked {...part} />
      <WhenAndHowMuch {...part} />
      <Voice {...part} />
      {save.error && found.length === 0 && <ErrorBox error={save.error} />}
      <div className="flex items-center gap-3">
        <Button type="submit" kind="primary" busy={save.isPending}>
          {words.saveSettings}
        </Button>
        {!isSame(of, kept) && <span className="text-meta text-muted">{words.unsaved}</span>}
      </div>
    </form>
  );
};

export const EngagementSettingsPage = () => {
  const me = useMe();
  const mayEngage = me?.permissions.includes('engage') ?? false;
  const settings = useQuery({ ...settingsQuery, enabled: mayEngage });
  return (
    <Page title={words.settingsTitle} ownPrimary>
      <EngagementNav />
      {me && !mayEngage ? (
        <MayNot>{words.mayNotEngage}</MayNot>
      ) : (
        <>
          <Loaded query={settings} what={words.settingsWhat} rows={8}>
            {(data) => <Form start={data.settings} warning={data.automatic_warning} />}
          </Loaded>
          <TryDraft />
        </>
      )}
      <Chats isMember={mayEngage} />
      <Phrases />
    </Page>
  );
};
