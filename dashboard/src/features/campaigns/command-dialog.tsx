/** Explains the effect of a command on a campaign before it is given. */
import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { campaignSummaryQuery, type Campaign } from '@/data/campaigns';
import { rulesQuery } from '@/data/rules';
import { commonStrings } from '@strings/common';
import { campaignsStrings as words } from '@strings/campaigns';
import { useCampaignCommands, type Command } from './campaign-data';

export type Asked = { of: Campaign; what: Command | 'remove' };

export const CommandDialog = ({
  of,
  what,
  onClose,
  onRemoved,
}: Asked & { onClose: () => void; onRemoved?: () => void }) => {
  const { data: summary } = useQuery(campaignSummaryQuery(of.id));
  const { data: rules = [] } = useQuery(rulesQuery(of.project_id, of.id));
  const { command, remove } = useCampaignCommands();
  const on = rules.filter((each) => each.is_enabled).length;
  const planned = summary?.counts.scheduled ?? 0;
  const onOpenChange = (open: boolean) => !open && onClose();
  if (what === 'complete' || what === 'remove') {
    const isRemoval = what === 'remove';
    return (
      <Confirm
        open
        onOpenChange={onOpenChange}
        title={isRemoval ? words.removeTitle(of.name) : words.completeTitle(of.name)}
        text={isRemoval ? words.removeText : words.completeText(planned)}
        action={isRemoval ? words.remove : words.complete}
        keep={words.keep}
        onConfirm={() => (isRemoval ? remove.mutate(of, { onSuccess: onRemoved }) : command.mutate({ of, what }))}
      />
    );
  }
  const isPause = what === 'pause';
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={isPause ? words.pauseTitle(of.name) : words.activateTitle(of.name)}
      text={isPause ? words.pauseText(on, planned) : words.activateText(on)}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button
            kind="primary"
            autoFocus
            busy={command.isPending}
            onClick={() => command.mutate({ of, what }, { onSettled: onClose })}
          >
            {isPause ? words.pause : words.activate}
          </Button>
        </>
      }
    />
  );
};
