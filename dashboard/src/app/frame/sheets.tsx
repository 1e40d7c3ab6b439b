/** Sheets from below on a phone, or from the side: more pages, and the page's rail. */
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { railStore } from '@/components/page';
import { useMe } from '@/data/people';
import { useFocusReturn } from '@/lib/focus-place';
import { useStore } from '@/lib/store';
import { commonStrings } from '@strings/common';
import { frameStrings as words } from '@strings/frame';
import { AccountMenu } from './account-menu';
import { isSeenBy, navGroups } from './nav';
import { ProjectSwitcher } from './project-switcher';

export const MoreSheet = ({ onClose }: { onClose: () => void }) => {
  const me = useMe();
  const giveBack = useFocusReturn();
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="float fixed inset-0 z-50 bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBack}
          className="float fixed inset-x-0 bottom-0 z-50 flex max-h-[85dvh] flex-col gap-1 overflow-y-auto rounded-t-sheet border border-line bg-raised p-3 focus:outline-none"
        >
          <Dialog.Title className="sr-only">{words.more}</Dialog.Title>
          <ProjectSwitcher />
          <ul>
            {navGroups
              .flatMap((group) => group.items)
              .filter((item) => isSeenBy(me, item))
              .map((item) => (
                <li key={item.to}>
                  <Link
                    to={item.to}
                    activeOptions={{ exact: item.to === '/app' }}
                    onClick={onClose}
                    className="flex h-11 items-center gap-3 rounded-control px-2"
                    activeProps={{ className: 'bg-pressed font-name' }}
                  >
                    <item.icon size={18} strokeWidth={1.75} aria-hidden className="text-secondary" />
                    {item.label}
                  </Link>
                </li>
              ))}
          </ul>
          <AccountMenu />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

export const RailSheet = ({
  onClose,
  setRail,
}: {
  onClose: () => void;
  setRail: (element: HTMLElement | null) => void;
}) => {
  const rail = useStore(railStore);
  const giveBack = useFocusReturn();
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="float fixed inset-0 z-50 bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBack}
          className="float fixed z-50 overflow-y-auto border border-line bg-surface focus:outline-none max-tablet:inset-x-0 max-tablet:bottom-0 max-tablet:max-h-[85dvh] max-tablet:rounded-t-sheet tablet:inset-y-0 tablet:right-0 tablet:w-84"
        >
          <Dialog.Title className="sr-only">{rail?.label ?? words.details}</Dialog.Title>
          {/* What covers the page can be closed by a thumb as well, not by a key or a tap beside it alone. */}
          <div className="sticky top-0 z-10 -mb-3 flex justify-end bg-surface px-2 pt-2">
            <Dialog.Close
              aria-label={commonStrings.close}
              className="inline-flex size-8 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-text max-tablet:size-11"
            >
              <X size={16} strokeWidth={1.75} aria-hidden />
            </Dialog.Close>
          </div>
          <div ref={setRail} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
