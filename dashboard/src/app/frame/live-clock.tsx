/** The project's clock is the live indicator: it ticks while the page is true, and stands still when it is not. */
import { LoaderCircle } from 'lucide-react';
import { Tooltip } from '@/components/tooltip';
import { useZone } from '@/data/projects';
import { useNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { liveStore } from '@/lib/live';
import { useStore } from '@/lib/store';
import { clockOf, offsetText, ownZone, partsIn, zoneName } from '@/lib/time/format';
import { frameStrings as words } from '@strings/frame';

export const LiveClock = () => {
  const live = useStore(liveStore);
  const ticking = useNow();
  const zone = useZone();
  const at = live.kind === 'lost' ? live.since : ticking;
  const clock = clockOf(at, zone, true);
  const state = {
    connecting: words.connecting,
    live: words.live,
    catching_up: '',
    polling: live.kind === 'polling' ? words.polling(live.everyS) : '',
    lost: words.notConnected,
  }[live.kind];
  const own = ownZone();
  return (
    <Tooltip
      text={
        <span className="flex flex-col tabular">
          <span>
            {state} · {zone}, {offsetText(at, zone)}
          </span>
          {own !== zone && <span className="text-muted">{words.yourTime(clockOf(at, own, true))}</span>}
        </span>
      }
    >
      <span
        tabIndex={0}
        role="timer"
        aria-live="off"
        aria-label={`${state}, ${clock} ${zoneName(at, zone)}`}
        data-live={live.kind}
        className="flex items-center gap-2 rounded-control px-1 whitespace-nowrap text-secondary tabular"
      >
        {live.kind === 'connecting' || live.kind === 'catching_up' ? (
          <LoaderCircle size={12} aria-hidden className="turning late-appear text-info-text" />
        ) : (
          <span
            aria-hidden
            className={cn(
              'size-2.5 rounded-full border-2',
              live.kind === 'live' && 'border-success-tint bg-success',
              live.kind === 'polling' && 'border-success bg-surface',
              live.kind === 'lost' && 'border-warning bg-surface',
            )}
          />
        )}
        {live.kind === 'lost' ? (
          <span className="text-warning-text">
            {words.asOf(clock)} <AgainIn at={live.againAt} now={ticking} />
          </span>
        ) : (
          <span>
            <span className="max-desk:hidden">{partsIn(at, zone).weekday} </span>
            {clock} <span className="text-muted max-tablet:hidden">{zoneName(at, zone)}</span>
          </span>
        )}
      </span>
    </Tooltip>
  );
};

const AgainIn = ({ at, now }: { at: number; now: number }) => {
  const s = Math.max(0, Math.ceil((at - now) / 1000));
  return s > 0 ? <span className="text-muted max-tablet:hidden">· {words.againIn(s)}</span> : null;
};
