import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gauge } from '@/components/gauge';
import { PlatformMark } from '@/components/icons';
import { Section } from '@/components/page';
import type { Channel } from '@/data/channels';
import { usageQuery } from '@/data/usage';
import { overviewStrings as words } from '@strings/overview';
import { platformNames } from '@strings/platforms';

export const Budgets = ({ channels, projectId }: { channels: Channel[]; projectId?: string }) => {
  const { data = [] } = useQuery(usageQuery(projectId));
  return (
    <Section
      title={words.budgets}
      aside={
        <Link to="/app/channels" className="text-muted hover:text-text">
          {words.channels}
        </Link>
      }
    >
      <ul>
        {channels.map((channel) => {
          const usage = data.find((each) => each.channel_id === channel.id);
          const name = channel.name.toLowerCase().startsWith(platformNames[channel.type].toLowerCase())
            ? channel.name
            : `${platformNames[channel.type]} · ${channel.name}`;
          return (
            <li
              key={channel.id}
              className="flex h-8 items-center gap-2.5 border-t border-line-subtle first:border-t-0 max-tablet:h-11"
            >
              <PlatformMark of={channel.type} />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {usage && usage.limit !== null ? (
                <>
                  <Gauge used={usage.used} planned={usage.planned} limit={usage.limit} label={name} className="w-26" />
                  <span className="w-20 text-right text-muted tabular">{words.usedOf(usage.used, usage.limit)}</span>
                </>
              ) : (
                <span className="text-muted">{words.noLimit}</span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
};
