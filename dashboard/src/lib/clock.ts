/**
 * The server's time. Every answer of the server names its second; from the answers follows an interval that contains
 * the difference of the two clocks, and each answer narrows it.
 */
import { useEffect, useState, useSyncExternalStore } from 'react';

let least = Number.NEGATIVE_INFINITY;
let most = Number.POSITIVE_INFINITY;

/**
 * An answer that names the second `date` was requested at `sentAt` and arrived at `receivedAt` (both in ms of this
 * computer).
 */
export const noteServerDate = (date: string | null, sentAt: number, receivedAt: number): void => {
  const second = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(second)) return;
  const low = second - receivedAt;
  const high = second + 1000 - sentAt;
  if (low > most || high < least) {
    // One of the clocks was changed.
    least = low;
    most = high;
    return;
  }
  least = Math.max(least, low);
  most = Math.min(most, high);
};

/** A moment that the live stream names to the millisecond. */
export const noteServerMoment = (at: number, receivedAt = Date.now()): void => {
  if (at - receivedAt > most || at - receivedAt < least - 2000) {
    least = at - receivedAt;
    most = at - receivedAt + 1000;
  } else {
    least = Math.max(least, at - receivedAt);
  }
};

const distance = (): number => {
  if (!Number.isFinite(least) || !Number.isFinite(most)) return 0;
  // Usually both clocks agree.
  if (least <= 0 && most >= 0) return 0;
  return (least + most) / 2;
};

/** The server's present time, in ms since the epoch. */
export const serverNow = (): number => Date.now() + distance();

/** For tests. */
export const resetClock = (): void => {
  least = Number.NEGATIVE_INFINITY;
  most = Number.POSITIVE_INFINITY;
};

// One timer for all ticking displays, at the server's full seconds.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let current = serverNow();

const arm = (): void => {
  timer = setTimeout(
    () => {
      current = serverNow();
      listeners.forEach((each) => each());
      if (listeners.size > 0) arm();
    },
    1005 - (serverNow() % 1000),
  );
};

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    current = serverNow();
    arm();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
};

/** The server's time, updated each second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => current);

/** The server's time, updated each `period_ms`, for displays that need not tick each second. */
export const useSlowNow = (period_ms: number): number => {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const each = setInterval(() => setNow(serverNow()), period_ms);
    return () => clearInterval(each);
  }, [period_ms]);
  return now;
};
