import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Card, Page } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { toast, toastError } from '@/components/toast';
import { channelsQuery, type Channel } from '@/data/channels';
import { isProvider } from '@/data/connecting';
import { createChannel } from '@/data/making';
import { useMay } from '@/data/people';
import { useProject, useProjects, useZoneOf } from '@/data/projects';
import { usageQuery } from '@/data/usage';
import { queryClient } from '@/lib/query-client';
import { useListKeys } from '@/lib/list-keys';
import { channelsStrings as words } from '@strings/channels';
import { frameStrings } from '@strings/frame';
import { ChannelRow, useChannelCommands } from './channel-row';
import { sorted } from './channel-state';
import { ChooseDialog } from './choose-dialog';
import { ConnectDialog, ReconnectDialog } from './connect-dialog';
import { LimitsSection } from './limits-section';
import { RetriesSection } from './retries-section';

/** The result of connecting at a provider's page, shown once; an open choice stays in the address. */
const useWayBack = () => {
  const { provider, result } = useSearch({ from: '/app/channels' });
  const navigate = useNavigate();
  const forget = () => void navigate({ to: '/app/channels', search: {}, replace: true });
  useEffect(() => {
    if (!result || result === 'choose') return;
    if (result === 'connected') toast(words.cameBack.connected);
    else toastError(new Error(result === 'denied' ? words.cameBack.denied : words.cameBack.error));
    void navigate({ to: '/app/channels', search: {}, replace: true });
  }, [result, navigate]);
  return { choosing: result === 'choose' && isProvider(provider) ? provider : undefined, forget };
};

export const ChannelsPage = () => {
  const project = useProject();
  const projects = useProjects();
  const zoneOf = useZoneOf();
  const mayManage = useMay('manage_channels');
  const mayPublish = useMay('publish_posts');
  const channels = useQuery(channelsQuery(project?.id));
  const { data: usage = [] } = useQuery(usageQuery(project?.id));
  const { choosing, forget } = useWayBack();
  const [isConnecting, setConnecting] = useState(false);
  const [reconnecting, setReconnecting] = useState<Channel>();
  const { pause } = useChannelCommands();
  const rows = sorted(channels.data ?? [], usage);
  const target = project ?? projects.at(-1);
  const { currentId, setCurrentId } = useListKeys({
    items: rows,
    idOf: (each) => each.id,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen: (channel) => channel.account && mayManage && setReconnecting(channel),
    more: (current) => [
      {
        key: 'p',
        label: words.keys.pause,
        group: frameStrings.keysPage,
        run: () => current?.is_active && mayPublish && pause.mutate(current),
      },
      {
        key: 'o',
        label: words.keys.reconnect,
        group: frameStrings.keysPage,
        run: () => current?.account && mayManage && setReconnecting(current),
      },
    ],
  });
  const addWebsite = () => {
    if (!target) return;
    createChannel({ project_id: target.id, type: 'website' }).then(
      () => queryClient.invalidateQueries({ queryKey: ['channels'] }),
      toastError,
    );
  };
  return (
    <Page
      title={words.title}
      ownPrimary={mayManage}
      actions={
        mayManage && target ? (
          <Button kind="primary" icon={Plus} onClick={() => setConnecting(true)}>
            {words.connect}
          </Button>
        ) : undefined
      }
    >
      {mayManage && target && (
        <Button kind="primary" icon={Plus} onClick={() => setConnecting(true)} className="tablet:hidden">
          {words.connect}
        </Button>
      )}
      {channels.error && !channels.data ? (
        <ErrorBox error={channels.error} what={words.list} onRetry={() => void channels.refetch()} />
      ) : !channels.data ? (
        <Skeleton rows={4} className="rounded-card border border-line" />
      ) : rows.length === 0 ? (
        <Empty action={mayManage && <Button onClick={addWebsite}>{words.addWebsite}</Button>}>{words.empty}</Empty>
      ) : (
        <Card>
          <ul aria-label={words.list}>
            {rows.map((channel) => (
              <ChannelRow
                key={channel.id}
                channel={channel}
                usage={usage.find((each) => each.channel_id === channel.id)}
                zone={zoneOf(channel.project_id)}
                isCurrent={channel.id === currentId}
                onFocus={() => setCurrentId(channel.id)}
                onReconnect={() => setReconnecting(channel)}
              />
            ))}
          </ul>
        </Card>
      )}
      <LimitsSection />
      <RetriesSection />
      {isConnecting && target && (
        <ConnectDialog
          projectId={target.id}
          channels={(channels.data ?? []).filter((each) => each.project_id === target.id)}
          onClose={() => setConnecting(false)}
        />
      )}
      {choosing && target && (
        <ChooseDialog
          provider={choosing}
          projectId={target.id}
          channels={(channels.data ?? []).filter((each) => each.project_id === target.id)}
          onClose={forget}
        />
      )}
      {reconnecting && <ReconnectDialog channel={reconnecting} onClose={() => setReconnecting(undefined)} />}
    </Page>
  );
};
