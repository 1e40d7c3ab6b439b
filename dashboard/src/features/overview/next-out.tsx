/** The hero: the next post, and its time. */
import { Link } from '@tanstack/react-router';
import { Time } from '@/components/time';
import type { SimulatedDelivery } from '@/data/simulation';
import { useNow } from '@/lib/clock';
import { distanceOf } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { overviewStrings as words } from '@strings/overview';

/** The next post, on all channels on which it starts at that time. */
const nextOf = (coming: SimulatedDelivery[], now: number) => {
  const going = coming
    .filter((each) => each.fate === 'goes_out' && each.starts_at !== null && Date.parse(each.starts_at) > now - 1000)
    .sort((a, b) => Date.parse(a.starts_at ?? '') - Date.parse(b.starts_at ?? ''));
  const first = going[0];
  if (!first?.starts_at) return undefined;
  const names = going
    .filter((each) => each.post_id === first.post_id && each.starts_at === first.starts_at)
    .map((each) => each.channel_name);
  return { postId: first.post_id, title: first.title, at: first.starts_at, channels: commonStrings.list(names) };
};

/** "in 1 min 48 s"; "now" from its time on, until the server reports the outcome. */
const Until = ({ at }: { at: number }) => {
  const now = useNow();
  return <span aria-hidden>{distanceOf(Math.max(at, now), now)}</span>;
};

export const NextOut = ({ coming, now }: { coming: SimulatedDelivery[]; now: number }) => {
  const next = nextOf(coming, now);
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
      <div>
        <p className="text-meta text-muted">{words.nextOut}</p>
        <p className="text-hero font-heading tabular">{next ? <Until at={Date.parse(next.at)} /> : words.nothingNext}</p>
      </div>
      {next && (
        <div className="pb-0.5">
          <p>
            <Link to="/app/posts/$postId" params={{ postId: next.postId }} className="font-name hover:underline reach">
              {next.title}
            </Link>{' '}
            <span className="text-secondary">
              {words.at} <Time at={next.at} as="smart" />
            </span>
          </p>
          <p className="text-secondary">{next.channels}</p>
        </div>
      )}
    </div>
  );
};
