/** A rule's versions, newest first: who changed what, and when. The version of a run is marked. */
import { useQuery } from '@tanstack/react-query';
import { Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { membersQuery } from '@/data/members';
import { cn } from '@/lib/cn';
import { automationsStrings as words } from '@strings/automations';
import { inWords } from './change-words';
import { changesOf, type RuleChange, type RuleVersion } from './rule-changes';
import { versionsQuery } from './rule-data';

const Change = ({ of }: { of: RuleChange }) => (
  <li className="flex flex-wrap gap-x-2 text-meta">
    <span className="text-muted">{of.part}</span>
    {of.before && <del className="break-words text-danger-text">{of.before}</del>}
    {of.after && <ins className="break-words text-success-text no-underline">{of.after}</ins>}
  </li>
);

const Row = ({ of, before, by, isRuns }: { of: RuleVersion; before?: RuleVersion; by: string; isRuns: boolean }) => {
  const changes = before ? changesOf(before, of) : [];
  return (
    <li
      data-version={of.version}
      className={cn(
        'flex flex-col gap-1 border-t border-line-subtle px-3 py-2 first:border-t-0',
        isRuns && 'bg-accent-tint',
      )}
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-name">{words.version(of.version)}</span>
        {isRuns && <span className="text-meta text-accent-text">{words.versionOfRun}</span>}
        <span className="text-meta text-secondary">{by}</span>
        <span className="ml-auto text-meta text-muted">
          <Time at={of.changed_at} />
        </span>
      </p>
      {before && changes.length > 0 ? (
        <ul className="flex flex-col gap-0.5">
          {changes.map((each) => (
            <Change key={each.part} of={inWords(each)} />
          ))}
        </ul>
      ) : (
        <p className="text-meta text-muted">{before ? words.versionSame : words.versionFirst}</p>
      )}
    </li>
  );
};

export const RuleVersions = ({ ruleId, usedVersion }: { ruleId: string; usedVersion?: number }) => {
  const query = useQuery(versionsQuery(ruleId));
  const { data: members = [] } = useQuery(membersQuery);
  return (
    <Section title={words.versionsTitle}>
      <Loaded query={query} what={words.versionsTitle} rows={2}>
        {(items) => (
          <ol className="rounded-card border border-line bg-surface" data-versions>
            {items.map((each, index) => (
              <Row
                key={each.version}
                of={each}
                before={items[index + 1]}
                by={members.find((one) => one.id === each.changed_by)?.full_name ?? ''}
                isRuns={each.version === usedVersion}
              />
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  );
};
