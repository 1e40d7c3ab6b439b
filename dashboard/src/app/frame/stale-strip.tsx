import { useZone } from '@/data/projects';
import { liveStore } from '@/lib/live';
import { useStore } from '@/lib/store';
import { clockOf, zoneName } from '@/lib/time/format';
import { frameStrings as words } from '@strings/frame';

/** Shown above the content while the server cannot be reached. */
export const StaleStrip = () => {
  const live = useStore(liveStore);
  const zone = useZone();
  if (live.kind !== 'lost') return null;
  return (
    <p
      role="status"
      className="z-30 border-b border-warning-line bg-warning-tint px-5 py-0.5 text-meta text-warning-text max-tablet:px-4"
    >
      {words.shownAsOf(`${clockOf(live.since, zone, true)} ${zoneName(live.since, zone)}`)}
    </p>
  );
};
