import type { ReactNode } from 'react';
import { ProductMark } from '@/components/product-mark';

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
      <ProductMark className="mb-4" />
      <h1 className="text-title font-heading">{title}</h1>
      {/* It may change while one looks at it: the link is old, a mail is on its way. */}
      <p role="status" className="mt-1 text-secondary empty:hidden">
        {text}
      </p>
      <div className="mt-4">{children}</div>
    </div>
    {below}
  </main>
);
