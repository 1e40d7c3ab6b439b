/** What somebody else saved, and what is typed here, part by part. */
import { useQuery } from '@tanstack/react-query';
import { VersionsDialog, type VersionsProps } from '@/components/versions-dialog';
import { membersQuery } from '@/data/members';
import { differing } from '@/lib/shared-draft';
import { commonStrings } from '@strings/common';
import { conflictStrings } from '@strings/conflict';
import { frameStrings } from '@strings/frame';
import { guardrailsStrings as words } from '@strings/guardrails';
import type { GuardrailsDraft, Step } from './guardrails-draft';

type Names = (memberId: string) => string;

const stepText = (of: Step, nameOf: Names): string =>
  [
    `${of.name}: ${words.needsNames[of.needs]}`,
    ...of.roles.map((each) => frameStrings.role(each)),
    ...of.memberIds.map(nameOf),
    ...(of.byLink ? [words.byLink] : []),
  ].join(' · ');

/** A part as one reads it. */
const textOf = (of: GuardrailsDraft, key: keyof GuardrailsDraft, nameOf: Names): string => {
  switch (key) {
    case 'blackouts':
      return of.blackouts
        .map((each) => [each.firstDay, '–', each.lastDay || each.firstDay, each.reason].join(' ').trim())
        .join('\n');
    case 'steps':
      return of.steps.map((each) => stepText(each, nameOf)).join('\n');
    case 'escalateTo':
      return commonStrings.list(of.escalateTo.map((each) => frameStrings.role(each)));
    case 'needsApproval':
    case 'bindsPeople':
    case 'authorIsEnough':
      return of[key] ? words.yes : words.no;
    default:
      return of[key];
  }
};

const GuardrailsConflict = (of: VersionsProps<GuardrailsDraft>) => {
  const { data: members = [] } = useQuery(membersQuery);
  const nameOf: Names = (id) => members.find((each) => each.id === id)?.full_name ?? id;
  const [ours, others] = [differing(of.base, of.mine), differing(of.base, of.theirs)];
  const whose = (key: keyof GuardrailsDraft): string =>
    !ours.includes(key)
      ? conflictStrings.changedBy.theirs
      : !others.includes(key)
        ? conflictStrings.changedBy.mine
        : conflictStrings.changedBy.both;
  return (
    <VersionsDialog
      of={of}
      title={words.conflictTitle}
      parts={differing(of.theirs, of.mine).map((key) => ({
        name: `${words.parts[key]} · ${whose(key)}`,
        theirs: textOf(of.theirs, key, nameOf),
        mine: textOf(of.mine, key, nameOf),
      }))}
    />
  );
};

export default GuardrailsConflict;
