import { useEffect, type ReactNode } from 'react';
import { ErrorBox, Skeleton } from '@/components/states';
import { ProductMark } from '@/components/product-mark';
import { serverNow } from '@/lib/clock';
import { asProblem } from '@/lib/problem';
import { momentOf, ownZone, toMs, zoneName } from '@/lib/time/format';
import { frameStrings } from '@strings/frame';

/**
 * A page opened by a link with a secret (lib/secret-link). It shows `children` once there is content; before that, or
 * for an invalid or expired link, a message.
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

const minute_ms = 60_000;

/**
 * A time in the reader's own zone, to the minute, with the zone's name: a reader with a link has no project whose zone
 * could be used.
 */
export const OwnTime = ({ at }: { at: string }) => {
  const minute = Math.floor(toMs(at) / minute_ms) * minute_ms;
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {momentOf(minute, ownZone(), serverNow())} {zoneName(minute, ownZone())}
    </time>
  );
};
