/** Text, own texts, image and lateness of a draft, beside what the platforms say of it. */
import { useQuery } from '@tanstack/react-query';
import { Check as CheckMark, CircleAlert, ImagePlus, PenLine, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { SelectField, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { Preview } from '@/components/preview';
import type { Channel, ChannelType } from '@/data/channels';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/debounced';
import { useKeys } from '@/lib/keys';
import { commonStrings } from '@strings/common';
import { composeStrings as words } from '@strings/compose';
import { frameStrings } from '@strings/frame';
import { platformNames } from '@strings/platforms';
import { checkQuery, type PlatformCheck } from './compose-data';
import { blankOf, checkRequestOf, platformsOf, targetsOf, type Draft, type Lateness } from './draft';
import { OptionsFields } from './options-fields';
import { TextEditor } from './text-editor';

const typing_ms = 250;

export type FieldErrors = Partial<Record<string, string>>;

export const useChecks = (draft: Draft, platforms: ChannelType[]) => {
  const settled = useDebounced(checkRequestOf(draft, platforms), typing_ms);
  const query = useQuery(checkQuery(settled));
  const blank = blankOf(draft, platforms);
  // That there is no text yet is told, but is no mistake.
  const checks = (query.data?.platforms ?? []).map((each) =>
    blank.includes(each.platform)
      ? { ...each, isBlank: true, findings: each.findings.filter((finding) => !finding.pointer.endsWith('/text')) }
      : each,
  );
  return { checks, isCounting: query.isFetching };
};

export type Check = PlatformCheck & { isBlank?: boolean };

type TabProps = {
  active: ChannelType | 'all';
  onChoose: (tab: ChannelType | 'all') => void;
  platforms: ChannelType[];
  checks: Check[];
  draft: Draft;
};

const tabStyle = 'inline-flex h-8 shrink-0 items-center gap-1.5 border-b-2 px-2.5 max-tablet:h-11';

const VariantTabs = ({ active, onChoose, platforms, checks, draft }: TabProps) => (
  <div role="tablist" aria-label={words.variants} className="flex overflow-x-auto border-b border-line">
    <button
      type="button"
      role="tab"
      aria-selected={active === 'all'}
      onClick={() => onChoose('all')}
      className={cn(tabStyle, active === 'all' ? 'border-accent font-name' : 'border-transparent text-secondary')}
    >
      {words.all}
    </button>
    {platforms.map((platform) => {
      const check = checks.find((each) => each.platform === platform);
      const isWrong = (check?.findings.length ?? 0) > 0;
      return (
        <button
          key={platform}
          type="button"
          role="tab"
          aria-selected={active === platform}
          onClick={() => onChoose(platform)}
          className={cn(
            tabStyle,
            active === platform ? 'border-accent font-name' : 'border-transparent text-secondary',
          )}
        >
          <PlatformMark of={platform} />
          {platformNames[platform]}
          {draft.variants[platform] !== undefined && <span className="size-1.5 rounded-full bg-accent" aria-hidden />}
          {check && (
            <span
              data-count={platform}
              className={cn(
                'text-meta tabular',
                isWrong && check.length > check.limit ? 'font-name text-danger-text' : 'text-muted',
              )}
            >
              {words.count(check.length, check.limit)}
            </span>
          )}
          {isWrong && <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="text-danger-text" />}
        </button>
      );
    })}
  </div>
);

export const Checks = ({ checks, onGo }: { checks: Check[]; onGo: (platform: ChannelType) => void }) => (
  <ul className="flex flex-col gap-1.5" aria-live="polite">
    {checks.map((check) =>
      check.findings.length === 0 && check.isBlank ? (
        <li key={check.platform} className="flex items-center gap-2 text-muted">
          <PenLine size={16} strokeWidth={1.75} aria-hidden />
          {words.waitsForText(platformNames[check.platform])}
        </li>
      ) : check.findings.length === 0 ? (
        <li key={check.platform} className="flex items-center gap-2 text-secondary">
          <CheckMark size={16} strokeWidth={1.75} aria-hidden className="text-success-text" />
          {words.takesIt(platformNames[check.platform])}
        </li>
      ) : (
        check.findings.map((finding) => (
          <li key={check.platform + finding.pointer} className="flex items-start gap-2">
            <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-danger-text" />
            <span className="min-w-0 flex-1">{finding.sentence}</span>
            <button
              type="button"
              onClick={() => onGo(check.platform)}
              className="shrink-0 text-accent-text hover:underline"
            >
              {words.goThere}
            </button>
          </li>
        ))
      ),
    )}
  </ul>
);

const ImageFields = ({
  draft,
  onChange,
  errors,
  skipped,
}: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  errors: FieldErrors;
  skipped: string[];
}) => {
  const image = draft.image;
  if (!image) {
    return (
      <Button
        icon={ImagePlus}
        onClick={() => onChange({ ...draft, image: { url: '', altText: '' } })}
        className="self-start"
      >
        {words.addImage}
      </Button>
    );
  }
  const set = (part: Partial<NonNullable<Draft['image']>>) => onChange({ ...draft, image: { ...image, ...part } });
  return (
    <fieldset className="flex flex-col gap-3 rounded-card border border-line p-3">
      <legend className="sr-only">{words.image}</legend>
      <TextField
        label={words.imageUrl}
        type="url"
        inputMode="url"
        value={image.url}
        onChange={(event) => set({ url: event.target.value })}
        help={words.imageHelp}
        error={errors['/image/url'] ?? errors['/image']}
      />
      <TextField
        label={words.altText}
        value={image.altText}
        onChange={(event) => set({ altText: event.target.value })}
        help={skipped.length ? words.imageSkipped(commonStrings.list(skipped)) : words.altHelp}
        error={errors['/image/alt_text']}
      />
      <Button
        size="small"
        icon={Trash2}
        onClick={() => onChange({ ...draft, image: undefined })}
        className="self-start"
      >
        {words.removeImage}
      </Button>
    </fieldset>
  );
};

type EditorProps = {
  draft: Draft;
  onChange: (draft: Draft) => void;
  channels: Channel[];
  errors: FieldErrors;
  active: ChannelType | 'all';
  setActive: (tab: ChannelType | 'all') => void;
  checks: Check[];
};

export const Editor = ({ draft, onChange, channels, errors, active: wanted, setActive, checks }: EditorProps) => {
  const platforms = platformsOf(draft, channels);
  const active = wanted !== 'all' && platforms.includes(wanted) ? wanted : 'all';
  const field = useRef<HTMLTextAreaElement>(null);
  const [wasFocused] = useState(() => matchMedia('(min-width: 640px)').matches);
  useKeys(
    ['all' as const, ...platforms].slice(0, 9).map((tab, index) => ({
      key: String(index + 1),
      label: words.keys.variant(index + 1),
      group: frameStrings.keysPage,
      run: () => {
        setActive(tab);
        requestAnimationFrame(() => field.current?.focus());
      },
    })),
  );
  const own = active === 'all' ? undefined : draft.variants[active];
  const index = active === 'all' ? -1 : platforms.filter((each) => draft.variants[each] !== undefined).indexOf(active);
  const setOwn = (text: string | undefined) => {
    const variants = { ...draft.variants };
    if (active !== 'all' && text === undefined) delete variants[active];
    else if (active !== 'all') variants[active] = text;
    onChange({ ...draft, variants });
  };
  const skipped = targetsOf(draft, channels)
    .filter((each) => !each.capabilities_json.image)
    .map((each) => each.name);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <TextField
        label={words.titleField}
        optional
        maxLength={300}
        value={draft.title}
        onChange={(event) => onChange({ ...draft, title: event.target.value })}
        help={words.titleHelp}
        error={errors['/title']}
      />
      <div className="flex flex-col gap-2">
        <VariantTabs active={active} onChoose={setActive} platforms={platforms} checks={checks} draft={draft} />
        {active === 'all' ? (
          <TextEditor
            ref={field}
            label={words.textForAll}
            value={draft.text}
            onChange={(text) => onChange({ ...draft, text })}
            placeholder={words.placeholder}
            error={errors['/text']}
            autoFocus={wasFocused}
          />
        ) : own === undefined ? (
          <div className="flex flex-col items-start gap-2">
            <p className="text-secondary">{words.sharesText(platformNames[active])}</p>
            <p className="w-full rounded-control border border-line-subtle bg-sunken px-3 py-2.5 text-lead break-words whitespace-pre-wrap text-muted">
              {draft.text || words.placeholder}
            </p>
            <Button onClick={() => setOwn(draft.text)}>{words.ownText(platformNames[active])}</Button>
          </div>
        ) : (
          <>
            <TextEditor
              ref={field}
              key={active}
              label={words.textForPlatform(platformNames[active])}
              value={own}
              onChange={setOwn}
              error={errors[`/variants/${index}/text`]}
              autoFocus
            />
            <Button size="small" kind="ghost" onClick={() => setOwn(undefined)} className="self-start">
              {words.sameText}
            </Button>
          </>
        )}
      </div>
      <ImageFields draft={draft} onChange={onChange} errors={errors} skipped={skipped} />
      <OptionsFields draft={draft} onChange={onChange} platforms={platforms} errors={errors} />
      <SelectField
        label={words.lateness}
        value={draft.lateness}
        onChange={(event) => onChange({ ...draft, lateness: event.target.value as Lateness })}
        className="max-w-72"
      >
        <option value="project">{words.latenessProject}</option>
        <option value="send">{words.latenessSend}</option>
        <option value="ask">{words.latenessAsk}</option>
        <option value="skip">{words.latenessSkip}</option>
      </SelectField>
    </div>
  );
};

/** The rail of the composer: what the active platform will show, and what all say. */
export const ComposeRail = ({
  draft,
  channels,
  active,
  checks,
  onGo,
}: {
  draft: Draft;
  channels: Channel[];
  active: ChannelType | 'all';
  checks: Check[];
  onGo: (platform: ChannelType) => void;
}) => {
  const targets = targetsOf(draft, channels);
  const channel = targets.find((each) => each.type === active) ?? targets[0];
  return (
    <div className="flex flex-col gap-5 p-5">
      {channel && (
        <section className="flex flex-col gap-2">
          <h2 className="text-secondary">{words.asShown(platformNames[channel.type])}</h2>
          <Preview
            of={{
              platform: channel.type,
              name: channel.name,
              handle: channel.account?.handle,
              title: draft.title,
              text: draft.variants[channel.type] ?? draft.text,
              image:
                draft.image?.url && channel.capabilities_json.image
                  ? { url: draft.image.url, alt_text: draft.image.altText }
                  : null,
            }}
          />
        </section>
      )}
      <section className="flex flex-col gap-2">
        <h2 className="text-secondary">{words.checks}</h2>
        <Checks checks={checks} onGo={onGo} />
      </section>
    </div>
  );
};
