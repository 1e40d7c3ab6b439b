/** One campaign: its state, its coming posts, its content, and its rules. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { CirclePause, Ellipsis, Flag, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { PlatformMark } from '@/components/icons';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { Card, Page, PhoneActions, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Countdown, Time } from '@/components/time';
import { campaignQuery, campaignSummaryQuery, type Campaign } from '@/data/campaigns';
import { channelsQuery } from '@/data/channels';
import { contentListQuery, contentTitle } from '@/data/content';
import { useMay } from '@/data/people';
import { useProjects, useZoneOf } from '@/data/projects';
import { rulesQuery } from '@/data/rules';
import { useKeys } from '@/lib/keys';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { campaignsStrings as words } from '@strings/campaigns';
import { CampaignDialog } from './campaign-dialog';
import { CommandDialog, type Asked } from './command-dialog';
import { daysText } from './days';

const row =
  'flex min-h-(--row) flex-wrap items-center gap-x-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0 hover:bg-hover';

const Figures = ({ of }: { of: Campaign }) => {
  const { data: summary } = useQuery(campaignSummaryQuery(of.id));
  if (!summary) return null;
  const c = summary.counts;
  const figures = [
    [words.figures.out, c.posts_out],
    [words.figures.to_come, c.scheduled],
    [words.figures.to_approve, c.pending_approval],
    [words.figures.drafts, c.draft],
    ...(c.posts_partial ? [[words.figures.partial, c.posts_partial] as const] : []),
    ...(c.posts_failed ? [[words.figures.failed, c.posts_failed] as const] : []),
    ...(c.posts_missed ? [[words.figures.missed, c.posts_missed] as const] : []),
    ...(c.posts_waiting ? [[words.figures.waiting, c.posts_waiting] as const] : []),
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {figures.map(([name, n]) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-meta text-muted">{name}</dt>
          <dd className="text-figure font-heading tabular">{n.toLocaleString('en')}</dd>
        </div>
      ))}
      {c.last_published_at && (
        <div className="flex flex-col-reverse">
          <dt className="text-meta text-muted">{words.last}</dt>
          <dd>
            <Time at={c.last_published_at} />
          </dd>
        </div>
      )}
    </dl>
  );
};

const Coming = ({ of, zone }: { of: Campaign; zone: string }) => {
  const query = useQuery(campaignSummaryQuery(of.id));
  return (
    <Section title={words.coming}>
      <Loaded query={query} what={words.coming} rows={2}>
        {({ coming_posts: posts }) =>
          posts.length === 0 ? (
            <p className="text-secondary">{words.noComing}</p>
          ) : (
            <Card>
              {posts.map((each) => (
                <Link key={each.post_id} to="/app/posts/$postId" params={{ postId: each.post_id }} className={row}>
                  <span className="min-w-0 flex-1 basis-48 truncate font-name">{each.title}</span>
                  <Time at={each.scheduled_at} zone={zone} />
                </Link>
              ))}
            </Card>
          )
        }
      </Loaded>
    </Section>
  );
};

const Written = ({ of }: { of: Campaign }) => {
  const query = useQuery(contentListQuery({ projectId: of.project_id, campaignId: of.id }));
  return (
    <Section title={words.content}>
      <Loaded query={query} what={words.content} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-secondary">{words.noContent}</p>
          ) : (
            <Card>
              {items.map((each) => (
                <Link key={each.id} to="/app/content-studio/$contentId" params={{ contentId: each.id }} className={row}>
                  <span className="min-w-0 flex-1 truncate font-name">{contentTitle(each)}</span>
                  <Status of="content" state={each.state} />
                </Link>
              ))}
            </Card>
          )
        }
      </Loaded>
    </Section>
  );
};

const Rules = ({ of, zone, mayMake }: { of: Campaign; zone: string; mayMake: boolean }) => {
  const query = useQuery(rulesQuery(of.project_id, of.id));
  const make = (
    <Link to="/app/automations/new" search={{ campaign: of.id }} className={buttonStyle('quiet', 'small')}>
      {words.newRule}
    </Link>
  );
  return (
    <Section title={words.rules} aside={mayMake && make}>
      <Loaded query={query} what={words.rules} rows={2}>
        {(rules) =>
          rules.length === 0 ? (
            <p className="text-secondary">{words.noRules}</p>
          ) : (
            <Card>
              {rules.map((each) => (
                <Link key={each.id} to="/app/automations/$ruleId" params={{ ruleId: each.id }} className={row}>
                  <span className="min-w-0 flex-1 truncate font-name">{each.name}</span>
                  {!each.is_enabled && <span className="text-muted">{words.ruleOff}</span>}
                  {each.is_enabled && each.next_run_at && (
                    <span className="text-meta text-secondary">
                      <Time at={each.next_run_at} zone={zone} />{' '}
                      <Countdown to={each.next_run_at} className="text-muted max-tablet:hidden" />
                    </span>
                  )}
                </Link>
              ))}
            </Card>
          )
        }
      </Loaded>
    </Section>
  );
};

const Detail = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="flex flex-col gap-0.5">
    <dt className="text-meta text-muted">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
);

const Details = ({ of, project }: { of: Campaign; project: string }) => {
  const { data: channels = [] } = useQuery(channelsQuery(of.project_id));
  const chosen = channels.filter((each) => of.channel_ids.includes(each.id));
  const utm = Object.entries(of.utm).filter(([, value]) => value);
  return (
    <div className="flex flex-col gap-3 p-4">
      <h2 className="font-heading">{words.details}</h2>
      <dl className="flex flex-col gap-3">
        <Detail name={words.goal}>{of.goal || <span className="text-muted">{words.noGoal}</span>}</Detail>
        <Detail name={words.project}>{project}</Detail>
        <Detail name={words.channels}>
          {chosen.length === 0 ? (
            words.allChannels
          ) : (
            <ul className="flex flex-col gap-1">
              {chosen.map((each) => (
                <li key={each.id} className="flex items-center gap-2">
                  <PlatformMark of={each.type} named />
                  {each.name}
                </li>
              ))}
            </ul>
          )}
        </Detail>
        {of.labels.length > 0 && <Detail name={words.labels}>{commonStrings.list(of.labels)}</Detail>}
        {utm.length > 0 && (
          <Detail name={words.utm}>
            <code className="font-mono text-meta">{utm.map(([name, value]) => `utm_${name}=${value}`).join(' ')}</code>
          </Detail>
        )}
      </dl>
    </div>
  );
};

const Loadedly = ({ of }: { of: Campaign }) => {
  const navigate = useNavigate();
  const mayManage = useMay('manage_campaigns');
  const mayMakeRules = useMay('manage_rules');
  const projects = useProjects();
  const zone = useZoneOf()(of.project_id);
  const project = projects.find((each) => each.id === of.project_id);
  const [isEditing, setEditing] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const isOver = of.state === 'completed';
  const ask = (what: Asked['what']) => setAsked({ of, what });
  useKeys(
    [{ key: 'e', label: words.edit, group: frameStrings.keysPage, run: () => setEditing(true) }],
    mayManage && !isOver,
  );
  const primary = of.state === 'active' ? 'pause' : 'activate';
  const actions = mayManage && (
    <>
      <Menu
        trigger={
          <button type="button" aria-label={words.more} className={buttonStyle('quiet', 'icon')}>
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </button>
        }
      >
        <MenuItem icon={Pencil} shortcut="e" disabled={isOver} onSelect={() => setEditing(true)}>
          {words.edit}
        </MenuItem>
        <MenuItem icon={Flag} disabled={isOver} onSelect={() => ask('complete')}>
          {words.complete}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Trash2} danger onSelect={() => ask('remove')}>
          {words.remove}
        </MenuItem>
      </Menu>
      {!isOver && (
        <Button
          kind={primary === 'activate' ? 'primary' : 'quiet'}
          icon={primary === 'pause' ? CirclePause : Play}
          onClick={() => ask(primary)}
        >
          {words[primary]}
        </Button>
      )}
    </>
  );
  return (
    <Page
      title={of.name}
      parent={{ label: words.title, to: '/app/campaigns' }}
      headed
      ownPrimary={mayManage && !isOver}
      railLabel={words.details}
      rail={<Details of={of} project={project?.name ?? ''} />}
      actions={actions}
    >
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2.5">
          <h1 className="text-title font-heading">{of.name}</h1>
          <Status of="campaign" state={of.state} />
        </div>
        <p className="text-secondary tabular">
          {daysText(of)}
          {isOver && ` · ${words.completedMayNot}`}
        </p>
      </div>
      <PhoneActions>{actions}</PhoneActions>
      <Figures of={of} />
      <div className="grid gap-6 desk:grid-cols-2">
        <Coming of={of} zone={zone} />
        <Rules of={of} zone={zone} mayMake={mayMakeRules && !isOver} />
      </div>
      <Written of={of} />
      {isEditing && project && <CampaignDialog of={of} project={project} onClose={() => setEditing(false)} />}
      {asked && (
        <CommandDialog
          {...asked}
          onClose={() => setAsked(undefined)}
          onRemoved={() => void navigate({ to: '/app/campaigns' })}
        />
      )}
    </Page>
  );
};

export const CampaignPage = () => {
  const { campaignId } = useParams({ from: '/app/campaigns/$campaignId' });
  const query = useQuery(campaignQuery(campaignId));
  if (query.data) return <Loadedly of={query.data} />;
  return (
    <Page title={words.title} parent={{ label: words.title, to: '/app/campaigns' }}>
      <Loaded query={query} what={words.title}>
        {() => <Empty>{words.none}</Empty>}
      </Loaded>
    </Page>
  );
};
