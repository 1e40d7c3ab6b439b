import { AlertDialog as RadixAlert, Dialog as RadixDialog } from 'radix-ui';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { commonStrings as words } from '@strings/common';

const overlay = 'fixed inset-0 z-50 bg-shade float';
const panel = cn(
  'fixed z-50 flex flex-col border border-line bg-raised text-text shadow-dialog float focus:outline-none',
  'max-tablet:inset-x-0 max-tablet:bottom-0 max-tablet:max-h-[90dvh] max-tablet:rounded-t-sheet max-tablet:pb-[env(safe-area-inset-bottom)]',
  'tablet:left-1/2 tablet:-translate-x-1/2 tablet:rounded-card',
);
const sizes = {
  usual: 'tablet:top-[18vh] tablet:max-h-[72vh] tablet:w-[min(32rem,calc(100vw-2rem))]',
  wide: 'tablet:top-[8vh] tablet:max-h-[84vh] tablet:w-[min(52rem,calc(100vw-2rem))]',
};

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question, or the name of the content. */
  title: string;
  /** The text below the title. */
  text?: ReactNode;
  children?: ReactNode;
  /** The buttons, the primary one last: it is on the right, and on a phone on top. */
  actions?: ReactNode;
  wide?: boolean;
  /** The element that gets the focus; by default the first focusable one. */
  onOpenAutoFocus?: (event: Event) => void;
};

export const Dialog = ({ open, onOpenChange, title, text, children, actions, wide, onOpenAutoFocus }: DialogProps) => (
  <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
    <RadixDialog.Portal>
      <RadixDialog.Overlay className={overlay} />
      <RadixDialog.Content
        className={cn(panel, wide ? sizes.wide : sizes.usual)}
        onOpenAutoFocus={onOpenAutoFocus}
        {...(text ? {} : { 'aria-describedby': undefined })}
      >
        <div className="flex items-start gap-3 px-5 pt-4">
          <div className="min-w-0 flex-1">
            <RadixDialog.Title className="text-lead font-heading">{title}</RadixDialog.Title>
            {text && (
              <RadixDialog.Description asChild>
                <div className="mt-1 text-secondary">{text}</div>
              </RadixDialog.Description>
            )}
          </div>
          <RadixDialog.Close
            className="-mr-2 inline-flex size-7 items-center justify-center rounded-control text-muted hover:bg-pressed max-tablet:size-11"
            aria-label={words.close}
          >
            <X size={16} strokeWidth={1.75} aria-hidden />
          </RadixDialog.Close>
        </div>
        {children && <div className="min-h-0 overflow-y-auto px-5 pt-3 pb-1">{children}</div>}
        {actions ? (
          <div className="flex flex-wrap justify-end gap-2 px-5 pt-3 pb-4 max-tablet:flex-col-reverse">
            {actions}
          </div>
        ) : (
          <div className="h-4" />
        )}
      </RadixDialog.Content>
    </RadixDialog.Portal>
  </RadixDialog.Root>
);

type ConfirmProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  text: ReactNode;
  /** The verb and its object, as in the title. */
  action: string;
  keep: string;
  /** A choice to make first. */
  children?: ReactNode;
  onConfirm: () => void;
};

/** Only for irreversible actions. */
export const Confirm = ({ open, onOpenChange, title, text, action, keep, children, onConfirm }: ConfirmProps) => (
  <RadixAlert.Root open={open} onOpenChange={onOpenChange}>
    <RadixAlert.Portal>
      <RadixAlert.Overlay className={overlay} />
      <RadixAlert.Content className={cn(panel, sizes.usual)}>
        <div className="min-h-0 overflow-y-auto px-5 pt-4">
          <RadixAlert.Title className="text-lead font-heading">{title}</RadixAlert.Title>
          <RadixAlert.Description asChild>
            <div className="mt-1 text-secondary">{text}</div>
          </RadixAlert.Description>
          {children && <div className="mt-3">{children}</div>}
        </div>
        <div className="flex flex-wrap justify-end gap-2 px-5 pt-4 pb-4 max-tablet:flex-col-reverse">
          <RadixAlert.Cancel className="inline-flex h-(--control) items-center justify-center rounded-control border border-line bg-surface px-2.5 font-button hover:bg-hover">
            {keep}
          </RadixAlert.Cancel>
          <RadixAlert.Action
            onClick={onConfirm}
            className="inline-flex h-(--control) items-center justify-center rounded-control bg-danger px-2.5 font-button text-on-danger hover:opacity-90"
          >
            {action}
          </RadixAlert.Action>
        </div>
      </RadixAlert.Content>
    </RadixAlert.Portal>
  </RadixAlert.Root>
);
