/** Posts that somebody makes while the list is read wait above it: nothing jumps under a hand about to click. */
import { useMemo, useState } from 'react';
import type { Post } from '@/data/posts';
import { serverNow } from '@/lib/clock';

/** So much may the browser's idea of the server's time be wrong. */
const margin_ms = 1_000;

/** `list` names what is listed: another one begins anew, with all that it has. */
export const useNewcomers = (posts: Post[], list: string) => {
  const begin = () => ({ list, until: serverNow() + margin_ms });
  const [seen, setSeen] = useState(begin);
  if (seen.list !== list) setSeen(begin());
  const { until } = seen;
  const shown = useMemo(() => {
    const known = posts.filter((each) => Date.parse(each.created_at) <= until);
    return known.length === posts.length ? posts : known;
  }, [posts, until]);
  return { shown, waiting: posts.length - shown.length, show: () => setSeen(begin()) };
};
