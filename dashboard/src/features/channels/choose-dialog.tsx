/** After a provider's page: a choice of the allowed accounts that become channels of the project. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { PlatformMark } from '@/components/icons';
import { ErrorBox, Skeleton } from '@/components/states';
import { toast } from '@/components/toast';
import type { Channel } from '@/data/channels';
import { connectionsQuery, type Provider, type ProviderAccount } from '@/data/connecting';
import { createChannel } from '@/data/making';
import { channelsStrings as words } from '@strings/channels';

type Props = { provider: Provider; projectId: string; channels: Channel[]; onClose: () => void };

export const ChooseDialog = ({ provider, projectId, channels, onClose }: Props) => {
  const client = useQueryClient();
  const { data, error } = useQuery(connectionsQuery(provider));
  const [busyId, setBusyId] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const isThere = (account: ProviderAccount) =>
    channels.some(
      (each) => each.type === account.platform && each.account?.external_user_id === account.external_user_id,
    );
  const choose = async (account: ProviderAccount) => {
    setBusyId(account.id);
    setProblem(undefined);
    try {
      const made = await createChannel({ project_id: projectId, type: account.platform, account_id: account.id });
      await client.invalidateQueries({ queryKey: ['channels'] });
      toast(words.connected(made.name));
    } catch (refused) {
      setProblem(refused);
    } finally {
      setBusyId(undefined);
    }
  };
  const failure = problem ?? error;
  const title = provider === 'pinterest' ? words.chooseBoards : words.chooseTitle;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      text={words.chooseText}
      actions={<Button onClick={onClose}>{words.done}</Button>}
    >
      {!data && !error && <Skeleton rows={2} className="rounded-card border border-line" />}
      {data && (
        <ul aria-label={title} className="flex flex-col divide-y divide-line-subtle pb-1">
          {data.accounts.map((account) => (
            <li key={account.id} className="flex items-center gap-2 py-2">
              <PlatformMark of={account.platform} named />
              <span className="min-w-0 flex-1 truncate font-name">{account.name || account.handle}</span>
              <Button
                disabled={isThere(account)}
                busy={busyId === account.id}
                onClick={() => void choose(account)}
                aria-label={words.connectNamed(account.name || account.handle)}
              >
                {isThere(account) ? words.isConnected : words.connectOne}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {failure !== undefined && failure !== null && <ErrorBox error={failure} />}
    </Dialog>
  );
};
