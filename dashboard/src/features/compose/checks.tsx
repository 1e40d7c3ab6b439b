/** The findings of each channel of a post while it is written. */
import { Link } from '@tanstack/react-router';
import { Check as CheckMark, CircleAlert, Clock, PenLine } from 'lucide-react';
import { Status } from '@/components/status';
import type { ChannelType } from '@/data/channels';
import { useIsSandbox } from '@/data/sandbox';
import type { Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { composeStrings as words } from '@strings/compose';

type Found = Omit<Schemas['preflight_finding'], 'kind'> & { kind: Schemas['finding_kind'] | 'option' };
export type Said = Omit<Schemas['channel_check'], 'findings'> & { isBlank: boolean; findings: Found[] };

type FindingProps = { of: Found; name?: string; onGo: () => void };

const Finding = ({ of, name, onGo }: FindingProps) => (
  <li className="flex items-start gap-2" data-finding={of.kind}>
    {of.is_blocking ? (
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-danger-text" />
    ) : (
      <Clock size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-warning-text" />
    )}
    <span className="min-w-0 flex-1">
      {name && <span className="font-name">{name}. </span>}
      {of.sentence}
    </span>
    {of.kind === 'text' || of.kind === 'option' ? (
      <button type="button" onClick={onGo} className="reach shrink-0 text-accent-text hover:underline">
        {words.goThere}
      </button>
    ) : (
      (of.kind === 'channel' || of.kind === 'account' || of.kind === 'paused') && (
        <Link to="/app/channels" className="reach shrink-0 text-accent-text hover:underline">
          {words.toChannels}
        </Link>
      )
    )}
  </li>
);

/** The findings of each channel, for the time at which the post is to go out. */
export const Checks = ({ said, onGo }: { said: Said[]; onGo: (platform: ChannelType) => void }) => {
  const isSandbox = useIsSandbox();
  return (
    <ul className="flex flex-col gap-1.5" aria-live="polite">
      {said.map((channel) => {
        const chip = isSandbox(channel.platform) && <Status of="channel" state="stand_in" className="ml-auto" />;
        if (channel.findings.length === 0) {
          return (
            <li
              key={channel.channel_id}
              className={cn('flex items-center gap-2', channel.isBlank ? 'text-muted' : 'text-secondary')}
            >
              {channel.isBlank ? (
                <PenLine size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
              ) : (
                <CheckMark size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-success-text" />
              )}
              <span className="min-w-0 break-words">
                {channel.isBlank ? words.waitsForText(channel.channel_name) : words.takesIt(channel.channel_name)}
              </span>
              {chip}
            </li>
          );
        }
        return channel.findings.map((finding, index) => (
          <Finding
            key={`${channel.channel_id} ${index}`}
            of={finding}
            // One mention is enough; the text's own sentence has it already.
            name={
              finding.kind !== 'text' && channel.findings.findIndex((each) => each.kind !== 'text') === index
                ? channel.channel_name
                : undefined
            }
            onGo={() => onGo(channel.platform)}
          />
        ));
      })}
    </ul>
  );
};
