import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Button, buttonStyle } from '@/components/button';
import { ProductMark } from '@/components/product-mark';
import { cn } from '@/lib/cn';
import { asProblem } from '@/lib/problem';
import { problemStrings as words } from '@strings/problems';

/** A page that broke: the rest of the frame stays. */
export const PageError = ({ error, reset }: ErrorComponentProps) => (
  <div role="alert" className="flex flex-col items-start gap-3 p-8">
    <h1 className="text-title font-heading">{words.pageBroke}</h1>
    <p className="text-secondary">
      {words.pageBrokeHint} {asProblem(error).message}
    </p>
    <Button onClick={reset}>{words.tryAgain}</Button>
  </div>
);

const Nothing = ({ className }: { className: string }) => (
  <div className={cn('flex flex-col items-start gap-3', className)}>
    <h1 className="text-title font-heading">{words.notFoundTitle}</h1>
    <p className="text-secondary">{words.notFound}</p>
    <Link to="/app" className={buttonStyle('quiet')}>
      {words.toOverview}
    </Link>
  </div>
);

export const NotFound = () => <Nothing className="p-8" />;

/** Outside the frame: nothing is at this address, and whoever wrote it may not be signed in. */
export const Stray = () => (
  <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col px-4 py-8">
    <ProductMark />
    <Nothing className="py-6" />
  </main>
);
