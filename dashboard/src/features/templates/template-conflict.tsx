/** What somebody else saved of a template, and what is typed here. */
import type { ReactNode } from 'react';
import { ConflictDialog } from '@/components/conflict-dialog';
import { differing, joined } from '@/lib/shared-draft';
import { conflictStrings } from '@strings/conflict';
import { platformNames } from '@strings/platforms';
import { templatesStrings as words } from '@strings/templates';
import type { TemplateDraft } from './template-draft';

const names: Record<keyof TemplateDraft, string> = {
  name: words.name,
  title: words.titleField,
  text: words.text,
  prompt: words.prompt,
  variables: words.variablesTitle,
  variants: words.variants,
};

const textOf = (of: TemplateDraft, key: keyof TemplateDraft): string => {
  switch (key) {
    case 'variables':
      return of.variables.map((each) => `${each.name}: ${each.value}`).join('\n');
    case 'variants':
      return of.variants.map((each) => `${platformNames[each.platform]}: ${each.text}`).join('\n');
    default:
      return of[key];
  }
};

type ConflictProps = {
  base: TemplateDraft;
  theirs: TemplateDraft;
  mine: TemplateDraft;
  by: ReactNode;
  /** Goes on with `next`, which is not saved yet. */
  onTake: (next: TemplateDraft, said: string) => void;
  onKeepMine: () => void;
  onClose: () => void;
};

const TemplateConflict = ({ base, theirs, mine, by, onTake, onKeepMine, onClose }: ConflictProps) => {
  const together = joined(base, theirs, mine);
  return (
    <ConflictDialog
      title={words.conflictTitle}
      by={by}
      parts={differing(theirs, mine).map((key) => ({
        name: names[key],
        theirs: textOf(theirs, key),
        mine: textOf(mine, key),
      }))}
      onTakeTheirs={() => onTake(theirs, conflictStrings.tookTheirs)}
      onKeepMine={onKeepMine}
      {...(together ? { onJoin: () => onTake(together, conflictStrings.joined) } : {})}
      onClose={onClose}
    />
  );
};

export default TemplateConflict;
