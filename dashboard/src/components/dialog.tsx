import { AlertDialog as RadixAlert, Dialog as RadixDialog } from 'radix-ui';
import { X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { cn } from '@/lib/cn';
import { useFocusReturn } from '@/lib/focus-place';
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

type Drawn<Props> = Omit<Props, 'open' | 'onOpenChange'> & { ref?: Ref<HTMLDivElement> };

const ownEnter = /^(button|checkbox|color|file|image|radio|reset|submit)$/;

/** Enter in a field of one line, and with Ctrl or ⌘ in one of several, presses the primary button, as in a form. */
const pressPrimary = (event: KeyboardEvent<HTMLElement>): void => {
  const field = event.target;
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return;
  const isLine = field instanceof HTMLInputElement && !ownEnter.test(field.type);
  const isText = field instanceof HTMLTextAreaElement && (event.ctrlKey || event.metaKey);
  if (!isLine && !isText) return;
  // A form of its own within the dialog has its own button.
  if (field.form) return isText ? field.form.requestSubmit() : undefined;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>('button[data-kind="primary"]:not(:disabled)')?.click();
};

const phone_px = 640;

/**
 * What one came for has the focus: the first field, else the first choice, else the first button below; not the one
 * that closes.
 */
const focusFirst = (event: Event): void => {
  const within = event.target;
  // On a phone a field with the focus would bring its keyboard over the dialog before it was read.
  if (!(within instanceof HTMLElement) || innerWidth < phone_px) return;
  const found = ['[data-body] :is(input,select,textarea)', '[data-body] :is(button,a[href])', '[data-verbs] button']
    .flatMap((each) => [...within.querySelectorAll<HTMLElement>(each)])
    .find((each) => {
      each.focus();
      return document.activeElement === each;
    });
  if (found) event.preventDefault();
};

/**
 * What was written is handed over by the primary button: a dialog that stays open after saving asks about nothing then.
 */
const isPrimary = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('button[data-kind="primary"]:not(:disabled)') !== null;

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
  /** Sets the focus when the dialog opens; by default the first field or choice gets it. */
  onOpenAutoFocus?: (event: Event) => void;
};

// The portal hands a `ref` over, by which it waits for what moves.
const Panel = ({
  title,
  text,
  children,
  actions,
  wide,
  onOpenAutoFocus,
  written,
  ref,
}: Drawn<DialogProps> & { written: Set<EventTarget> }) => (
  <RadixDialog.Content
    ref={ref}
    onInput={({ target }) => written.add(target)}
    onClickCapture={({ target }) => isPrimary(target) && written.clear()}
    className={cn(panel, wide ? sizes.wide : sizes.usual)}
    onOpenAutoFocus={onOpenAutoFocus ?? focusFirst}
    onCloseAutoFocus={useFocusReturn(() => written.clear())}
    onKeyDown={pressPrimary}
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
    {children && (
      <div data-body className="min-h-0 overflow-y-auto px-5 pt-3 pb-1">
        {children}
      </div>
    )}
    {actions ? (
      <div data-verbs className="flex flex-wrap justify-end gap-2 px-5 pt-3 pb-4 max-tablet:flex-col-reverse">
        {actions}
      </div>
    ) : (
      <div className="h-4" />
    )}
  </RadixDialog.Content>
);

/** What was written in: a text of several lines, or more than one field. */
const isWork = (written: ReadonlySet<EventTarget>): boolean =>
  written.size > 1 || [...written].some((each) => each instanceof HTMLTextAreaElement);

/**
 * Escape, a click beside it and its cross ask before they take away what was written; its own buttons do what they say.
 */
export const Dialog = ({ open, onOpenChange, ...of }: DialogProps) => {
  const written = useRef(new Set<EventTarget>());
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    onOpenChange(false);
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => (!next && isWork(written.current) ? setAsking(true) : onOpenChange(next))}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={overlay} />
        <Panel {...of} written={written.current} />
      </RadixDialog.Portal>
      <Confirm
        open={open && isAsking}
        onOpenChange={setAsking}
        title={words.leaveTitle}
        text={words.leaveText}
        action={words.discard}
        keep={words.keepWriting}
        onConfirm={close}
      />
    </RadixDialog.Root>
  );
};

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

const ConfirmPanel = ({ title, text, action, keep, children, onConfirm, ref }: Drawn<ConfirmProps>) => (
  <RadixAlert.Content ref={ref} className={cn(panel, sizes.usual)} onCloseAutoFocus={useFocusReturn()}>
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
);

/** Only for irreversible actions. */
export const Confirm = ({ open, onOpenChange, ...of }: ConfirmProps) => (
  <RadixAlert.Root open={open} onOpenChange={onOpenChange}>
    <RadixAlert.Portal>
      <RadixAlert.Overlay className={overlay} />
      <ConfirmPanel {...of} />
    </RadixAlert.Portal>
  </RadixAlert.Root>
);
