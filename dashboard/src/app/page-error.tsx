import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Page } from '@/components/page';
import { ProductMark } from '@/components/product-mark';
import { asProblem } from '@/lib/problem';
import { frameStrings } from '@strings/frame';
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

const WayOut = () => (
  <>
    <p className="text-secondary">{words.notFound}</p>
    <Link to="/app" className={buttonStyle('quiet')}>
      {words.toOverview}
    </Link>
  </>
);

/** An address of the dashboard at which no page is: the frame stays, and so do its other pages. */
export const NoSuchPage = () => (
  <Page title={words.notFoundTitle}>
    <div className="flex flex-col items-start gap-3">
      <WayOut />
    </div>
  </Page>
);

/** Outside the frame: nothing is at this address, and whoever wrote it may not be signed in. */
export const Stray = () => {
  useEffect(() => {
    document.title = `${words.notFoundTitle} · ${frameStrings.product}`;
  }, []);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col px-4 py-8">
      <ProductMark />
      <div className="flex flex-col items-start gap-3 py-6">
        <h1 className="text-title font-heading">{words.notFoundTitle}</h1>
        <WayOut />
      </div>
    </main>
  );
};
