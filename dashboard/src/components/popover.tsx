import { Slot } from 'radix-ui';
import { Suspense, type ReactNode } from 'react';
import { loadFloats, useAnchor } from '@/components/floating';
import { lazyWhenThere } from '@/lib/when-there';

const PopoverFloat = lazyWhenThere(() => loadFloats().then((all) => ({ default: all.PopoverFloat })));

type PopoverProps = {
  trigger: ReactNode;
  children: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  align?: 'start' | 'center' | 'end';
  label?: string;
  className?: string;
};

export const Popover = ({ trigger, children, open, onOpenChange, align = 'start', ...more }: PopoverProps) => {
  const { isWanted, anchor, listeners } = useAnchor({ by: 'click', onOpen: () => onOpenChange(true) });
  return (
    <>
      <Slot.Root ref={anchor.ref} aria-haspopup="dialog" aria-expanded={open} {...listeners}>
        {trigger}
      </Slot.Root>
      {(isWanted || open) && (
        <Suspense>
          <PopoverFloat anchor={anchor} open={open} onOpenChange={onOpenChange} align={align} {...more}>
            {children}
          </PopoverFloat>
        </Suspense>
      )}
    </>
  );
};
