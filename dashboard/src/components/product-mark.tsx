import { Activity } from 'lucide-react';
import { cn } from '@/lib/cn';
import { frameStrings } from '@strings/frame';

/** The product's logo and name, above a page without a frame. */
export const ProductMark = ({ className }: { className?: string }) => (
  <p className={cn('flex items-center gap-2 font-heading', className)}>
    <span className="inline-flex size-6.5 items-center justify-center rounded-control bg-text text-surface" aria-hidden>
      <Activity size={16} strokeWidth={2} />
    </span>
    {frameStrings.product}
  </p>
);
