/** A choice of the project's channels; none chosen means all active ones. */
import { PlatformMark } from '@/components/icons';
import { Status } from '@/components/status';
import type { Channel } from '@/data/channels';
import { useIsSandbox } from '@/data/sandbox';
import { cn } from '@/lib/cn';
import { choiceStrings as words } from '@strings/choice';

export const ChannelChoice = ({
  channels,
  chosen,
  onChange,
  disabled,
  error,
}: {
  channels: Channel[];
  chosen: string[];
  onChange: (ids: string[]) => void;
  disabled?: boolean;
  error?: string;
}) => {
  const isSandbox = useIsSandbox();
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-1">
      <legend className="pb-1 font-button text-secondary">{words.channels}</legend>
      <div className="flex flex-wrap gap-1.5">
        {channels.map((each) => {
          const isOn = chosen.includes(each.id);
          return (
            <label
              key={each.id}
              className={cn(
                'inline-flex min-h-(--control) max-w-full items-center gap-2 rounded-control border px-2.5 max-tablet:min-h-11',
                isOn ? 'border-accent-line bg-accent-tint' : 'border-line bg-surface hover:bg-hover',
              )}
            >
              <input
                type="checkbox"
                checked={isOn}
                onChange={() => onChange(isOn ? chosen.filter((id) => id !== each.id) : [...chosen, each.id])}
                className="size-4 accent-accent"
              />
              <PlatformMark of={each.type} named />
              <span className="truncate">{each.name}</span>
              {isSandbox(each.type) && <Status of="channel" state="stand_in" />}
            </label>
          );
        })}
      </div>
      <p className={cn('text-meta', error ? 'text-danger-text' : 'text-muted')}>
        {error ?? (chosen.length === 0 ? words.allChannels : words.someChannels(chosen.length))}
      </p>
    </fieldset>
  );
};
