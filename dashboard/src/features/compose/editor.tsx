/** Text, platform texts, media and lateness of a draft, beside the platforms' findings. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { Button } from '@/components/button';
import { SelectField, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { Preview, type PreviewMedium } from '@/components/preview';
import { Status } from '@/components/status';
import type { Channel, ChannelType } from '@/data/channels';
import { mediumQuery } from '@/data/media';
import { useIsSandbox } from '@/data/sandbox';
import { addFiles, mediaIn } from '@/data/uploads';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/debounced';
import { useKeys } from '@/lib/keys';
import { composeStrings as words } from '@strings/compose';
import { frameStrings } from '@strings/frame';
import { platformNames } from '@strings/platforms';
import { Checks, type Said } from './checks';
import { checkQuery, type PlatformCheck } from './compose-data';
import {
  blankOf,
  checkRequestOf,
  firstCommentOption,
  ownTextsOf,
  platformsOf,
  targetsOf,
  type Draft,
  type Lateness,
} from './draft';
import { asDraftMedium, MediaFields } from './media-fields';
import { OptionsFields } from './options-fields';
import { TextEditor } from './text-editor';
import { ThreadFields } from './thread-fields';

const typing_ms = 250;

export type FieldErrors = Partial<Record<string, string>>;

/** The platform's findings about chosen options, unless a channel has them already. */
const optionFindings = (of: PlatformCheck | undefined, said: { sentence: string }[]): Said['findings'] =>
  (of?.findings ?? [])
    .filter((each) => each.pointer.startsWith('/options') && !said.some((told) => told.sentence === each.sentence))
    .map((each) => ({ kind: 'option', is_blocking: true, sentence: each.sentence }));

/** Counts of the platforms and findings of the channels while typing. All rules are the server's. */
export const useChecks = (draft: Draft, projectId: string, channels: Channel[], postId?: string) => {
  const settled = useDebounced(JSON.stringify(checkRequestOf(draft, projectId, channels, postId)), typing_ms);
  const query = useQuery(checkQuery(JSON.parse(settled) as ReturnType<typeof checkRequestOf>));
  const blank = blankOf(draft, platformsOf(draft, channels));
  // A missing text is mentioned, but is no error.
  const checks = (query.data?.platforms ?? []).map((each) =>
    blank.includes(each.platform)
      ? { ...each, isBlank: true, findings: each.findings.filter((finding) => !finding.pointer.endsWith('/text')) }
      : each,
  );
  const chosen = new Set(targetsOf(draft, channels).map((each) => each.id));
  const said = (query.data?.channels ?? [])
    .filter((each) => chosen.has(each.channel_id))
    .map((each) => ({
      ...each,
      isBlank: blank.includes(each.platform),
      findings: [
        ...each.findings.filter((finding) => finding.kind !== 'text' || !blank.includes(each.platform)),
        ...optionFindings(
          checks.find((check) => check.platform === each.platform),
          each.findings,
        ),
      ],
    }));
  return { checks, said, isCounting: query.isFetching };
};

type Check = PlatformCheck & { isBlank?: boolean };

type TabProps = {
  active: ChannelType | 'all';
  onChoose: (tab: ChannelType | 'all') => void;
  platforms: ChannelType[];
  checks: Check[];
  draft: Draft;
};

/** With more tabs than this, only the active one shows its name. */
const named_most = 4;

const tabStyle = 'inline-flex h-8 shrink-0 items-center gap-1.5 border-b-2 px-2.5 max-tablet:h-11 max-tablet:min-w-11 max-tablet:justify-center';

const stepOf: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

/** The arrows go from tab to tab, round and round; Tab goes on to the text. */
const walkTabs = (event: KeyboardEvent<HTMLElement>): void => {
  const step = stepOf[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const next = tabs.at((tabs.findIndex((each) => each === event.target) + step) % tabs.length);
  event.preventDefault();
  next?.click();
  // The text of the tab takes the focus when it appears.
  requestAnimationFrame(() => next?.focus());
};

const VariantTabs = ({ active, onChoose, platforms, checks, draft }: TabProps) => (
  <div
    role="tablist"
    aria-label={words.variants}
    onKeyDown={walkTabs}
    className="flex overflow-x-auto border-b border-line"
  >
    <button
      type="button"
      role="tab"
      aria-selected={active === 'all'}
      tabIndex={active === 'all' ? 0 : -1}
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
          tabIndex={active === platform ? 0 : -1}
          title={platformNames[platform]}
          onClick={() => onChoose(platform)}
          className={cn(
            tabStyle,
            active === platform ? 'border-accent font-name' : 'border-transparent text-secondary',
          )}
        >
          <PlatformMark of={platform} />
          <span className={cn(platforms.length > named_most && active !== platform && 'sr-only')}>
            {platformNames[platform]}
          </span>
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

type EditorProps = {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** Takes the draft at that time, because files arrive while somebody types. */
  onLater: (change: (draft: Draft) => Draft) => void;
  projectId: string;
  /** Identifies the uploads of this page. */
  place: string;
  channels: Channel[];
  errors: FieldErrors;
  active: ChannelType | 'all';
  setActive: (tab: ChannelType | 'all') => void;
  checks: Check[];
};

export const Editor = ({
  draft,
  onChange,
  onLater,
  projectId,
  place,
  channels,
  errors,
  active: wanted,
  setActive,
  checks,
}: EditorProps) => {
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
  const index = active === 'all' ? -1 : ownTextsOf(draft, platforms).indexOf(active);
  const setOwn = (text: string | undefined) => {
    const variants = { ...draft.variants };
    if (active !== 'all' && text === undefined) delete variants[active];
    else if (active !== 'all') variants[active] = text;
    onChange({ ...draft, variants });
  };
  const skipped = targetsOf(draft, channels)
    .filter((each) => !each.capabilities_json.image && !each.capabilities_json.video)
    .map((each) => each.name);
  const takePasted = (event: ClipboardEvent) => {
    const files = mediaIn(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    addFiles(projectId, place, files, (made) =>
      onLater((now) => ({ ...now, image: undefined, media: [...now.media, asDraftMedium(made)] })),
    );
  };
  return (
    <div className="flex min-w-0 flex-col gap-4" onPaste={takePasted}>
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
      <ThreadFields
        draft={draft}
        onChange={onChange}
        platforms={platforms}
        active={active}
        checks={checks}
        errors={errors}
      />
      <MediaFields
        draft={draft}
        onChange={onLater}
        projectId={projectId}
        place={place}
        errors={errors}
        skipped={skipped}
        platforms={platforms}
      />
      <OptionsFields
        draft={draft}
        onChange={onChange}
        platforms={active === 'all' ? platforms : [active]}
        isOpen={active !== 'all'}
        errors={errors}
      />
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

/** The draft's pictures and films in the form of a preview. */
const usePreviewMedia = (draft: Draft): PreviewMedium[] => {
  const read = useQueries({ queries: draft.media.map((each) => mediumQuery(each.id)) });
  if (draft.image?.url) return [{ kind: 'image', url: draft.image.url, alt_text: draft.image.altText }];
  return draft.media.flatMap((each, index) => {
    const of = read[index]?.data;
    return of ? [{ kind: of.kind, url: of.url, poster: of.preview_url, alt_text: each.altText }] : [];
  });
};

/** The composer's rail: the active platform's preview, and all findings. */
export const ComposeRail = ({
  draft,
  channels,
  active,
  said,
  onGo,
}: {
  draft: Draft;
  channels: Channel[];
  active: ChannelType | 'all';
  said: Said[];
  onGo: (platform: ChannelType) => void;
}) => {
  const targets = targetsOf(draft, channels);
  const channel = targets.find((each) => each.type === active) ?? targets[0];
  const media = usePreviewMedia(draft);
  const isSandbox = useIsSandbox();
  return (
    <div className="flex flex-col gap-5 p-5">
      {channel && (
        <section className="flex flex-col gap-2">
          <h2 className="flex items-center gap-2 text-secondary">
            {words.asShown(platformNames[channel.type])}
            {isSandbox(channel.type) && <Status of="channel" state="stand_in" className="ml-auto" />}
          </h2>
          <Preview
            of={{
              platform: channel.type,
              name: channel.name,
              handle: channel.account?.handle,
              title: draft.title,
              text: draft.variants[channel.type] ?? draft.text,
              parts: (draft.threads[channel.type] ?? []).filter((each) => each.trim() !== ''),
              comment: draft.options[channel.type]?.[firstCommentOption],
              media: media.filter((each) =>
                each.kind === 'video' ? channel.capabilities_json.video : channel.capabilities_json.image,
              ),
            }}
          />
        </section>
      )}
      <section className="flex flex-col gap-2">
        <h2 className="text-secondary">{words.checks}</h2>
        <Checks said={said} onGo={onGo} />
      </section>
    </div>
  );
};
