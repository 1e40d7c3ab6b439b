import type { Channel } from '@/data/channels';
import type { ChannelUsage } from '@/data/usage';

type ShownState = 'active' | 'paused' | 'off' | 'reconnect' | 'at_limit';

/** The most important fact about a channel. */
export const stateOf = (channel: Channel, usage?: ChannelUsage): ShownState => {
  if (!channel.is_active) return channel.disabled_reason ? 'reconnect' : 'off';
  if (channel.paused_at) return 'paused';
  if (usage && usage.limit !== null && usage.used >= usage.limit) return 'at_limit';
  return 'active';
};

const order: ShownState[] = ['reconnect', 'at_limit', 'paused', 'active', 'off'];

/** Broken channels first, the others in order of creation. */
export const sorted = (channels: Channel[], usage: ChannelUsage[]): Channel[] => {
  const rank = (of: Channel) =>
    order.indexOf(
      stateOf(
        of,
        usage.find((each) => each.channel_id === of.id),
      ),
    );
  return [...channels].sort((a, b) => rank(a) - rank(b));
};

const most_s = 21_600;
const shown_max = 4;

/** The delays of further attempts in seconds, as the form shows a policy. */
export const waitsOf = (attempts: number, delay_s: number, strategy: 'linear' | 'exponential'): number[] =>
  Array.from({ length: Math.max(0, Math.min(attempts - 1, shown_max)) }, (_, index) =>
    Math.min(most_s, strategy === 'linear' ? delay_s * (index + 1) : delay_s * 2 ** index),
  );
