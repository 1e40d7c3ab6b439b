import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Button, buttonStyle } from '@/components/button';
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

export const NotFound = () => (
  <div className="flex flex-col items-start gap-3 p-8">
    <h1 className="text-title font-heading">{words.notFoundTitle}</h1>
    <p className="text-secondary">{words.notFound}</p>
    <Link to="/app" className={buttonStyle('quiet')}>
      {words.toOverview}
    </Link>
  </div>
);
