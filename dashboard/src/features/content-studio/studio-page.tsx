/** Content by state; what waits for approval stands first. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { ListCard, ListRow } from '@/components/list-card';
import { Page } from '@/components/page';
import { onlyOwnSearch, TabCount, TabNav, tabClass } from '@/components/sub-nav';
import { StudioNav } from '@/components/studio-nav';
import { Empty, Loaded } from '@/components/states';
import { Status, wordOf } from '@/components/status';
import { Time } from '@/components/time';
import { contentCountsQuery, contentListQuery, contentTitle, type Content, type ContentState } from '@/data/content';
import { membersQuery } from '@/data/members';
import { useMay } from '@/data/people';
import { useProject, useZoneOf } from '@/data/projects';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import { frameStrings } from '@strings/frame';
import { studioStrings as words } from '@strings/studio';
import { Queue } from './queue';
import { WriteDialog } from './write-dialog';

const states: ContentState[] = ['pending_approval', 'draft', 'approved', 'scheduled', 'published', 'rejected'];

const Tabs = ({ state, projectId }: { state: ContentState | 'all'; projectId?: string }) => {
  const { data: counts } = useQuery(contentCountsQuery(projectId));
  return (
    <TabNav label={words.filter}>
      {([...states, 'all'] as const).map((each) => (
        <Link
          key={each}
          to="/app/content-studio"
          search={{ state: each === 'pending_approval' ? undefined : each }}
          activeOptions={onlyOwnSearch}
          aria-current={each === state ? 'page' : undefined}
          className={tabClass(each === state)}
        >
          {each === 'all' ? words.all : wordOf('content', each)}
          <TabCount of={each === 'all' ? undefined : counts?.get(each)} />
        </Link>
      ))}
    </TabNav>
  );
};

const List = ({ items, onOpen }: { items: Content[]; onOpen: (of: Content) => void }) => {
  const zoneOf = useZoneOf();
  const { data: members = [] } = useQuery(membersQuery);
  const { currentId } = useListKeys({
    items,
    idOf: (each) => each.id,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen,
  });
  return (
    <ListCard label={words.list}>
      {items.map((each) => {
        const author = members.find((one) => one.id === each.author_id);
        return (
          <ListRow key={each.id} data-content={each.state} isCurrent={each.id === currentId} className="min-h-13">
            <span className="min-w-0 flex-1">
              <Link
                to="/app/content-studio/$contentId"
                params={{ contentId: each.id }}
                className="reach block truncate font-name underline-offset-2 hover:underline"
              >
                {contentTitle(each)}
              </Link>
              <span className="block truncate text-meta text-muted">
                {author ? words.by(author.full_name) : words.byRule} · {words.version(each.version)}
              </span>
              <Time
                at={each.scheduled_at ?? each.updated_at}
                zone={zoneOf(each.project_id)}
                className="text-meta text-muted tablet:hidden"
              />
            </span>
            <Status of="content" state={each.state} />
            <span className="w-44 text-right max-tablet:hidden">
              <Time at={each.scheduled_at ?? each.updated_at} zone={zoneOf(each.project_id)} />
            </span>
          </ListRow>
        );
      })}
    </ListCard>
  );
};

export const StudioPage = () => {
  const navigate = useNavigate();
  const project = useProject();
  const mayWrite = useMay('write_content');
  const search = useSearch({ from: '/app/content-studio' });
  const state = search.state === 'all' ? 'all' : (states.find((each) => each === search.state) ?? 'pending_approval');
  const query = useQuery(contentListQuery({ projectId: project?.id, state: state === 'all' ? undefined : state }));
  const [isWriting, setWriting] = useState(false);
  const canWrite = mayWrite && project !== undefined;
  const open = (of: Content) => void navigate({ to: '/app/content-studio/$contentId', params: { contentId: of.id } });
  useKeys([{ key: 'n', label: words.keys.make, group: frameStrings.keysPage, run: () => setWriting(true) }], canWrite);
  const isQueue = state === 'pending_approval';
  const kind = isQueue && (query.data?.items.length ?? 0) > 0 ? 'quiet' : 'primary';
  const write = (className?: string) => (
    <Button kind={kind} icon={Plus} onClick={() => setWriting(true)} className={className}>
      {words.write}
    </Button>
  );
  return (
    <Page title={words.title} dense ownPrimary={canWrite} actions={canWrite ? write() : undefined}>
      <StudioNav />
      {mayWrite && !project && <ChooseProject />}
      <Tabs state={state} projectId={project?.id} />
      {canWrite && write('tablet:hidden')}
      <Loaded query={query} what={words.list}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty action={canWrite && <Button onClick={() => setWriting(true)}>{words.write}</Button>}>
              {isQueue ? words.queueEmpty : state === 'all' ? words.none : words.noneOf}
            </Empty>
          ) : isQueue ? (
            <Queue items={items.toReversed()} onOpen={open} />
          ) : (
            <List items={items} onOpen={open} />
          )
        }
      </Loaded>
      {isWriting && project && <WriteDialog projectId={project.id} onClose={() => setWriting(false)} onMade={open} />}
    </Page>
  );
};
