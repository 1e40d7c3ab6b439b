/** What the box around the grid adds to FullCalendar: keys scroll it, and it is shown once it has settled. */
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** If the scrolled content has no focusable element, a day's lane takes the focus, so that the arrow keys scroll. */
export const useFocusableScrollers = (drawn: unknown) => {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const wanted = requestAnimationFrame(() =>
      frame.current?.querySelectorAll<HTMLElement>('div').forEach((each) => {
        const { overflowY } = getComputedStyle(each);
        if (overflowY !== 'auto' && overflowY !== 'scroll') return;
        if (each.querySelector('a[href],button,[tabindex="0"]')) return;
        // The scroller itself is part of a table and must not be focusable; the first day's lane may.
        const lane = each.querySelector<HTMLElement>('[role="cell"] > div');
        if (lane) lane.tabIndex = 0;
      }),
    );
    return () => cancelAnimationFrame(wanted);
  }, [drawn]);
  return frame;
};

const still_frames = 2;
const patience_frames = 40;

/**
 * FullCalendar renders, measures and renders again, which would show as jumping lines. Returns whether it has settled,
 * or a time limit has passed.
 */
export const useIsAtRest = (frame: RefObject<HTMLDivElement | null>) => {
  const [isAtRest, setAtRest] = useState(false);
  useLayoutEffect(() => {
    let [before, still, drawn, next] = ['', 0, 0, 0];
    const look = () => {
      const boxes = [
        ...(frame.current?.querySelectorAll<HTMLElement>('[role="row"],[role="cell"],[data-entry]') ?? []),
      ];
      const now = boxes
        .slice(0, 80)
        .map((each) => each.getBoundingClientRect())
        .map(({ x, y, height }) => `${x} ${y} ${height}`)
        .join();
      still = now === before && boxes.length > 0 ? still + 1 : 0;
      before = now;
      drawn += 1;
      if (still >= still_frames || drawn >= patience_frames) setAtRest(true);
      else next = requestAnimationFrame(look);
    };
    next = requestAnimationFrame(look);
    return () => cancelAnimationFrame(next);
  }, [frame]);
  return isAtRest;
};
