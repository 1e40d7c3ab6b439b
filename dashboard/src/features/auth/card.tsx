import type { ReactNode } from 'react';
import { Activity } from 'lucide-react';
import { frameStrings } from '@strings/frame';

/** The one card of a page without a frame. */
export const Card = ({
  title,
  text,
  children,
  below,
}: {
  title: string;
  text?: string;
  children: ReactNode;
  below?: ReactNode;
}) => (
  <main className="flex min-h-dvh flex-col items-center justify-center gap-4 px-4 py-8">
    <div className="w-full max-w-[22.5rem] rounded-card border border-line bg-surface p-6">
      <p className="mb-4 flex items-center gap-2 font-heading">
        <span
          className="inline-flex size-6.5 items-center justify-center rounded-control bg-text text-surface"
          aria-hidden
        >
          <Activity size={16} strokeWidth={2} />
        </span>
        {frameStrings.product}
      </p>
      <h1 className="text-title font-heading">{title}</h1>
      {text && <p className="mt-1 text-secondary">{text}</p>}
      <div className="mt-4">{children}</div>
    </div>
    {below}
  </main>
);
