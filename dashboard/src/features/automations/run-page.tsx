/** One run, with its trace as a story. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Ban, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { Page, PhoneActions, Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { useMay } from '@/data/people';
import { useZoneOf } from '@/data/projects';
import type { Run } from '@/data/rules';
import { automationsStrings as words } from '@strings/automations';
import { runQuery, stepsQuery, useRuleCommands } from './rule-data';
import { RuleVersions } from './rule-versions';
import { RunStory } from './run-story';

const link = 'text-accent-text underline-offset-2 hover:underline reach';

const Detail = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex flex-col gap-0.5">
    <dt className="text-meta text-muted">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
);

const Details = ({ of, zone }: { of: Run; zone: string }) => (
  <div className="flex flex-col gap-3 p-4">
    <h2 className="font-heading">{words.details}</h2>
    <dl className="flex flex-col gap-3">
      <Detail name={words.rule}>
        <Link to="/app/automations/$ruleId" params={{ ruleId: of.rule_id }} className={link}>
          {of.rule_name}
        </Link>
        <span className="text-muted"> · {words.version(of.rule_version)}</span>
      </Detail>
      <Detail name={words.cause}>{words.causes[of.cause]}</Detail>
      {of.moment && (
        <Detail name={words.moment}>
          <Time at={of.moment} zone={zone} />
        </Detail>
      )}
      {(of.content_id ?? of.post_id) && (
        <Detail name={words.made}>
          <span className="flex flex-col">
            {of.content_id && (
              <Link to="/app/content-studio/$contentId" params={{ contentId: of.content_id }} className={link}>
                {words.content}
              </Link>
            )}
            {of.post_id && (
              <Link to="/app/posts/$postId" params={{ postId: of.post_id }} className={link}>
                {words.post}
              </Link>
            )}
          </span>
        </Detail>
      )}
      {of.started_at && (
        <Detail name={words.began}>
          <Time at={of.started_at} zone={zone} as="exact" />
        </Detail>
      )}
      {of.finished_at && (
        <Detail name={words.ended}>
          <Time at={of.finished_at} zone={zone} as="exact" />
        </Detail>
      )}
      <Detail name={words.attempts}>{of.attempts}</Detail>
    </dl>
  </div>
);

const isOver = (run: Run) => !['queued', 'running', 'waiting_approval'].includes(run.state);

const Shown = ({ of }: { of: Run }) => {
  const zone = useZoneOf()(of.project_id);
  const mayManage = useMay('manage_rules');
  const steps = useQuery(stepsQuery(of.id));
  const { cancelRun, retryRun } = useRuleCommands();
  const mayRetry = of.state === 'failed' || of.state === 'blocked';
  const actions = mayManage && (
    <>
      {!isOver(of) && (
        <Button icon={Ban} busy={cancelRun.isPending} onClick={() => cancelRun.mutate(of.id)}>
          {words.cancel}
        </Button>
      )}
      {mayRetry && (
        <Button kind="primary" icon={RotateCcw} busy={retryRun.isPending} onClick={() => retryRun.mutate(of.id)}>
          {words.retry}
        </Button>
      )}
    </>
  );
  return (
    <Page
      title={of.rule_name}
      parent={{ label: words.runs, to: '/app/automations/runs' }}
      headed
      railLabel={words.details}
      rail={<Details of={of} zone={zone} />}
      ownPrimary={mayManage && mayRetry}
      actions={actions}
    >
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2.5">
          <h1 className="text-title font-heading">{of.rule_name}</h1>
          <Status of="run" state={of.state} />
        </div>
        <p className="text-secondary">
          {words.causes[of.cause]} · <Time at={of.moment ?? of.created_at} zone={zone} /> ·{' '}
          <Link
            to="/app/automations/$ruleId"
            params={{ ruleId: of.rule_id }}
            className="text-accent-text underline underline-offset-2"
          >
            {words.toRule}
          </Link>
        </p>
        {of.error && <p className="text-danger-text">{of.error}</p>}
      </div>
      <PhoneActions>{actions}</PhoneActions>
      <Section title={words.story}>
        <Loaded query={steps} what={words.story}>
          {({ items, time_zone }) =>
            items.length === 0 ? (
              <p className="text-secondary">{words.noSteps}</p>
            ) : (
              <RunStory steps={items} zone={time_zone} />
            )
          }
        </Loaded>
      </Section>
      <RuleVersions ruleId={of.rule_id} usedVersion={of.rule_version} />
    </Page>
  );
};

export const RunPage = () => {
  const { runId } = useParams({ from: '/app/automations/runs/$runId' });
  const query = useQuery(runQuery(runId));
  if (query.data) return <Shown of={query.data} />;
  return (
    <Page title={words.run} parent={{ label: words.runs, to: '/app/automations/runs' }}>
      <Loaded query={query} what={words.run}>
        {() => null}
      </Loaded>
    </Page>
  );
};
