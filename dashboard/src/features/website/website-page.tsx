import { infiniteQueryOptions, useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Copy, ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { DataTable } from '@/components/data-table';
import { Card, Page, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { columnsOf, type Columns } from '@/components/table-columns';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { publicBase } from '@/config/env';
import { channelsQuery } from '@/data/channels';
import { queryKeys } from '@/data/keys';
import { useProject } from '@/data/projects';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { useListKeys } from '@/lib/list-keys';
import { zoneName } from '@/lib/time/format';
import { frameStrings } from '@strings/frame';
import { websiteStrings as words } from '@strings/website';

type PublicationPage = Schemas['publication_page'];
type Publication = PublicationPage['items'][number];

const page_size = 50;
const day_ms = 86_400_000;

const publicationsQuery = (projectId: string) =>
  infiniteQueryOptions<
    PublicationPage,
    Error,
    InfiniteData<PublicationPage, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: [...queryKeys.publications, projectId],
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/website/publications', {
          params: { query: { project_id: projectId, limit: page_size, cursor: pageParam } },
          signal,
        }),
      ),
  });

const Address = ({ name, url }: { name: string; url: string }) => (
  <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line-subtle px-3 py-1.5 first:border-t-0">
    <span className="w-24 text-secondary">{name}</span>
    <code className="min-w-0 flex-1 basis-64 truncate font-mono text-meta" title={url}>
      {url}
    </code>
    <Button
      size="small"
      icon={Copy}
      onClick={() => void navigator.clipboard.writeText(url).then(() => toast(words.copied))}
    >
      {words.copy}
    </Button>
    <a href={url} target="_blank" rel="noreferrer noopener" className={buttonStyle('quiet', 'small')}>
      <ExternalLink size={14} strokeWidth={1.75} aria-hidden />
      {words.open}
    </a>
  </li>
);

const column = columnsOf<Publication>();
const idOfPublication = ({ id }: Publication): string => id;

const columnsFor = (site: string, zone: string, zoneShort: string): Columns<Publication> => [
  column.display({
    id: 'title',
    header: words.columns.title,
    cell: ({ row: { original: one } }) => (
      <>
        <a
          href={`${site}/posts/${one.id}`}
          target="_blank"
          rel="noreferrer noopener"
          className="reach block truncate font-name hover:underline"
        >
          {one.title || one.text}
        </a>
        <span className="text-meta text-muted tablet:hidden">
          <Time at={one.published_at} zone={zone} as="exact" />
        </span>
      </>
    ),
    meta: { cellClassName: 'w-full max-w-0 max-tablet:py-2' },
  }),
  column.display({
    id: 'at',
    header: `${words.columns.at}, ${zoneShort}`,
    cell: ({ row }) => <Time at={row.original.published_at} zone={zone} as="exact" noZone />,
    meta: { figure: true, className: 'max-tablet:hidden' },
  }),
  column.display({
    id: 'post',
    header: () => <span className="sr-only">{words.columns.post}</span>,
    cell: ({ row }) => (
      <Link
        to="/app/posts/$postId"
        params={{ postId: row.original.post_id }}
        className="reach text-secondary hover:text-text hover:underline"
      >
        {words.story}
      </Link>
    ),
    meta: { figure: true },
  }),
];

const Site = ({ projectId, zone }: { projectId: string; zone: string }) => {
  const now = useSlowNow(day_ms);
  const channels = useQuery(channelsQuery(projectId));
  const list = useInfiniteQuery(publicationsQuery(projectId));
  const site = `${publicBase}/site/${projectId}`;
  const navigate = useNavigate();
  const rows = useMemo(() => list.data?.pages.flatMap((each) => each.items) ?? [], [list.data]);
  const zoneShort = zoneName(now, zone);
  const columns = useMemo(() => columnsFor(site, zone, zoneShort), [site, zone, zoneShort]);
  const { currentId, setCurrentId } = useListKeys({
    items: rows,
    idOf: idOfPublication,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen: (one) => void navigate({ to: '/app/posts/$postId', params: { postId: one.post_id } }),
  });
  const hasWebsite = channels.data?.some((each) => each.type === 'website');
  if (channels.data && !hasWebsite && rows.length === 0) {
    return (
      <Empty
        action={
          <Link to="/app/channels" className={buttonStyle()}>
            {words.addWebsite}
          </Link>
        }
      >
        {words.noChannel}
      </Empty>
    );
  }
  return (
    <>
      <Section title={words.addresses}>
        <Card>
          <ul>
            <Address name={words.site} url={site} />
            <Address name={words.json} url={`${site}/feed.json`} />
            <Address name={words.atom} url={`${site}/feed.xml`} />
          </ul>
        </Card>
      </Section>
      <Section title={words.published}>
        <Loaded query={list} what={words.list}>
          {() =>
            rows.length === 0 ? (
              <Empty
                action={
                  <Link to="/app/posts/new" className={buttonStyle()}>
                    {words.writePost}
                  </Link>
                }
              >
                {words.empty}
              </Empty>
            ) : (
              <>
                <DataTable
                  label={words.list}
                  items={rows}
                  idOf={idOfPublication}
                  columns={columns}
                  rowProps={({ id }) => ({
                    'aria-current': id === currentId || undefined,
                    onFocus: () => setCurrentId(id),
                    className: cn('hover:bg-hover', id === currentId && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]'),
                  })}
                />
                {list.hasNextPage && (
                  <Button
                    busy={list.isFetchingNextPage}
                    onClick={() => void list.fetchNextPage()}
                    className="self-start"
                  >
                    {words.more}
                  </Button>
                )}
              </>
            )
          }
        </Loaded>
      </Section>
    </>
  );
};

export const WebsitePage = () => {
  const project = useProject();
  return (
    <Page title={words.title}>
      <p className="max-w-prose text-secondary">{words.text}</p>
      {project ? <Site key={project.id} projectId={project.id} zone={project.time_zone} /> : <ChooseProject />}
    </Page>
  );
};
