import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import type { Rule, RunState } from '@/data/rules';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { saveOver } from '@/lib/api/versioned';
import { differing, type Basis } from '@/lib/shared-draft';
import { automationsStrings as words } from '@strings/automations';
import { draftOf, isWhole, requestOf, type RuleDraft } from './rule-draft';

const at = (id: string) => ({ params: { path: { id } } });

/** The next ten runs of the schedule in the form. */
export const momentsQuery = (projectId: string, trigger: Schemas['rule_trigger_input']) =>
  queryOptions({
    queryKey: [...queryKeys.rules, 'moments', projectId, JSON.stringify(trigger)],
    queryFn: ({ signal }) =>
      dataOf(api.POST('/automation/rules/preview', { body: { project_id: projectId, trigger }, signal })),
    placeholderData: keepPreviousData,
    enabled: isWhole(trigger),
    retry: false,
  });

type RunFilter = { projectId?: string; ruleId?: string; state?: RunState; limit?: number };

export const runsQuery = ({ projectId, ruleId, state, limit = 100 }: RunFilter) =>
  queryOptions({
    queryKey: [...queryKeys.runs, 'list', projectId ?? 'all', ruleId ?? 'all', state ?? 'all', limit],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/automation/runs', {
          params: { query: { limit, project_id: projectId, rule_id: ruleId, status: state } },
          signal,
        }),
      ),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.runs, id],
    queryFn: ({ signal }) => dataOf(api.GET('/automation/runs/{id}', { ...at(id), signal })),
  });

export const stepsQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.runs, id, 'events'],
    queryFn: ({ signal }) => dataOf(api.GET('/automation/runs/{id}/events', { ...at(id), signal })),
  });

/** The rule's versions, newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.rules, id, 'versions'],
    queryFn: async ({ signal }) =>
      (await dataOf(api.GET('/automation/rules/{id}/versions', { ...at(id), signal }))).items,
  });

export const useRuleCommands = () => {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [queryKeys.rules, queryKeys.runs, queryKeys.calendar].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  const save = useMutation({
    mutationFn: async ({
      draft,
      before,
      projectId,
      enable,
    }: {
      draft: RuleDraft;
      /** The rule, and its version that the form goes by. */
      before?: { id: string; over: Basis<RuleDraft> };
      projectId: string;
      enable: boolean;
    }) => {
      const body = requestOf(draft);
      if (!before) {
        const made = { ...body, project_id: projectId, is_enabled: enable };
        return sendOnce('rule', made, (header) =>
          dataOf(api.POST('/automation/rules', { body: made, params: { header } })),
        );
      }
      const changed = await saveOver(
        before.over.etag,
        (version) =>
          dataOf(api.PATCH('/automation/rules/{id}', { ...at(before.id), body: { ...body, version: Number(version) } })),
        async () => {
          const now = await dataOf(api.GET('/automation/rules/{id}', at(before.id)));
          const isTheSame = differing(draftOf(now), before.over.draft).length === 0;
          return { of: now, etag: String(now.version), isTheSame };
        },
      );
      return enable && !changed.is_enabled ? dataOf(api.POST('/automation/rules/{id}/enable', at(before.id))) : changed;
    },
    onSuccess: (_, { enable }) => toast(enable ? words.savedOn : words.saved),
    onSettled,
  });
  const turn = useMutation({
    mutationFn: ({ rule, isOn }: { rule: Rule; isOn: boolean }) =>
      isOn
        ? dataOf(api.POST('/automation/rules/{id}/enable', at(rule.id)))
        : dataOf(api.POST('/automation/rules/{id}/disable', at(rule.id))),
    onSuccess: (_, { rule, isOn }) => toast(isOn ? words.turnedOn(rule.name) : words.turnedOff(rule.name)),
    onError: toastError,
    onSettled,
  });
  const runNow = useMutation({
    mutationFn: (rule: Rule) =>
      sendOnce('run', rule.id, (header) =>
        dataOf(api.POST('/automation/rules/{id}/run-now', { params: { path: { id: rule.id }, header } })),
      ),
    onSuccess: () => toast(words.runStarted),
    onError: toastError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (rule: Rule) => {
      await dataOf(api.DELETE('/automation/rules/{id}', at(rule.id)));
    },
    onSuccess: (_, rule) => toast(words.removed(rule.name)),
    onError: toastError,
    onSettled,
  });
  const cancelRun = useMutation({
    mutationFn: (id: string) => dataOf(api.POST('/automation/runs/{id}/cancel', at(id))),
    onSuccess: () => toast(words.cancelled),
    onError: toastError,
    onSettled,
  });
  const retryRun = useMutation({
    mutationFn: (id: string) => dataOf(api.POST('/automation/runs/{id}/retry', at(id))),
    onSuccess: () => toast(words.retried),
    onError: toastError,
    onSettled,
  });
  return { save, turn, runNow, remove, cancelRun, retryRun };
};
