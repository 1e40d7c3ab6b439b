/** A rule as one sentence whose parts are the fields; beside it the proof. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Ellipsis, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { ChangedMeanwhile } from '@/components/changed-meanwhile';
import { ChooseProject } from '@/components/choose-project';
import { Confirm } from '@/components/dialog';
import { SelectField, TextField } from '@/components/field';
import { LastChange } from '@/components/last-change';
import { MayNot } from '@/components/may-not';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { useLeaveGuard } from '@/components/leave-guard';
import { Card, Page, PhoneActions, Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Switch } from '@/components/switch';
import { Time } from '@/components/time';
import { campaignsQuery } from '@/data/campaigns';
import { useMay } from '@/data/people';
import { useProject, useProjects, type Project } from '@/data/projects';
import { ruleQuery, type Rule } from '@/data/rules';
import { isChangedMeanwhile } from '@/lib/api/versioned';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { useKeys } from '@/lib/keys';
import type { Basis } from '@/lib/shared-draft';
import { useSharedForm } from '@/lib/shared-form';
import { lazyWhenThere } from '@/lib/when-there';
import { frameStrings } from '@strings/frame';
import { automationsStrings as words } from '@strings/automations';
import { commonStrings } from '@strings/common';
import { DryRun, Moments } from './proof';
import { runsQuery, useRuleCommands, versionsQuery } from './rule-data';
import { RuleVersions } from './rule-versions';
import { draftOf, emptyRule, readyRules, triggerOf, type RuleDraft } from './rule-draft';
import { ThenPart } from './then-part';
import { ConditionsPart, WhenPart } from './when-part';

const Conflict = lazyWhenThere(() => import('./rule-conflict'));

const shownRuns = 5;

const RecentRuns = ({ rule, zone }: { rule: Rule; zone: string }) => {
  const { data } = useQuery(runsQuery({ ruleId: rule.id, limit: shownRuns }));
  if (!data) return null;
  return (
    <Section
      title={words.recentRuns}
      aside={
        data.items.length > 0 && (
          <Link to="/app/automations/runs" search={{ rule: rule.id }} className="text-accent-text hover:underline">
            {words.allRuns}
          </Link>
        )
      }
    >
      {data.items.length === 0 ? (
        <p className="text-secondary">{words.noRuns}</p>
      ) : (
        <Card>
          {data.items.map((each) => (
            <Link
              key={each.id}
              to="/app/automations/runs/$runId"
              params={{ runId: each.id }}
              className="flex min-h-(--row) items-center gap-3 border-t border-line-subtle px-3 py-1 first:border-t-0 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{words.causes[each.cause]}</span>
              <Status of="run" state={each.state} />
              <Time at={each.created_at} zone={zone} noZone />
            </Link>
          ))}
        </Card>
      )}
    </Section>
  );
};

const Editor = ({ rule, project, initial }: { rule?: Rule; project: Project; initial: RuleDraft }) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayManage = useMay('manage_rules');
  const { data: campaigns } = useQuery(campaignsQuery(project.id));
  const version = String(rule?.version ?? 0);
  const form = useSharedForm({ etag: version, draft: initial });
  const { draft, setDraft, base, isChanged, theirs } = form;
  const [isRemoving, setRemoving] = useState(false);
  const { save, turn, runNow, remove } = useRuleCommands();
  const { settle, question } = useLeaveGuard(draft, base.draft);
  const set = (next: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...next }));
  const isDirty = isChanged;
  const { data: versions } = useQuery({ ...versionsQuery(rule?.id ?? ''), enabled: theirs !== undefined });
  const last = versions?.[0];
  const changedBy = (
    <LastChange memberId={last?.changed_by} at={last?.changed_at} zone={project.time_zone} told={words.changedBy} />
  );
  const problem = isChangedMeanwhile(save.error) ? undefined : save.error;
  const errors = errorsByField(problem);
  useFirstWrong(problem);
  const leave = () => {
    settle();
    void navigate({ to: '/app/automations' });
  };
  const saveOne = (over: Basis<RuleDraft>, enable = false) =>
    save.mutate(
      { draft, before: rule && { id: rule.id, over }, projectId: project.id, enable },
      {
        onError: form.onRefused,
        onSuccess: (made) => {
          settle();
          client.setQueryData(ruleQuery(made.id).queryKey, made);
          form.onSaved({ etag: String(made.version), draft: draftOf(made) }, draft);
          if (!rule) void navigate({ to: '/app/automations/$ruleId', params: { ruleId: made.id }, replace: true });
        },
      },
    );
  const keep = (enable: boolean) => {
    if (draft.name.trim() && !save.isPending) form.keep((over) => saveOne(over, enable));
  };
  useKeys(
    [{ key: 'mod+s', label: words.saveKey, group: frameStrings.keysPage, run: () => keep(false), inFields: true }],
    mayManage,
  );
  const menu = rule && (
    <Menu
      trigger={
        <button type="button" aria-label={words.more} className={buttonStyle('quiet', 'icon')}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </button>
      }
    >
      <MenuItem
        icon={Play}
        onSelect={() =>
          runNow.mutate(rule, {
            onSuccess: (run) =>
              void navigate({ to: '/app/automations/runs/$runId', params: { runId: run.id } }),
          })
        }
      >
        {words.runNow}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Trash2} danger onSelect={() => setRemoving(true)}>
        {words.remove}
      </MenuItem>
    </Menu>
  );
  const buttons = (
    <>
      <Button
        busy={save.isPending}
        disabled={!draft.name.trim() || (!isDirty && Boolean(rule))}
        onClick={() => keep(false)}
      >
        {words.save}
      </Button>
      {!rule?.is_enabled && (
        <Button kind="primary" busy={save.isPending} disabled={!draft.name.trim()} onClick={() => keep(true)}>
          {words.saveOn}
        </Button>
      )}
    </>
  );
  return (
    <Page
      title={rule?.name ?? words.newTitle}
      parent={{ label: words.title, to: '/app/automations' }}
      ownPrimary={mayManage}
      railLabel={words.proof}
      rail={
        <div className="flex flex-col gap-6 p-4">
          <Moments projectId={project.id} trigger={triggerOf(draft)} />
          {mayManage && <DryRun ruleId={rule?.id} isDirty={isDirty} zone={project.time_zone} />}
        </div>
      }
      actions={
        mayManage && (
          <>
            {menu}
            {buttons}
          </>
        )
      }
    >
      {!mayManage && <MayNot>{words.mayNot}</MayNot>}
      <ChangedMeanwhile form={form} by={changedBy} versions={Conflict} onSave={saveOne} />
      {problem && Object.keys(errors).length === 0 && <ErrorBox error={problem} />}
      <fieldset disabled={!mayManage} className="flex min-w-0 flex-col gap-4">
        <div className="grid items-start gap-3 tablet:grid-cols-2">
          <TextField
            label={words.name}
            maxLength={120}
            autoFocus={!rule}
            value={draft.name}
            help={draft.name.trim() ? undefined : words.nameHelp}
            error={errors['/name']}
            onChange={(event) => set({ name: event.target.value })}
          />
          <SelectField
            label={words.campaign}
            help={draft.campaignId ? words.campaignHelp : undefined}
            value={draft.campaignId}
            error={errors['/campaign_id']}
            onChange={(event) => set({ campaignId: event.target.value })}
          >
            <option value="">{words.noCampaign}</option>
            {!campaigns && draft.campaignId && <option value={draft.campaignId}>{commonStrings.loading}</option>}
            {campaigns?.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </SelectField>
        </div>
        {rule && (
          <p className="flex items-center gap-2">
            <Switch
              label={words.isOn(rule.name)}
              isOn={rule.is_enabled}
              disabled={!mayManage}
              onChange={(isOn) => turn.mutate({ rule, isOn })}
            />
            <span className="text-secondary">
              {rule.is_enabled ? words.columns.on : words.off}
              {rule.is_enabled && rule.next_run_at && rule.trigger.kind !== 'feed' && (
                <>
                  {` · ${words.columns.next} `}
                  <Time at={rule.next_run_at} zone={project.time_zone} />
                </>
              )}
            </span>
          </p>
        )}
        <Card>
          <WhenPart draft={draft} set={set} errors={errors} zone={project.time_zone} />
          <ConditionsPart draft={draft} set={set} errors={errors} />
          <ThenPart draft={draft} set={set} errors={errors} projectId={project.id} />
        </Card>
        {mayManage && (
          <PhoneActions>
            {menu}
            {buttons}
          </PhoneActions>
        )}
      </fieldset>
      {rule && <RecentRuns rule={rule} zone={project.time_zone} />}
      {rule && rule.version > 1 && <RuleVersions ruleId={rule.id} />}
      {question}
      {rule && isRemoving && (
        <Confirm
          open
          onOpenChange={(open) => !open && setRemoving(false)}
          title={words.removeTitle(rule.name)}
          text={words.removeText}
          action={words.remove}
          keep={words.keep}
          onConfirm={() => remove.mutate(rule, { onSuccess: leave })}
        />
      )}
    </Page>
  );
};

export const NewRulePage = () => {
  const project = useProject();
  const { campaign = '', start = '' } = useSearch({ from: '/app/automations/new' });
  const ready = (readyRules as Record<string, RuleDraft>)[start] ?? emptyRule;
  if (project) return <Editor key={project.id} project={project} initial={{ ...ready, campaignId: campaign }} />;
  return (
    <Page title={words.newTitle} parent={{ label: words.title, to: '/app/automations' }}>
      <ChooseProject />
    </Page>
  );
};

export const RulePage = () => {
  const { ruleId } = useParams({ from: '/app/automations/$ruleId' });
  const query = useQuery(ruleQuery(ruleId));
  const projects = useProjects();
  const rule = query.data;
  const project = projects.find((each) => each.id === rule?.project_id);
  if (rule && project)
    return <Editor key={rule.id} rule={rule} project={project} initial={draftOf(rule)} />;
  return (
    <Page title={words.title} parent={{ label: words.title, to: '/app/automations' }}>
      <Loaded query={query} what={words.title}>
        {() => null}
      </Loaded>
    </Page>
  );
};
