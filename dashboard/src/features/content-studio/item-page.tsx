/** One item: its words and versions, its approval, its comments, its review links. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { CalendarClock, Check, Ellipsis, Pencil, Send, Sparkles, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { ContentWords } from '@/components/content-words';
import { Confirm } from '@/components/dialog';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { Card, Page, PhoneActions, Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { approvalQuery, contentQuery, contentTitle, type Content } from '@/data/content';
import { membersQuery } from '@/data/members';
import { useMay } from '@/data/people';
import { useZoneOf } from '@/data/projects';
import { useKeys } from '@/lib/keys';
import { frameStrings } from '@strings/frame';
import { studioStrings as words } from '@strings/studio';
import { ApprovalPanel } from './approval-panel';
import { Changes } from './changes';
import { Comments } from './comments';
import { RejectDialog } from './reject-dialog';
import { ReviewLinks } from './review-links';
import { ScheduleDialog } from './schedule-dialog';
import { useContentCommands } from './studio-data';
import { WriteDialog } from './write-dialog';

const link = 'text-accent-text underline-offset-2 hover:underline reach';

const Origin = ({ of }: { of: Content }) => {
  const { data: members = [] } = useQuery(membersQuery);
  const author = members.find((each) => each.id === of.author_id);
  return (
    <p className="flex flex-wrap gap-x-3 text-secondary">
      <span>{author ? words.by(author.full_name) : of.rule_id ? words.byRule : ''}</span>
      <span>{words.version(of.version)}</span>
      {of.labels.length > 0 && <span>{words.labelled(of.labels.join(', '))}</span>}
      {of.run_id && (
        <Link to="/app/automations/runs/$runId" params={{ runId: of.run_id }} className={link}>
          {words.run}
        </Link>
      )}
      {of.template_id && of.template_version !== null && (
        <Link to="/app/content-studio/templates/$templateId" params={{ templateId: of.template_id }} className={link}>
          {words.templateOf(of.template_version)}
        </Link>
      )}
    </p>
  );
};

const Shown = ({ of }: { of: Content }) => {
  const navigate = useNavigate();
  const zone = useZoneOf()(of.project_id);
  const mayWrite = useMay('write_content');
  const mayPublish = useMay('publish_posts');
  const { data: approval } = useQuery(approvalQuery(of.id));
  const { submit, approve, again, remove } = useContentCommands();
  const [open, setOpen] = useState<'edit' | 'reject' | 'schedule' | 'remove'>();
  const close = () => setOpen(undefined);
  const isOpen = !of.post_id;
  const mayDecide = of.state === 'pending_approval' && approval?.may_decide === true;
  const group = frameStrings.keysPage;
  useKeys([
    ...(mayDecide
      ? [
          { key: 'a', label: words.keys.approve, group, run: () => approve.mutate(of) },
          { key: 'r', label: words.keys.reject, group, run: () => setOpen('reject') },
        ]
      : []),
    ...(mayWrite && isOpen ? [{ key: 'e', label: words.keys.edit, group, run: () => setOpen('edit') }] : []),
  ]);
  const primary = mayDecide ? (
    <>
      <Button icon={Undo2} onClick={() => setOpen('reject')}>
        {words.reject}
      </Button>
      <Button kind="primary" icon={Check} busy={approve.isPending} onClick={() => approve.mutate(of)}>
        {words.approve(of.version)}
      </Button>
    </>
  ) : of.state === 'draft' && mayWrite ? (
    <Button kind="primary" icon={Send} busy={submit.isPending} onClick={() => submit.mutate(of)}>
      {words.submit}
    </Button>
  ) : of.state === 'approved' && mayPublish ? (
    <Button kind="primary" icon={CalendarClock} onClick={() => setOpen('schedule')}>
      {words.schedule}
    </Button>
  ) : null;
  const actions = (
    <>
      {mayWrite && (
        <Menu
          trigger={
            <button type="button" aria-label={words.more} className={buttonStyle('quiet', 'icon')}>
              <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
            </button>
          }
        >
          <MenuItem icon={Pencil} shortcut="e" disabled={!isOpen} onSelect={() => setOpen('edit')}>
            {words.edit}
          </MenuItem>
          <MenuItem icon={Sparkles} disabled={!isOpen || !of.template_id} onSelect={() => again.mutate(of)}>
            {words.again}
          </MenuItem>
          <MenuLine />
          <MenuItem icon={Trash2} danger onSelect={() => setOpen('remove')}>
            {words.remove}
          </MenuItem>
        </Menu>
      )}
      {primary}
    </>
  );
  return (
    <Page
      title={contentTitle(of)}
      parent={{ label: words.title, to: '/app/content-studio' }}
      headed
      ownPrimary={primary !== null}
      railLabel={words.approval}
      rail={
        <div className="flex flex-col gap-6 p-4">
          <ApprovalPanel of={of} />
          <ReviewLinks of={of} />
        </div>
      }
      actions={actions}
    >
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2.5">
          <h1 className="min-w-0 text-title font-heading break-words">{contentTitle(of)}</h1>
          <Status of="content" state={of.state} />
        </div>
        <Origin of={of} />
        {of.post_id && of.scheduled_at && (
          <p className="flex flex-wrap items-center gap-2">
            <Time at={of.scheduled_at} zone={zone} />
            {of.post_status && of.post_status !== of.state && <Status of="post" state={of.post_status} />}
            <Link to="/app/posts/$postId" params={{ postId: of.post_id }} className={link}>
              {words.openPost}
            </Link>
          </p>
        )}
      </div>
      <Card className="px-4 py-4">
        <ContentWords of={of} title={of.title} />
      </Card>
      <PhoneActions>{actions}</PhoneActions>
      {of.version > 1 && (
        <Section title={words.versions}>
          <Changes of={of} />
        </Section>
      )}
      <Comments of={of} />
      {open === 'edit' && <WriteDialog of={of} projectId={of.project_id} onClose={close} />}
      {open === 'reject' && <RejectDialog of={of} onClose={close} />}
      {open === 'schedule' && <ScheduleDialog of={of} zone={zone} onClose={close} />}
      {open === 'remove' && (
        <Confirm
          open
          onOpenChange={(isShown) => !isShown && close()}
          title={words.removeTitle}
          text={words.removeText}
          action={words.remove}
          keep={words.keep}
          onConfirm={() => remove.mutate(of, { onSuccess: () => void navigate({ to: '/app/content-studio' }) })}
        />
      )}
    </Page>
  );
};

export const ContentItemPage = () => {
  const { contentId } = useParams({ from: '/app/content-studio/$contentId' });
  const query = useQuery(contentQuery(contentId));
  if (query.data) return <Shown key={query.data.id} of={query.data} />;
  return (
    <Page title={words.title} parent={{ label: words.title, to: '/app/content-studio' }}>
      <Loaded query={query} what={words.content}>
        {() => null}
      </Loaded>
    </Page>
  );
};
