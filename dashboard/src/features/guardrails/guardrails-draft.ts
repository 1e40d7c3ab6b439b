/** Guardrails and approval steps in the form's shape, and in the API's. */
import { queryOptions } from '@tanstack/react-query';
import { queryKeys } from '@/data/keys';
import type { Role } from '@/data/people';
import { api, type Schemas } from '@/lib/api/client';
import { ifMatch, versionedOf, type Versioned } from '@/lib/api/versioned';
import { guardrailsStrings as words } from '@strings/guardrails';

export type Guardrails = Schemas['settings'];

/** With the version that a save must name. */
export const readGuardrails = (projectId: string, signal?: AbortSignal): Promise<Versioned<Guardrails>> =>
  versionedOf(
    api.GET('/projects/{id}/guardrails', { params: { path: { id: projectId } }, signal, cache: 'no-store' }),
  );

export const guardrailsQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...queryKeys.guardrails, projectId],
    queryFn: ({ signal }) => readGuardrails(projectId, signal),
  });

/** 412 where somebody changed them since `etag`. */
export const putGuardrails = (
  projectId: string,
  etag: string,
  body: Schemas['put_guardrails_request'],
): Promise<Versioned<Guardrails>> =>
  versionedOf(
    api.PUT('/projects/{id}/guardrails', { params: { path: { id: projectId }, header: ifMatch(etag) }, body }),
  );

export type Step = {
  name: string;
  needs: 'one_of' | 'all_of';
  roles: Role[];
  memberIds: string[];
  byLink: boolean;
};

export type GuardrailsDraft = {
  perProject: string;
  perChannel: string;
  perCampaign: string;
  quietFrom: string;
  quietTo: string;
  blackouts: { firstDay: string; lastDay: string; reason: string }[];
  duplicateDays: string;
  duplicatePercent: string;
  phrases: string;
  needsApproval: boolean;
  bindsPeople: boolean;
  steps: Step[];
  authorIsEnough: boolean;
  remindAfter: string;
  escalateAfter: string;
  escalateTo: Role[];
};

const textOf = (n: number | null): string => (n === null ? '' : String(n));
const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minuteOf = (clock: string): number | undefined => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(clock) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
};
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Math.trunc(Number(text)) || 0);

export const draftOf = ({ guardrails: g, approval: a }: Guardrails): GuardrailsDraft => ({
  perProject: textOf(g.most_posts_a_day),
  perChannel: textOf(g.most_channel_posts_a_day),
  perCampaign: textOf(g.most_campaign_posts_a_day),
  quietFrom: g.quiet_hours ? clockOf(g.quiet_hours.from_minute) : '',
  quietTo: g.quiet_hours ? clockOf(g.quiet_hours.to_minute) : '',
  blackouts: g.blackouts.map((each) => ({
    firstDay: each.first_day,
    lastDay: each.last_day,
    reason: each.reason,
  })),
  duplicateDays: textOf(g.duplicate_topic_days),
  duplicatePercent: String(g.duplicate_percent),
  phrases: g.forbidden_phrases.join('\n'),
  needsApproval: g.needs_approval,
  bindsPeople: g.binds_people,
  steps: a.steps.map((each) => ({
    name: each.name,
    needs: each.needs,
    roles: each.approvers.roles,
    memberIds: each.approvers.member_ids,
    byLink: each.approvers.by_link,
  })),
  authorIsEnough: a.author_is_enough,
  remindAfter: textOf(a.remind_after_hours),
  escalateAfter: textOf(a.escalate_after_hours),
  escalateTo: a.escalate_to.roles,
});

export const requestOf = (of: GuardrailsDraft) => {
  const [from, to] = [minuteOf(of.quietFrom), minuteOf(of.quietTo)];
  return {
    guardrails: {
      most_posts_a_day: numberOf(of.perProject),
      most_channel_posts_a_day: numberOf(of.perChannel),
      most_campaign_posts_a_day: numberOf(of.perCampaign),
      quiet_hours: from !== undefined && to !== undefined ? { from_minute: from, to_minute: to } : null,
      blackouts: of.blackouts.map((each) => ({
        first_day: each.firstDay,
        last_day: each.lastDay || each.firstDay,
        reason: each.reason,
      })),
      duplicate_topic_days: numberOf(of.duplicateDays),
      duplicate_percent: numberOf(of.duplicatePercent),
      forbidden_phrases: of.phrases
        .split('\n')
        .map((each) => each.trim())
        .filter(Boolean),
      needs_approval: of.needsApproval,
      binds_people: of.bindsPeople,
    },
    approval: {
      steps: of.steps.map((each) => ({
        name: each.name.trim(),
        needs: each.needs,
        approvers: { roles: each.roles, member_ids: each.memberIds, by_link: each.byLink },
      })),
      author_is_enough: of.authorIsEnough,
      remind_after_hours: numberOf(of.remindAfter),
      escalate_after_hours: numberOf(of.escalateAfter),
      escalate_to: { roles: of.escalateTo },
    },
  };
};

export const newStep = (index: number): Step => ({
  name: words.stepNames[index] ?? '',
  needs: 'one_of',
  roles: index === 0 ? ['owner', 'admin', 'team_leader'] : [],
  memberIds: [],
  byLink: index > 0,
});
