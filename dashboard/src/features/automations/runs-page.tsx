import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from '@/components/button';
import { SelectField } from '@/components/field';
import { ListCard, ListRow } from '@/components/list-card';
import { Empty, Loaded } from '@/components/states';
import { Status, wordOf } from '@/components/status';
import { Time } from '@/components/time';
import { useProject, useZoneOf } from '@/data/projects';
import { rulesQuery, type RunState } from '@/data/rules';
import { useListKeys } from '@/lib/list-keys';
import { frameStrings } from '@strings/frame';
import { automationsStrings as words } from '@strings/automations';
import { AutomationsPage } from './automations-page';
import { runsQuery } from './rule-data';

const states: RunState[] = ['queued', 'running', 'waiting_approval', 'succeeded', 'failed', 'blocked', 'cancelled'];

export const RunsPage = () => {
  const navigate = useNavigate();
  const project = useProject();
  const zoneOf = useZoneOf();
  const search = useSearch({ from: '/app/automations/runs' });
  const state = states.find((each) => each === search.state);
  const { data: rules = [] } = useQuery(rulesQuery(project?.id));
  const query = useQuery(runsQuery({ projectId: project?.id, ruleId: search.rule, state }));
  const show = (next: typeof search) =>
    void navigate({ to: '/app/automations/runs', search: (before) => ({ ...before, ...next }), replace: true });
  const { currentId } = useListKeys({
    items: query.data?.items ?? [],
    idOf: (each) => each.id,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen: (run) => void navigate({ to: '/app/automations/runs/$runId', params: { runId: run.id } }),
  });
  const isFiltered = Boolean(search.rule ?? state);
  return (
    <AutomationsPage title={words.runsTitle}>
      <div className="grid grid-cols-2 gap-3 tablet:max-w-lg">
        <SelectField
          label={words.filterRule}
          value={search.rule ?? ''}
          onChange={(event) => show({ rule: event.target.value || undefined })}
        >
          <option value="">{words.anyRule}</option>
          {rules.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={words.filterState}
          value={state ?? ''}
          onChange={(event) => show({ state: event.target.value || undefined })}
        >
          <option value="">{words.anyState}</option>
          {states.map((each) => (
            <option key={each} value={each}>
              {wordOf('run', each)}
            </option>
          ))}
        </SelectField>
      </div>
      <Loaded query={query} what={words.runsList}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              action={
                isFiltered && (
                  <Button onClick={() => void navigate({ to: '/app/automations/runs', search: {} })}>
                    {words.clear}
                  </Button>
                )
              }
            >
              {isFiltered ? words.noRunsMatch : words.noRunsYet}
            </Empty>
          ) : (
            <ListCard label={words.runsList}>
              {items.map((each) => (
                <ListRow key={each.id} data-run={each.state} isCurrent={each.id === currentId}>
                  <span className="min-w-0 flex-1">
                    <Link
                      to="/app/automations/runs/$runId"
                      params={{ runId: each.id }}
                      className="reach block truncate font-name underline-offset-2 hover:underline"
                    >
                      {each.rule_name}
                    </Link>
                    <span className="block text-meta text-muted tablet:hidden">
                      {words.causes[each.cause]} ·{' '}
                      <Time at={each.created_at} zone={zoneOf(each.project_id)} as="smart" />
                    </span>
                    {each.error && <span className="block truncate text-meta text-danger-text">{each.error}</span>}
                  </span>
                  <span className="text-secondary max-tablet:hidden">{words.causes[each.cause]}</span>
                  <Status of="run" state={each.state} />
                  <Time at={each.created_at} zone={zoneOf(each.project_id)} as="smart" className="max-tablet:hidden" />
                </ListRow>
              ))}
            </ListCard>
          )
        }
      </Loaded>
    </AutomationsPage>
  );
};
