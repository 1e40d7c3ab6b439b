/** Below a chosen time: what would become of the posts that are to be moved there, before they are. */
import { useQuery } from '@tanstack/react-query';
import { Check, Timer } from 'lucide-react';
import { useState } from 'react';
import { moves_max, outlooksQuery, type Outlook as Foretold, type WantedMove } from '@/data/foretold';
import { useDebounced } from '@/lib/debounced';
import { foretoldStrings as words } from '@strings/foretold';

const typing_ms = 300;
const shown_max = 4;
const gridLine = 'grid grid-cols-[0.875rem_minmax(0,1fr)] items-start gap-x-1.5';

const Exceptions = ({ of }: { of: Foretold[] }) => {
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <ul className="flex flex-col gap-1">
        {(isWhole ? of : of.slice(0, shown_max)).map(({ move, sentence }) => (
          <li key={move.postId} data-outlook-of={move.postId} className={gridLine}>
            <span />
            <span>
              <span className="font-name">{move.title}</span> <span className="text-secondary">{sentence}</span>
            </span>
          </li>
        ))}
      </ul>
      {!isWhole && of.length > shown_max && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="ml-5 self-start text-accent-text underline-offset-2 hover:underline max-tablet:min-h-11"
        >
          {words.showAll(of.length)}
        </button>
      )}
    </>
  );
};

const Said = ({ all }: { all: Foretold[] }) => {
  const moving = all.filter((each) => each.sentence !== undefined);
  const trouble = moving.filter((each) => !each.isOnTime);
  const [first] = trouble;
  const isGood = trouble.length === 0;
  const Icon = isGood ? Check : Timer;
  const sum =
    all.length === 1 && first
      ? first.sentence
      : isGood
        ? words.allOnTime(moving.length)
        : words.someOnTime(moving.length - trouble.length, moving.length);
  return (
    <>
      {moving.length > 0 && (
        <p className={`${gridLine} ${isGood ? 'text-success-text' : 'text-warning-text'}`}>
          <Icon size={14} strokeWidth={1.75} aria-hidden className="mt-0.5" />
          {sum}
        </p>
      )}
      {all.length > 1 && trouble.length > 0 && <Exceptions of={trouble} />}
      {moving.length < all.length && <p className="ml-5 text-muted">{words.stays(all.length - moving.length)}</p>}
    </>
  );
};

export const Outlook = ({ moves }: { moves: WantedMove[] }) => {
  // A new list with each rendering is the same question: it is asked once the time has come to rest.
  const settled = useDebounced(JSON.stringify(moves), typing_ms);
  const { data, error, isPlaceholderData } = useQuery(outlooksQuery(JSON.parse(settled) as WantedMove[]));
  if (moves.length === 0) return null;
  const isOld = isPlaceholderData || settled !== JSON.stringify(moves);
  return (
    <div className="flex flex-col gap-1 pt-1 text-meta" aria-live="polite" data-outlook={data && !isOld ? 'known' : 'asked'}>
      {(error && !isOld) || moves.length > moves_max ? (
        <p className="text-muted">{words.unknown}</p>
      ) : data && !isOld ? (
        <Said all={data} />
      ) : (
        <p className="late-skeleton text-muted">{words.asking}</p>
      )}
    </div>
  );
};
