import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextArea } from '@/components/field';
import { ErrorBox } from '@/components/states';
import type { Content } from '@/data/content';
import { commonStrings } from '@strings/common';
import { studioStrings as words } from '@strings/studio';
import { useContentCommands } from './studio-data';

export const RejectDialog = ({ of, onClose, onDone }: { of: Content; onClose: () => void; onDone?: () => void }) => {
  const { reject } = useContentCommands();
  const [reason, setReason] = useState('');
  const send = () =>
    reason.trim() &&
    reject.mutate(
      { of, reason: reason.trim() },
      {
        onSuccess: () => {
          onClose();
          onDone?.();
        },
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.rejectTitle}
      text={words.rejectText}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button kind="danger" disabled={!reason.trim()} busy={reject.isPending} onClick={send}>
            {words.reject}
          </Button>
        </>
      }
    >
      <TextArea
        label={words.reason}
        autoFocus
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send();
        }}
      />
      {reject.error && <ErrorBox error={reject.error} className="mt-3" />}
    </Dialog>
  );
};
