import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Kbd } from '@/components/kbd';

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={400} skipDelayDuration={100}>
    {children}
  </Radix.Provider>
);

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
}) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="float z-70 flex max-w-xs items-center gap-2 rounded-control border border-line bg-raised px-2 py-1 text-meta text-text shadow-menu"
      >
        {text}
        {shortcut && <Kbd of={shortcut} />}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
