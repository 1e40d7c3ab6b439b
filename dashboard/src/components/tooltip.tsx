import { Slot } from 'radix-ui';
import { Suspense, type ReactNode } from 'react';
import { loadFloats, useAnchor } from '@/components/floating';
import { Kbd } from '@/components/kbd';
import { lazyWhenThere } from '@/lib/when-there';

const TooltipFloat = lazyWhenThere(() => loadFloats().then((all) => ({ default: all.TooltipFloat })));

/** Adds detail to visible content; it is never the only way to reach something. */
export const Tooltip = ({
  text,
  shortcut,
  children,
  side,
}: {
  text: ReactNode;
  shortcut?: string;
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom';
}) => {
  const { isWanted, anchor, listeners } = useAnchor();
  return (
    <>
      <Slot.Root ref={anchor.ref} {...listeners}>
        {children}
      </Slot.Root>
      {isWanted && (
        <Suspense>
          <TooltipFloat anchor={anchor} side={side}>
            {text}
            {shortcut && <Kbd of={shortcut} />}
          </TooltipFloat>
        </Suspense>
      )}
    </>
  );
};
