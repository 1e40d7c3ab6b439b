/** The further parts of a thread, for platforms with threads: one text for each, ordered with buttons. */
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, ListPlus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { PlatformMark } from '@/components/icons';
import { connectorsQuery, type ChannelType } from '@/data/channels';
import { cn } from '@/lib/cn';
import { commonStrings } from '@strings/common';
import { composeStrings as words } from '@strings/compose';
import { platformNames } from '@strings/platforms';
import type { PlatformCheck } from './compose-data';
import { moved, threadOption, type Draft } from './draft';
import { TextEditor } from './text-editor';

/** The platforms of `all` that have threads. */
const useThreaded = (all: ChannelType[]): ChannelType[] => {
  const { data: connectors = [] } = useQuery(connectorsQuery);
  return all.filter((platform) =>
    connectors.some((each) => each.type === platform && each.options.some((option) => option.name === threadOption)),
  );
};

type CountsProps = { platforms: ChannelType[]; checks: PlatformCheck[]; place: number };

/** Each platform's count of part number `place`, counting only parts with text. */
const Counts = ({ platforms, checks, place }: CountsProps) => (
  <>
    {platforms.map((platform) => {
      const check = checks.find((each) => each.platform === platform);
      const length = check?.part_lengths[place];
      if (!check || length === undefined) return null;
      return (
        <span
          key={platform}
          data-part-count={platform}
          className={cn(
            'inline-flex items-center gap-1 text-meta tabular',
            length > check.limit ? 'font-name text-danger-text' : 'text-muted',
          )}
        >
          <PlatformMark of={platform} />
          {words.count(length, check.limit)}
        </span>
      );
    })}
  </>
);

type Props = {
  draft: Draft;
  onChange: (draft: Draft) => void;
  platforms: ChannelType[];
  active: ChannelType | 'all';
  checks: PlatformCheck[];
  errors: Partial<Record<string, string>>;
};

export const ThreadFields = ({ draft, onChange, platforms, active, checks, errors }: Props) => {
  const threaded = useThreaded(platforms);
  const [added, setAdded] = useState<number>();
  const add = useRef<HTMLButtonElement>(null);
  const shown = active === 'all' ? threaded : threaded.filter((each) => each === active);
  const first = shown[0];
  if (!first) return null;
  const parts = draft.threads[first] ?? [];
  const names = commonStrings.list(shown.map((each) => platformNames[each]));
  const isSame = shown.every((each) => JSON.stringify(draft.threads[each] ?? []) === JSON.stringify(parts));
  if (!isSame) return <p className="text-meta text-muted">{words.threadsDiffer(names)}</p>;
  const set = (next: string[]) =>
    onChange({ ...draft, threads: { ...draft.threads, ...Object.fromEntries(shown.map((each) => [each, next])) } });
  const error = shown.map((each) => errors[`/options/${each}/thread`]).find(Boolean);
  // The server counts parts with words in them only.
  const placeOf = (index: number) => parts.slice(0, index).filter((each) => each.trim() !== '').length;
  return (
    <section aria-label={words.thread} className="flex flex-col gap-2">
      {parts.length > 0 && <p className="text-meta text-muted">{words.threadText(names)}</p>}
      {parts.map((text, index) => (
        <div key={index} className="flex flex-col gap-1 border-l border-line pl-3" data-part={index + 2}>
          <p className="flex items-center gap-3">
            <span className="font-button text-secondary">{words.part(index + 2)}</span>
            {text.trim() !== '' && <Counts platforms={shown} checks={checks} place={placeOf(index)} />}
            <span className="ml-auto flex">
              <Button
                kind="ghost"
                icon={ArrowUp}
                disabled={index === 0}
                aria-label={words.partUp(index + 2)}
                onClick={() => set(moved(parts, index, index - 1))}
              />
              <Button
                kind="ghost"
                icon={ArrowDown}
                disabled={index === parts.length - 1}
                aria-label={words.partDown(index + 2)}
                onClick={() => set(moved(parts, index, index + 1))}
              />
              <Button
                kind="ghost"
                icon={Trash2}
                aria-label={words.partOut(index + 2)}
                onClick={() => {
                  set(parts.filter((_, place) => place !== index));
                  add.current?.focus();
                }}
              />
            </span>
          </p>
          <TextEditor
            short
            label={words.part(index + 2)}
            value={text}
            autoFocus={added === index}
            onChange={(next) => set(parts.map((other, place) => (place === index ? next : other)))}
          />
        </div>
      ))}
      {error && <p className="text-meta text-danger-text">{error}</p>}
      <Button
        ref={add}
        size="small"
        icon={ListPlus}
        className="self-start"
        onClick={() => {
          setAdded(parts.length);
          set([...parts, '']);
        }}
      >
        {parts.length === 0 ? words.makeThread : words.addPart}
      </Button>
    </section>
  );
};
