/** What somebody else saved of a rule, and what is typed here, in the words of the editor's fields. */
import type { ReactNode } from 'react';
import { ConflictDialog } from '@/components/conflict-dialog';
import { joined } from '@/lib/shared-draft';
import { automationsStrings as words } from '@strings/automations';
import { conflictStrings } from '@strings/conflict';
import { inWords } from './change-words';
import { changesOf } from './rule-changes';
import { requestOf, type RuleDraft } from './rule-draft';

type ConflictProps = {
  base: RuleDraft;
  theirs: RuleDraft;
  mine: RuleDraft;
  by: ReactNode;
  /** Goes on with `next`, which is not saved yet. */
  onTake: (next: RuleDraft, said: string) => void;
  onKeepMine: () => void;
  onClose: () => void;
};

const RuleConflict = ({ base, theirs, mine, by, onTake, onKeepMine, onClose }: ConflictProps) => {
  const [before, after] = [requestOf(theirs), requestOf(mine)];
  const changes = changesOf(before, after).map(inWords);
  const together = joined(base, theirs, mine);
  return (
    <ConflictDialog
      title={words.conflictTitle}
      by={by}
      parts={changes.map((each) => ({ name: each.part, theirs: each.before, mine: each.after }))}
      others={before.campaign_id === after.campaign_id ? [] : [words.campaign]}
      onTakeTheirs={() => onTake(theirs, conflictStrings.tookTheirs)}
      onKeepMine={onKeepMine}
      {...(together ? { onJoin: () => onTake(together, conflictStrings.joined) } : {})}
      onClose={onClose}
    />
  );
};

export default RuleConflict;
