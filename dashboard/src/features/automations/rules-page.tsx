import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { MayNot } from '@/components/may-not';
import { Card } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Switch } from '@/components/switch';
import { Countdown, Time } from '@/components/time';
import { campaignsQuery, type Campaign } from '@/data/campaigns';
import { useMay, useMe } from '@/data/people';
import { useProject, useZoneOf } from '@/data/projects';
import { rulesQuery, type Rule } from '@/data/rules';
import { cn } from '@/lib/cn';
import { useListKeys } from '@/lib/list-keys';
import { frameStrings } from '@strings/frame';
import { automationsStrings as words } from '@strings/automations';
import { AutomationsPage } from './automations-page';
import { useRuleCommands } from './rule-data';
import { readyRules, triggerText } from './rule-draft';

const Ready = () => (
  <div className="grid gap-3 tablet:grid-cols-3">
    {(Object.keys(readyRules) as (keyof typeof readyRules)[]).map((each) => (
      <Link
        key={each}
        to="/app/automations/new"
        search={{ start: each }}
        className="flex flex-col gap-1 rounded-card border border-line bg-surface px-4 py-3 hover:bg-hover"
      >
        <span className="font-name">{words.ready[each].name}</span>
        <span className="text-secondary">{words.ready[each].text}</span>
      </Link>
    ))}
  </div>
);

const Trouble = ({ of, campaign }: { of: Rule; campaign?: Campaign }) => {
  const told = [
    of.failures > 0 ? words.failures(of.failures) : undefined,
    of.feed_problem ?? undefined,
    of.is_enabled && campaign && campaign.state !== 'active' ? words.campaignRests : undefined,
  ].filter((each): each is string => Boolean(each));
  if (told.length === 0) return null;
  return (
    <span className="flex items-center gap-1.5 text-meta text-warning-text">
      <TriangleAlert size={13} strokeWidth={1.75} aria-hidden className="shrink-0" />
      {told.join(' · ')}
    </span>
  );
};

const Row = ({
  of,
  campaign,
  zone,
  isCurrent,
  mayManage,
  onTurn,
}: {
  of: Rule;
  campaign?: Campaign;
  zone: string;
  isCurrent: boolean;
  mayManage: boolean;
  onTurn: (isOn: boolean) => void;
}) => (
  <li
    data-rule={of.name}
    aria-current={isCurrent || undefined}
    className={cn(
      'flex min-h-13 items-center gap-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0',
      isCurrent && 'bg-accent-tint',
    )}
  >
    <span className="min-w-0 flex-1">
      <Link
        to="/app/automations/$ruleId"
        params={{ ruleId: of.id }}
        className="reach block truncate font-name underline-offset-2 hover:underline"
      >
        {of.name}
      </Link>
      <span className="block truncate text-meta text-muted">
        {triggerText(of.trigger)}
        {campaign && ` · ${campaign.name}`}
      </span>
      {of.is_enabled && of.next_run_at && of.trigger.kind !== 'feed' && (
        <Time at={of.next_run_at} zone={zone} className="text-meta text-secondary tablet:hidden" />
      )}
      <Trouble of={of} campaign={campaign} />
    </span>
    <span className="flex flex-col items-end text-right max-tablet:hidden">
      {!of.is_enabled ? (
        <span className="text-muted">{words.off}</span>
      ) : of.next_run_at && of.trigger.kind !== 'feed' ? (
        <>
          <Time at={of.next_run_at} zone={zone} />
          <Countdown to={of.next_run_at} className="text-meta text-muted" />
        </>
      ) : (
        <span className="text-secondary">{words.waits}</span>
      )}
    </span>
    <Switch label={words.isOn(of.name)} isOn={of.is_enabled} disabled={!mayManage} onChange={onTurn} />
  </li>
);

export const RulesPage = () => {
  const navigate = useNavigate();
  const me = useMe();
  const project = useProject();
  const zoneOf = useZoneOf();
  const mayManage = useMay('manage_rules');
  const query = useQuery(rulesQuery(project?.id));
  const { data: campaigns = [] } = useQuery(campaignsQuery(project?.id));
  const { turn } = useRuleCommands();
  const group = frameStrings.keysPage;
  const { currentId } = useListKeys({
    items: query.data ?? [],
    idOf: (each) => each.id,
    labels: { ...words.keys, group },
    onOpen: (rule) => void navigate({ to: '/app/automations/$ruleId', params: { ruleId: rule.id } }),
    more: (current) =>
      mayManage
        ? [
            {
              key: 'x',
              label: words.keys.toggle,
              group,
              run: () => current && turn.mutate({ rule: current, isOn: !current.is_enabled }),
            },
          ]
        : [],
  });
  return (
    <AutomationsPage title={words.title}>
      {me && !mayManage && <MayNot>{words.mayNot}</MayNot>}
      <Loaded query={query} what={words.rules}>
        {(rules) =>
          rules.length === 0 ? (
            <>
              <Empty>{mayManage ? `${words.none} ${words.startFrom}` : words.none}</Empty>
              {mayManage && <Ready />}
            </>
          ) : (
            <Card>
              <ul aria-label={words.rules}>
                {rules.map((each) => (
                  <Row
                    key={each.id}
                    of={each}
                    campaign={campaigns.find((one) => one.id === each.campaign_id)}
                    zone={zoneOf(each.project_id)}
                    isCurrent={each.id === currentId}
                    mayManage={mayManage}
                    onTurn={(isOn) => turn.mutate({ rule: each, isOn })}
                  />
                ))}
              </ul>
            </Card>
          )
        }
      </Loaded>
    </AutomationsPage>
  );
};
