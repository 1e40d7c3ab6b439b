/** A dialog with a short form, and errors of the server that belong to none of its fields. */
import type { ReactNode, SyntheticEvent } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { ErrorBox } from '@/components/states';
import type { Problem } from '@/lib/problem';
import { commonStrings } from '@strings/common';

type EntryDialogProps = {
  /** The form's id, so that the button outside can submit it. */
  id: string;
  title: string;
  text?: string;
  action: string;
  busy: boolean;
  problem?: Problem;
  onSubmit: (event: SyntheticEvent) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
};

export const EntryDialog = (of: EntryDialogProps) => (
  <Dialog
    open
    onOpenChange={(open) => !open && of.onClose()}
    title={of.title}
    text={of.text}
    actions={
      <>
        <Button onClick={of.onClose}>{commonStrings.cancel}</Button>
        <Button type="submit" form={of.id} kind="primary" busy={of.busy}>
          {of.action}
        </Button>
      </>
    }
  >
    <form id={of.id} onSubmit={(event) => void of.onSubmit(event)} noValidate className="flex flex-col gap-3">
      {of.children}
      {of.problem && <ErrorBox error={of.problem} />}
    </form>
  </Dialog>
);
