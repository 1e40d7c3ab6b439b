/**
 * Where the focus was, so that it comes back there once a dialog is closed, or as near as there still is something: a
 * row that is gone takes its button with it, and a page without the focus answers none of the browser's own keys.
 */
import { useEffect, useState } from 'react';

type Around = { within: Element; index: number };

export type FocusPlace = {
  element: HTMLElement;
  path: string;
  /** The elements around it, the nearest first, with its index among what can have the focus in there. */
  around: Around[];
  /** Of the dialog that it stood in: where that one was opened. */
  outer: FocusPlace | undefined;
};

const dialogs = '[role="dialog"],[role="alertdialog"]';
const landmarks = `main,aside,nav,header,body,${dialogs}`;
const focusable =
  'a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),summary,[tabindex="0"]';

/** Where the dialogs that are open were opened, the last one last. */
const opened: FocusPlace[] = [];

const isThere = (element: HTMLElement): boolean => element.isConnected && element.closest('[hidden],[inert]') === null;

const partsOf = (within: Element): HTMLElement[] => [...within.querySelectorAll<HTMLElement>(focusable)].filter(isThere);

/** A menu is gone when what it opened is closed: its button stands for it. */
const openerOf = (element: HTMLElement): HTMLElement => {
  const menu = element.closest('[role="menu"]');
  return (menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '')) ?? element;
};

export const placeOf = (focused: Element | null): FocusPlace | undefined => {
  if (!(focused instanceof HTMLElement) || focused === document.body) return undefined;
  const element = openerOf(focused);
  const around: Around[] = [];
  for (let within = element.parentElement; within; within = within.parentElement) {
    around.push({ within, index: partsOf(within).indexOf(element) });
    if (within.matches(landmarks)) break;
  }
  return { element, path: location.pathname, around, outer: element.closest(dialogs) ? opened.at(-1) : undefined };
};

/** The same element; else what has taken its place, or stands before it. On another page: the page itself. */
export const nearestTo = (place: FocusPlace): HTMLElement | undefined => {
  const main = document.getElementById('main') ?? undefined;
  if (place.path !== location.pathname) return main;
  if (isThere(place.element) && !place.element.matches(':disabled')) return place.element;
  for (const { within, index } of place.around) {
    if (!within.isConnected) continue;
    const parts = partsOf(within);
    const found = parts[Math.min(Math.max(index, 0), parts.length - 1)];
    if (found) return found;
  }
  return place.outer ? nearestTo(place.outer) : main;
};

/** For what is drawn while a dialog is open: gives the focus back to where it was before. */
export const useFocusReturn = (onGone?: () => void): ((event: Event) => void) => {
  const [place] = useState(() => placeOf(document.activeElement));
  useEffect(() => {
    if (!place) return undefined;
    opened.push(place);
    return () => void opened.splice(opened.indexOf(place), 1);
  }, [place]);
  return (event) => {
    onGone?.();
    event.preventDefault();
    // Another dialog has followed this one.
    if (document.activeElement?.closest(dialogs)) return;
    if (place) nearestTo(place)?.focus();
  };
};

/** While the frame stands: when what has the focus is taken off the page, the focus goes to what is nearest. */
export const keepFocus = (): (() => void) => {
  let last: FocusPlace | undefined;
  const note = ({ target }: FocusEvent): void => {
    last = target instanceof HTMLElement && !target.closest(`${dialogs},[role="menu"]`) ? placeOf(target) : undefined;
  };
  // A click beside everything takes the focus away on purpose.
  const leave = ({ target }: FocusEvent): void =>
    queueMicrotask(() => {
      if (target instanceof HTMLElement && target === last?.element && target.isConnected && document.hasFocus())
        last = undefined;
    });
  const look = (): void => {
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    const place = last;
    last = undefined;
    nearestTo(place)?.focus({ preventScroll: true });
  };
  const watched = new MutationObserver(look);
  document.addEventListener('focusin', note);
  document.addEventListener('focusout', leave);
  watched.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', note);
    document.removeEventListener('focusout', leave);
    watched.disconnect();
  };
};
