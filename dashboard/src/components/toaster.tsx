/** Renders the toasts; loaded with the first one. */
import { Toast as Radix } from 'radix-ui';
import { CircleAlert, X } from 'lucide-react';
import { useRef, type FocusEvent } from 'react';
import { removeToast, toastStore } from '@/components/toast';
import { nearestTo, placeOf, type FocusPlace } from '@/lib/focus-place';
import { useStore } from '@/lib/store';
import { commonStrings as words } from '@strings/common';

const shown_ms = 8000;

/** Who came here with F8 goes back to where they were once a message is gone; the message itself is no place. */
const useWayBack = () => {
  const place = useRef<FocusPlace>(undefined);
  const viewport = useRef<HTMLOListElement>(null);
  return {
    viewport,
    note: ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
      if (!(relatedTarget instanceof Element && currentTarget.contains(relatedTarget)))
        place.current = placeOf(relatedTarget instanceof Element ? relatedTarget : null);
    },
    goBack: () => {
      if (!viewport.current?.contains(document.activeElement)) return;
      const there = place.current ? nearestTo(place.current) : document.getElementById('main');
      there?.focus({ preventScroll: true });
    },
  };
};

const Toaster = () => {
  const shown = useStore(toastStore);
  const { viewport, note, goBack } = useWayBack();
  return (
    <Radix.Provider duration={shown_ms} label={words.notification}>
      {shown.map((each) => (
        <Radix.Root
          key={each.id}
          type={each.isError ? 'foreground' : 'background'}
          duration={each.isError ? Number.POSITIVE_INFINITY : shown_ms}
          onOpenChange={(open) => {
            if (open) return;
            goBack();
            removeToast(each.id);
          }}
          className="arrive flex items-center gap-3 rounded-card border border-line bg-raised py-2 pr-2 pl-3 shadow-menu"
        >
          {each.isError && (
            <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-danger-text" />
          )}
          <Radix.Description className="min-w-0 flex-1">{each.text}</Radix.Description>
          {each.undo && (
            <Radix.Action
              altText={words.undo}
              onClick={each.undo}
              className="inline-flex h-6.5 items-center rounded-control px-2 font-button text-accent-text hover:bg-pressed max-tablet:h-11"
            >
              {words.undo}
            </Radix.Action>
          )}
          {each.action && (
            <Radix.Action
              altText={each.action.label}
              onClick={each.action.run}
              className="inline-flex h-6.5 items-center rounded-control px-2 font-button text-accent-text hover:bg-pressed max-tablet:h-11"
            >
              {each.action.label}
            </Radix.Action>
          )}
          <Radix.Close
            aria-label={words.close}
            className="inline-flex size-6.5 items-center justify-center rounded-control text-muted hover:bg-pressed max-tablet:size-11"
          >
            <X size={14} strokeWidth={1.75} aria-hidden />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        ref={viewport}
        onFocusCapture={note}
        className="fixed right-4 bottom-4 z-60 flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 outline-none max-tablet:bottom-20"
      />
    </Radix.Provider>
  );
};

export default Toaster;
