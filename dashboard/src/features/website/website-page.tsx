import { infiniteQueryOptions, useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Copy, ExternalLink } from 'lucide-react';
import { Button, buttonStyle } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { Card, Page, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Table, Td, Th } from '@/components/table';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { publicBase } from '@/config/env';
import { channelsQuery } from '@/data/channels';
import { queryKeys } from '@/data/keys';
import { useProject } from '@/data/projects';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { useSlowNow } from '@/lib/clock';
import { zoneName } from '@/lib/time/format';
import { websiteStrings as words } from '@strings/website';

type PublicationPage = Schemas['publication_page'];

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

const Site = ({ projectId, zone }: { projectId: string; zone: string }) => {
  const now = useSlowNow(day_ms);
  const channels = useQuery(channelsQuery(projectId));
  const list = useInfiniteQuery(publicationsQuery(projectId));
  const site = `${publicBase}/site/${projectId}`;
  const rows = list.data?.pages.flatMap((each) => each.items) ?? [];
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
                <Table label={words.list}>
                  <thead>
                    <tr>
                      <Th>{words.columns.title}</Th>
                      <Th figure className="max-tablet:hidden">
                        {words.columns.at}, {zoneName(now, zone)}
                      </Th>
                      <Th>
                        <span className="sr-only">{words.columns.post}</span>
                      </Th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id} className="hover:bg-hover">
                        <Td className="max-w-0 w-full max-tablet:py-2">
                          <a
                            href={`${site}/posts/${row.id}`}
                            target="_blank"
                            rel="noreferrer noopener"
                            className="reach block truncate font-name hover:underline"
                          >
                            {row.title || row.text}
                          </a>
                          <span className="text-meta text-muted tablet:hidden">
                            <Time at={row.published_at} zone={zone} as="exact" />
                          </span>
                        </Td>
                        <Td figure className="max-tablet:hidden">
                          <Time at={row.published_at} zone={zone} as="exact" noZone />
                        </Td>
                        <Td figure>
                          <Link
                            to="/app/posts/$postId"
                            params={{ postId: row.post_id }}
                            className="reach text-secondary hover:text-text hover:underline"
                          >
                            {words.story}
                          </Link>
                        </Td>
                      </tr>
                    ))}
                  </tbody>
                </Table>
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
