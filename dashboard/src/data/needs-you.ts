/** Everything that waits for a person, in one list: what may be live, what is late and asks, channels that stopped, my own likes and comments. */
import { useQuery } from '@tanstack/react-query';
import { channelsQuery, type Channel } from './channels';
import { needsYouQuery, type DecidableDelivery } from './deliveries';
import { useQueueCount } from './engagement';
import { useKnowsProjects, useProject } from './projects';

export type NeedsYou =
  | { kind: 'decision'; id: string; delivery: DecidableDelivery }
  | { kind: 'late'; id: string; delivery: DecidableDelivery }
  | { kind: 'channel'; id: string; channel: Channel; isRefused: boolean }
  | { kind: 'confirmation'; id: string; count: number };

/** A channel that the engine switched off has a reason; one that a person switched off does not ask for anybody. */
const isRefused = (channel: Channel): boolean => !channel.is_active && Boolean(channel.disabled_reason);

export const useNeedsYou = () => {
  const project = useProject();
  const enabled = useKnowsProjects();
  const deliveries = useQuery({ ...needsYouQuery(project?.id), enabled });
  const channels = useQuery({ ...channelsQuery(project?.id), enabled });
  const decisions = (deliveries.data ?? []).map((delivery): NeedsYou => ({
    kind: delivery.asked_at ? 'late' : 'decision',
    id: delivery.id,
    delivery,
  }));
  const stopped = (channels.data ?? [])
    .filter(isRefused)
    .map((channel): NeedsYou => ({ kind: 'channel', id: channel.id, channel, isRefused: true }));
  const waiting = useQueueCount();
  return {
    items: [
      ...decisions.filter((each) => each.kind === 'decision'),
      ...decisions.filter((each) => each.kind === 'late'),
      ...stopped,
      ...(waiting > 0 ? [{ kind: 'confirmation', id: 'confirmations', count: waiting } satisfies NeedsYou] : []),
    ],
    isPending: deliveries.isPending,
    error: deliveries.error,
    refetch: deliveries.refetch,
  };
};
