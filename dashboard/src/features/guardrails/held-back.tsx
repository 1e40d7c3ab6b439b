/** What each guardrail of the project held back in the last week, with its outcome. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { heldBackQuery, type HeldBack as Held } from '@/data/guardrails';
import { guardrailsStrings as words } from '@strings/guardrails';

const days = 7;
type Item = Held['items'][number];
const ends = ['held', 'moved', 'asked', 'overridden'] as const;

const Counts = ({ of }: { of: Held }) => (
  <ul className="flex flex-wrap gap-2">
    {of.counts.map((each) => (
      <li
        key={each.guardrail}
        data-held-by={each.guardrail}
        className="flex flex-col rounded-card border border-line bg-surface px-3 py-2"
      >
        <span className="font-name">{words.names[each.guardrail]}</span>
        <span className="text-meta text-secondary tabular">
          {ends
            .filter((end) => each[end] > 0)
            .map((end) => `${each[end].toLocaleString('en')} ${words.ends[end]}`)
            .join(' · ')}
        </span>
      </li>
    ))}
  </ul>
);

const Name = ({ of }: { of: Item }) => {
  const style = 'font-name break-words hover:underline reach';
  if (of.post_id)
    return (
      <Link to="/app/posts/$postId" params={{ postId: of.post_id }} className={style}>
        {of.title}
      </Link>
    );
  if (of.content_id)
    return (
      <Link to="/app/content-studio/$contentId" params={{ contentId: of.content_id }} className={style}>
        {of.title}
      </Link>
    );
  return <span className="font-name break-words">{of.title}</span>;
};

const Row = ({ of, zone }: { of: Item; zone: string }) => (
  <li className="flex flex-col gap-0.5 border-t border-line py-2 first:border-t-0">
    <div className="flex flex-wrap items-baseline gap-x-2">
      <Name of={of} />
      <span className="text-meta text-secondary">
        {words.ends[of.ended]}
        {of.rule_name
          ? ` · ${words.byRule(of.rule_name)}`
          : of.member_name
            ? ` · ${words.byMember(of.member_name)}`
            : ''}
      </span>
      <span className="ml-auto text-meta text-muted">
        <Time at={of.at} zone={zone} />
      </span>
    </div>
    <p className="text-secondary">{of.sentence}</p>
    <p className="text-meta text-muted">
      {words.wantedFor} <Time at={of.wanted_at} zone={zone} />
      {of.ended === 'moved' && of.moved_to && (
        <>
          {' · '}
          {words.goesOut} <Time at={of.moved_to} zone={zone} />
        </>
      )}
    </p>
    {of.reason && <p className="text-meta text-secondary">{words.reasonIs(of.reason)}</p>}
  </li>
);

export const HeldBack = ({ projectId, zone }: { projectId: string; zone: string }) => {
  const query = useQuery(heldBackQuery(projectId, days));
  return (
    <Section title={words.heldBack}>
      <Loaded query={query} what={words.heldBackWhat} rows={3}>
        {(held) =>
          held.counts.length === 0 ? (
            <p className="text-secondary">{words.nothingHeld}</p>
          ) : (
            <div className="flex max-w-3xl flex-col gap-3" data-held-back>
              <p className="text-meta text-muted">{words.heldBackText}</p>
              <Counts of={held} />
              <ul className="flex flex-col">
                {held.items.map((each) => (
                  <Row key={each.id} of={each} zone={zone} />
                ))}
              </ul>
              {held.is_more && <p className="text-meta text-muted">{words.moreHeld}</p>}
            </div>
          )
        }
      </Loaded>
    </Section>
  );
};
