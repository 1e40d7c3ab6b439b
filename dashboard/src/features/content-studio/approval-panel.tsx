/** The progress of content's approval, and the decisions so far. */
import { useQuery } from '@tanstack/react-query';
import { Check, Circle, Clock } from 'lucide-react';
import { Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { approvalQuery, type Content } from '@/data/content';
import { membersQuery } from '@/data/members';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { studioStrings as words } from '@strings/studio';

export const ApprovalPanel = ({ of }: { of: Content }) => {
  const query = useQuery(approvalQuery(of.id));
  const { data: members = [] } = useQuery(membersQuery);
  return (
    <Section title={words.approval}>
      <Loaded query={query} what={words.approval} rows={2}>
        {(approval) => (
          <div className="flex flex-col gap-3">
            {approval.steps.length === 0 && !of.needs_approval && <p className="text-secondary">{words.noPolicy}</p>}
            {approval.steps.length > 0 && (
              <ol className="flex flex-col gap-1.5" aria-label={words.steps}>
                {approval.steps.map((step, index) => {
                  const isWaiting = approval.waiting_step === index;
                  const Icon = step.is_complete ? Check : isWaiting ? Clock : Circle;
                  const whom = [
                    ...step.approvers.roles.map((role) => frameStrings.role(role)),
                    ...step.approvers.member_ids.map((id) => members.find((each) => each.id === id)?.full_name ?? id),
                  ];
                  return (
                    <li key={index} className="flex items-start gap-2">
                      <Icon size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-secondary" />
                      <span className="min-w-0 flex-1">
                        <span className="font-name">{step.name}</span>
                        <span className="text-muted">
                          {' · '}
                          {step.is_complete ? words.stepDone : isWaiting ? words.stepWaits : words.stepLater}
                        </span>
                        <span className="block text-meta text-muted">
                          {words.needs[step.needs]}
                          {whom.length > 0 && `: ${commonStrings.list(whom)}`}
                        </span>
                      </span>
                    </li>
                  );
                })}
              </ol>
            )}
            {of.state === 'pending_approval' && !approval.may_decide && approval.why_not && (
              <p className="rounded-control bg-sunken px-3 py-2 text-secondary">{approval.why_not}</p>
            )}
            {approval.decisions.length > 0 && (
              <ul className="flex flex-col gap-2" aria-label={words.decisions}>
                {approval.decisions.map((each) => (
                  <li key={each.id} className="text-secondary" data-decision={each.decision}>
                    <span className="font-name text-text">{each.by}</span> {words.decided[each.decision]}{' '}
                    {words.version(each.version)}
                    {each.reason && <span className="block text-text">{each.reason}</span>}
                    <span className="block text-meta text-muted">
                      <Time at={each.created_at} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </Loaded>
    </Section>
  );
};
