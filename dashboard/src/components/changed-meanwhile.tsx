/** Says in a form that somebody else has saved it, and that what was typed is not gone; shows both on request. */
import { UserPen } from 'lucide-react';
import { Suspense, type ComponentType, type ReactNode } from 'react';
import { Button } from '@/components/button';
import { toast } from '@/components/toast';
import type { SaveOver, SharedForm } from '@/lib/shared-form';
import { conflictStrings as words } from '@strings/conflict';
import type { VersionsProps } from './versions-dialog';

type ChangedMeanwhileProps<Draft> = {
  form: SharedForm<Draft>;
  /** Who changed it last, and when. */
  by: ReactNode;
  /** Shows both versions in the form's own words. */
  versions: ComponentType<VersionsProps<Draft>>;
  onSave: SaveOver<Draft>;
};

export const ChangedMeanwhile = <Draft,>({ form, by, versions: Versions, onSave }: ChangedMeanwhileProps<Draft>) => {
  const { draft, setDraft, base, theirs, isChoosing, setChoosing, take, keepMine } = form;
  if (!theirs) return null;
  return (
    <>
      <div
        role="status"
        className="sticky top-2 z-10 flex flex-wrap items-center gap-3 rounded-card border border-warning-line bg-warning-tint px-4 py-2.5 text-warning-text"
      >
        <UserPen size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
        <p className="min-w-0 flex-1">
          {by} {words.typedStays}
        </p>
        <Button onClick={() => setChoosing(true)}>{words.showBoth}</Button>
      </div>
      {isChoosing && (
        <Suspense>
          <Versions
            base={base.draft}
            theirs={theirs.draft}
            mine={draft}
            by={by}
            onTake={(next, said) => {
              take(next);
              toast(said, { undo: () => setDraft(draft) });
            }}
            onKeepMine={() => keepMine(onSave)}
            onClose={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </>
  );
};
