import { keyText } from '@/lib/keys';
import { cn } from '@/lib/cn';

export const Kbd = ({ of, className }: { of: string; className?: string }) => (
  <kbd
    className={cn(
      'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-kbd border border-line px-1 font-sans text-axis text-muted max-tablet:hidden',
      className,
    )}
  >
    {keyText(of)}
  </kbd>
);
