/** Placeholders for rows: no data yet, loading, failed to load. */
import type { ReactNode } from 'react';
import { RotateCcw } from 'lucide-react';
import { Button } from '@/components/button';
import { cn } from '@/lib/cn';
import { asProblem, isNoSuch, wordsOf } from '@/lib/problem';
import { commonStrings } from '@strings/common';
import { problemStrings as words } from '@strings/problems';

/** One sentence about the future content, and one button that leads there. */
export const Empty = ({
  children,
  action,
  className,
}: {
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}) => (
  <div
    className={cn(
      'flex flex-col items-start gap-3 rounded-card border border-dashed border-line-control px-4 py-5 text-secondary',
      className,
    )}
  >
    <p className="max-w-prose">{children}</p>
    {action}
  </div>
);

/** Placeholder bars in the shape of the rows. */
export const Skeleton = ({ rows = 3, className }: { rows?: number; className?: string }) => (
  <div className={cn('late-skeleton flex flex-col gap-px', className)} role="status">
    <span className="sr-only">{commonStrings.loading}</span>
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="flex h-(--row) items-center gap-3 px-3" aria-hidden>
        <span className="h-2.5 w-4 rounded-full bg-pressed" />
        <span className={cn('h-2.5 rounded-full bg-pressed', ['w-2/5', 'w-1/3', 'w-1/2'][row % 3])} />
      </div>
    ))}
  </div>
);

/** Says what failed, that publishing goes on, and offers a retry unless there is no such thing. */
export const ErrorBox = ({
  error,
  what,
  onRetry,
  className,
}: {
  error: unknown;
  what?: string;
  onRetry?: () => void;
  className?: string;
}) => {
  const problem = asProblem(error);
  return (
    <div
      role="alert"
      className={cn(
        'flex flex-wrap items-center gap-3 rounded-card border border-danger-line bg-surface px-4 py-3',
        className,
      )}
    >
      <p className="min-w-0 flex-1">
        {what && <span className="font-name">{words.couldNotRead(what)} </span>}
        {wordsOf(problem)}{' '}
        {problem.status >= 500 && problem.requestId && (
          <span className="text-muted">{words.request(problem.requestId)}</span>
        )}
      </p>
      {onRetry && !isNoSuch(problem) && (
        <Button icon={RotateCcw} onClick={onRetry}>
          {words.tryAgain}
        </Button>
      )}
    </div>
  );
};

type QueryLike<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };

/** The rows once they are loaded; they stay when a later reload fails. */
export const Loaded = <T,>({
  query,
  what,
  rows,
  children,
}: {
  query: QueryLike<T>;
  what: string;
  rows?: number;
  children: (data: T) => ReactNode;
}) => {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorBox error={query.error} what={what} onRetry={() => void query.refetch()} />;
  return <Skeleton rows={rows ?? 4} />;
};
