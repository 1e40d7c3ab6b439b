import { useEffect, type ReactNode } from 'react';
import { ErrorBox, Skeleton } from '@/components/states';
import { ProductMark } from '@/components/product-mark';
import { serverNow } from '@/lib/clock';
import { asProblem } from '@/lib/problem';
import { momentOf, ownZone, zoneName } from '@/lib/time/format';
import { frameStrings } from '@strings/frame';

/**
 * A page that a link with a secret opens (lib/secret-link). `children`, once there is something to show; before that, or where the link is
 * none or leads nowhere any more, what there is to say.
 */
export const LinkPage = ({
  words,
  secret,
  error,
  children,
}: {
  words: { title: string; noLink: string; gone: string };
  secret: string;
  error: unknown;
  children?: ReactNode;
}) => {
  useEffect(() => {
    document.title = `${words.title} · ${frameStrings.product}`;
  }, [words.title]);
  const isGone = Boolean(error) && asProblem(error).status === 404;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col gap-6 px-4 py-8">
      <ProductMark />
      {children && !isGone ? (
        children
      ) : (
        <>
          <h1 className="text-title font-heading">{words.title}</h1>
          {secret === '' ? (
            <p className="text-secondary">{words.noLink}</p>
          ) : isGone ? (
            <p className="text-secondary">{words.gone}</p>
          ) : error ? (
            <ErrorBox error={error} />
          ) : (
            <Skeleton rows={3} />
          )}
        </>
      )}
    </main>
  );
};

/** A moment in the reader's own zone, with its name: who has a link has no project whose zone it could be. */
export const OwnTime = ({ at }: { at: string }) => (
  <time dateTime={at} className="whitespace-nowrap">
    {momentOf(at, ownZone(), serverNow())} {zoneName(at, ownZone())}
  </time>
);
