/**
 * Everything that waits for a person, in one list: what may be live, what is late and asks, channels that stopped,
 * content that I may approve, my own likes and comments.
 */
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { channelsQuery, type Channel } from './channels';
import { approvalQuery, contentListQuery, type Content } from './content';
import { needsYouQuery, type DecidableDelivery } from './deliveries';
import { useQueueCount } from './engagement';
import { useMay } from './people';
import { useKnowsProjects, useProject } from './projects';

export type NeedsYou =
  | { kind: 'decision'; id: string; delivery: DecidableDelivery }
  | { kind: 'late'; id: string; delivery: DecidableDelivery }
  | { kind: 'channel'; id: string; channel: Channel; isRefused: boolean }
  | { kind: 'approval'; id: string; content: Content }
  | { kind: 'confirmation'; id: string; count: number };

/** A channel that the engine switched off has a reason; one that a person switched off needs nobody. */
const isRefused = (channel: Channel): boolean => !channel.is_active && Boolean(channel.disabled_reason);

/** How many items, longest waiting first, are checked for whether I may approve them. */
const asked_most = 20;

const whetherMine = (asked: UseQueryResult<{ may_decide: boolean }>[]): boolean[] =>
  asked.map(({ data }) => data?.may_decide === true);

/** Content whose waiting step I may approve; longest waiting first. */
export const useMyApprovals = (): Content[] => {
  const project = useProject();
  const knows = useKnowsProjects();
  const mayRead = useMay('read_campaigns');
  const pending = useQuery({
    ...contentListQuery({ projectId: project?.id, state: 'pending_approval' }),
    enabled: knows && mayRead,
  });
  const oldest = useMemo(() => [...(pending.data?.items ?? [])].reverse().slice(0, asked_most), [pending.data]);
  const mine = useQueries({ queries: oldest.map((each) => approvalQuery(each.id)), combine: whetherMine });
  return useMemo(() => oldest.filter((_, index) => mine[index]), [oldest, mine]);
};

export const useNeedsYou = () => {
  const project = useProject();
  const enabled = useKnowsProjects();
  const deliveries = useQuery({ ...needsYouQuery(project?.id), enabled });
  const channels = useQuery({ ...channelsQuery(project?.id), enabled });
  const approvals = useMyApprovals();
  const waiting = useQueueCount();
  // The same list until something in it changes: a key that goes along it draws two of its rows again.
  const items = useMemo((): NeedsYou[] => {
    const decisions = (deliveries.data ?? []).map((delivery): NeedsYou => ({
      kind: delivery.asked_at ? 'late' : 'decision',
      id: delivery.id,
      delivery,
    }));
    const stopped = (channels.data ?? [])
      .filter(isRefused)
      .map((channel): NeedsYou => ({ kind: 'channel', id: channel.id, channel, isRefused: true }));
    return [
      ...decisions.filter((each) => each.kind === 'decision'),
      ...decisions.filter((each) => each.kind === 'late'),
      ...stopped,
      ...approvals.map((content): NeedsYou => ({ kind: 'approval', id: content.id, content })),
      ...(waiting > 0 ? [{ kind: 'confirmation', id: 'confirmations', count: waiting } satisfies NeedsYou] : []),
    ];
  }, [deliveries.data, channels.data, approvals, waiting]);
  return {
    items,
    isPending: deliveries.isPending,
    error: deliveries.error,
    refetch: deliveries.refetch,
  };
};
