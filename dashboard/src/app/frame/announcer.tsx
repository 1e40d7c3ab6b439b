/**
 * The polite live region: announces new tasks for a person, at most every five seconds. Other events are not read out.
 */
import { useEffect, useRef, useState } from 'react';
import { contentTitle } from '@/data/content';
import { useNeedsYou, type NeedsYou } from '@/data/needs-you';
import { titleOf } from '@/data/posts';
import { frameStrings as words } from '@strings/frame';
import { needsYouStrings } from '@strings/needs-you';

const pause_ms = 5_000;

const nameOf = (of: NeedsYou): string => {
  if (of.kind === 'channel') return of.channel.name;
  if (of.kind === 'approval') return contentTitle(of.content);
  if (of.kind === 'confirmation') return needsYouStrings.toConfirm(of.count);
  return titleOf({ title: of.delivery.post_title });
};

export const Announcer = () => {
  const { items, isPending } = useNeedsYou();
  const known = useRef<Set<string>>(undefined);
  const saidAt = useRef(0);
  const [text, setText] = useState('');
  useEffect(() => {
    if (isPending) return undefined;
    const ids = new Set(items.map((each) => each.id));
    const fresh = known.current ? items.filter((each) => !known.current?.has(each.id)) : [];
    const first = fresh[0];
    if (!first) {
      known.current = ids;
      return undefined;
    }
    const timer = setTimeout(
      () => {
        known.current = ids;
        saidAt.current = Date.now();
        setText(words.nowWaits(nameOf(first), fresh.length - 1));
      },
      Math.max(0, saidAt.current + pause_ms - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [items, isPending]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
};
