/** What somebody else saved of a rule, and what is typed here, in the words of the editor's fields. */
import { VersionsDialog, type VersionsProps } from '@/components/versions-dialog';
import { automationsStrings as words } from '@strings/automations';
import { inWords } from './change-words';
import { changesOf } from './rule-changes';
import { requestOf, type RuleDraft } from './rule-draft';

const RuleConflict = (of: VersionsProps<RuleDraft>) => {
  const [before, after] = [requestOf(of.theirs), requestOf(of.mine)];
  const changes = changesOf(before, after).map(inWords);
  return (
    <VersionsDialog
      of={of}
      title={words.conflictTitle}
      parts={changes.map((each) => ({ name: each.part, theirs: each.before, mine: each.after }))}
      others={before.campaign_id === after.campaign_id ? [] : [words.campaign]}
    />
  );
};

export default RuleConflict;
