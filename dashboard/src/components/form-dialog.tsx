/** A dialog with a form: its two buttons, and errors of the server that belong to no field. */
import type { ReactNode } from 'react';
import { commonStrings } from '@strings/common';
import { Button } from './button';
import { Dialog } from './dialog';
import { ErrorBox } from './states';

type FormDialogProps = {
  title: string;
  action: string;
  canSave: boolean;
  busy: boolean;
  /** Nothing if every part of it is shown at its field. */
  error?: unknown;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
};

export const FormDialog = ({ title, action, canSave, busy, error, onSave, onClose, children }: FormDialogProps) => (
  <Dialog
    open
    wide
    onOpenChange={(open) => !open && onClose()}
    title={title}
    actions={
      <>
        <Button onClick={onClose}>{commonStrings.cancel}</Button>
        <Button kind="primary" disabled={!canSave} busy={busy} onClick={onSave}>
          {action}
        </Button>
      </>
    }
  >
    <div className="flex flex-col gap-4 pb-2">
      {children}
      {Boolean(error) && <ErrorBox error={error} />}
    </div>
  </Dialog>
);
