import { Link } from '@tanstack/react-router';
import { buttonStyle } from '@/components/button';
import { PlatformMark } from '@/components/icons';
import { Status } from '@/components/status';
import type { Channel } from '@/data/channels';
import { useIsSandbox } from '@/data/sandbox';
import { cn } from '@/lib/cn';
import { composeStrings as words } from '@strings/compose';

type ChannelPickerProps = { channels: Channel[]; chosen: string[]; onChange?: (ids: string[]) => void; error?: string };

export const ChannelPicker = ({ channels, chosen, onChange, error }: ChannelPickerProps) => {
  const isSandbox = useIsSandbox();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="pb-1 font-heading">{words.channels}</legend>
      {channels.length === 0 && (
        <div className="flex flex-col items-start gap-2">
          <p className="text-secondary">{words.noChannels}</p>
          <Link to="/app/channels" className={buttonStyle()}>
            {words.connect}
          </Link>
        </div>
      )}
      {channels.map((channel) => {
        const isOn = chosen.includes(channel.id);
        const isDisabled = !onChange || !channel.is_active;
        return (
          <label
            key={channel.id}
            className={cn(
              'flex min-h-8 items-start gap-2.5 rounded-control px-1.5 py-1.5 max-tablet:min-h-11',
              !isDisabled && 'hover:bg-hover',
            )}
          >
            <input
              type="checkbox"
              checked={isOn}
              disabled={isDisabled}
              onChange={(event) =>
                onChange?.(
                  event.target.checked ? [...chosen, channel.id] : chosen.filter((each) => each !== channel.id),
                )
              }
              className="mt-0.5 size-4 accent-accent"
            />
            <PlatformMark of={channel.type} named className="mt-0.5" />
            <span className="flex min-w-0 flex-1 flex-col items-start gap-0.5">
              <span className={cn('w-full truncate', isDisabled && !isOn && 'text-disabled')}>{channel.name}</span>
              {isSandbox(channel.type) && <Status of="channel" state="stand_in" />}
            </span>
            {!channel.is_active && <span className="text-meta text-muted">{words.off}</span>}
            {channel.is_active && channel.paused_at && <span className="text-meta text-muted">{words.paused}</span>}
          </label>
        );
      })}
      {!onChange && channels.length > 0 && <p className="text-meta text-muted">{words.channelsFixed}</p>}
      {error && <p className="text-meta text-danger-text">{error}</p>}
    </fieldset>
  );
};
