/** What this browser keeps of posts that are unfinished: above the list, because it is not at the server yet. */
import { Link } from '@tanstack/react-router';
import { PenLine, Trash2 } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Card } from '@/components/page';
import { Ago } from '@/components/time';
import { toast } from '@/components/toast';
import { discardKept, keptKey, useKeptDrafts, type KeptDraft } from '@/data/kept-drafts';
import { useMay, useMe } from '@/data/people';
import { chosenProjectStore } from '@/data/projects';
import { postsStrings as words } from '@strings/posts';

const shown_max = 3;
const leaving_ms = 400;

/** The drafts that a tab has open just now. */
const useOpenElsewhere = (drafts: KeptDraft[]): ReadonlySet<string> => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (drafts.length === 0 || !('locks' in navigator)) return undefined;
    const look = (): void =>
      void navigator.locks.query().then(({ held = [] }) => setOpen(new Set(held.map((each) => each.name ?? ''))));
    // The composer that this tab has just left may still be giving its place up.
    const timer = setTimeout(look, leaving_ms);
    addEventListener('focus', look);
    return () => {
      clearTimeout(timer);
      removeEventListener('focus', look);
    };
  }, [drafts]);
  return open;
};

const GoOn = ({ of }: { of: KeptDraft }) => {
  const { name, title, goesOn } = of;
  const look = { className: buttonStyle('quiet', 'small'), 'aria-label': words.goOnWith(title || words.untitled) };
  if (goesOn.kind === 'edit')
    return (
      <Link to="/app/posts/$postId/edit" params={{ postId: goesOn.postId }} {...look}>
        {words.goOn}
      </Link>
    );
  return (
    <Link
      to="/app/posts/new"
      search={{ kept: name, ...(goesOn.kind === 'copy' ? { from: goesOn.postId } : {}) }}
      // The composer writes for the project that is chosen.
      onClick={() => chosenProjectStore.set(goesOn.projectId)}
      {...look}
    >
      {words.goOn}
    </Link>
  );
};

const Row = ({ of, isOpen }: { of: KeptDraft; isOpen: boolean }) => {
  const title = of.title || words.untitled;
  return (
    <li
      data-kept={of.name}
      className="flex min-h-(--row) flex-wrap items-center gap-x-3 gap-y-1 border-t border-line-subtle px-3 py-1.5 first:border-t-0"
    >
      <PenLine size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-secondary" />
      <span className="min-w-0 flex-1 basis-40">
        <span className="block truncate font-name">{title}</span>
        <span className="block text-meta text-muted">
          {words.keptKinds[of.goesOn.kind]}
          {isOpen ? ` · ${words.openElsewhere}` : of.keptAt !== undefined && (
            <>
              {' · '}
              <Ago at={of.keptAt} />
            </>
          )}
        </span>
      </span>
      {!isOpen && (
        <span className="flex gap-1.5">
          <GoOn of={of} />
          <Button
            size="small"
            kind="ghost"
            icon={Trash2}
            aria-label={words.discardOf(title)}
            onClick={() => toast(words.discarded(title), { undo: discardKept(of.name) })}
          >
            {words.discard}
          </Button>
        </span>
      )}
    </li>
  );
};

const PlainKeptDrafts = ({ projectId }: { projectId?: string | undefined }) => {
  const me = useMe();
  const mayWrite = useMay('write_posts');
  const all = useKeptDrafts(me?.member.id);
  const [isWhole, setWhole] = useState(false);
  const open = useOpenElsewhere(all);
  const drafts = all.filter(
    ({ goesOn }) => projectId === undefined || goesOn.kind === 'edit' || goesOn.projectId === projectId,
  );
  if (drafts.length === 0 || !mayWrite) return null;
  return (
    <section aria-label={words.keptTitle} className="flex flex-col gap-1.5">
      <h2 className="text-meta text-muted">{words.keptTitle}</h2>
      <Card>
        <ul>
          {drafts.slice(0, isWhole ? undefined : shown_max).map((each) => (
            <Row key={each.name} of={each} isOpen={open.has(keptKey(each.name))} />
          ))}
        </ul>
      </Card>
      {!isWhole && drafts.length > shown_max && (
        <Button size="small" kind="ghost" className="self-start" onClick={() => setWhole(true)}>
          {words.showAllKept(drafts.length)}
        </Button>
      )}
    </section>
  );
};

/** Reads what the browser keeps, which a key that goes along the list below does not change. */
export const KeptDrafts = memo(PlainKeptDrafts);
