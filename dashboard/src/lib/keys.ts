/**
 * Keyboard shortcuts of the frame and of the open page. A key is "c", "g o", "shift+x", "mod+k", "[". Single keys do
 * nothing inside fields and dialogs, and a person can switch them off.
 */
import { useEffect, useRef } from 'react';
import { makeKeptStore, makeStore } from '@/lib/store';

export type KeyBinding = {
  key: string;
  /** Its description in the list of keys; none: not listed. */
  label?: string;
  /** Its section in the list. */
  group?: string;
  run: (event: KeyboardEvent) => void;
  /** Also active while a field has the focus. */
  inFields?: boolean;
};

type Layer = { current: KeyBinding[] };

export const singleKeysStore = makeKeptStore<'on' | 'off'>('pulse-keys', 'on');
export const boundKeysStore = makeStore<KeyBinding[]>([]);

const layers: Layer[] = [];
const sequence_ms = 1200;
let begun: { key: string; at: number } | undefined;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type));

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]') !== null;

const nameOfKey = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? 'shift+' : '';
  return `${mod}${shift}${key}`;
};

const find = (name: string): KeyBinding | undefined => {
  for (const layer of [...layers].reverse()) {
    const found = layer.current.find((each) => each.key === name);
    if (found) return found;
  }
  return undefined;
};

export const handleKey = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const name = nameOfKey(event);
  const isPlain = !name.startsWith('mod+');
  const fielded = isField(event.target);
  const sequence = begun && Date.now() - begun.at < sequence_ms ? `${begun.key} ${name}` : undefined;
  begun = undefined;
  const found = (sequence && find(sequence)) || find(name);
  if (found) {
    if ((fielded || inDialog(event.target)) && isPlain && !found.inFields) return;
    if (isPlain && name.length === 1 && singleKeysStore.get() === 'off' && !found.inFields) return;
    event.preventDefault();
    found.run(event);
    return;
  }
  const begins = layers.some((layer) => layer.current.some((each) => each.key.startsWith(`${name} `)));
  if (begins && !fielded && !inDialog(event.target) && isPlain) begun = { key: name, at: Date.now() };
};

const publish = (): void => boundKeysStore.set(layers.flatMap((layer) => layer.current.filter((each) => each.label)));

/** Binds keys while the component is mounted; the latest binding wins. */
export const useKeys = (bindings: KeyBinding[], enabled = true): void => {
  const layer = useRef<KeyBinding[]>(bindings);
  useEffect(() => {
    layer.current = bindings;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    layers.push(layer);
    publish();
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      publish();
    };
  }, [enabled]);
};

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** "⌘K", "Ctrl K", "G then O". */
export const keyText = (key: string): string =>
  key
    .split(' ')
    .map((part) =>
      part
        .replace('mod+', isMac() ? '⌘' : 'Ctrl ')
        .replace('shift+', isMac() ? '⇧' : 'Shift ')
        .replace(/^([a-z])$/, (letter) => letter.toUpperCase())
        .replace(/([ ⌘⇧])([a-z])$/, (_, before: string, letter: string) => before + letter.toUpperCase()),
    )
    .join(' ');
