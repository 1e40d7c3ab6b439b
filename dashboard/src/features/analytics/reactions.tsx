/** Reactions to published posts: by channel, and the posts with the most. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable } from '@/components/data-table';
import { PlatformMark } from '@/components/icons';
import { Section } from '@/components/page';
import { columnsOf, figureColumn, type Columns } from '@/components/table-columns';
import { reactionsQuery, type Asked, type Reactions as Found } from '@/data/analytics';
import { analyticsStrings as words } from '@strings/analytics';

type OfChannel = Found['channels'][number];
type OfPost = Found['best'][number];
const names = ['likes', 'comments', 'shares', 'views'] as const;
const figure = (n: number | null) => (n === null ? words.none : n.toLocaleString('en'));

const reactionColumns = <T extends Pick<OfChannel, (typeof names)[number]>>() =>
  names.map((name) => figureColumn<T>(name, words.reactionNames[name], (of) => figure(of[name])));

const channelColumns: Columns<OfChannel> = [
  columnsOf<OfChannel>().display({
    id: 'channel',
    header: words.channel,
    cell: ({ row: { original: of } }) => (
      <span className="flex items-center gap-2">
        <PlatformMark of={of.channel_type} />
        {of.channel_name}
      </span>
    ),
  }),
  figureColumn('posts', words.counted, (of) => figure(of.posts)),
  ...reactionColumns<OfChannel>(),
];

const bestColumns: Columns<OfPost> = [
  columnsOf<OfPost>().display({
    id: 'post',
    header: words.best,
    cell: ({ row: { original: of } }) => (
      <span className="flex items-center gap-2">
        <PlatformMark of={of.channel_type} />
        <Link
          to="/app/posts/$postId"
          params={{ postId: of.post_id }}
          className="text-accent-text underline-offset-2 hover:underline"
        >
          {of.title}
        </Link>
      </span>
    ),
  }),
  ...reactionColumns<OfPost>(),
];

export const Reactions = ({ asked }: { asked: Asked }) => {
  const found = useQuery(reactionsQuery(asked)).data;
  if (!found?.channels.some((each) => each.posts > 0)) return null;
  return (
    <Section title={words.reactions}>
      <DataTable
        label={words.reactionsByChannel}
        items={found.channels}
        idOf={(each) => each.channel_id}
        columns={channelColumns}
      />
      <DataTable
        label={words.best}
        items={found.best}
        idOf={(each) => `${each.post_id} ${each.channel_type}`}
        columns={bestColumns}
      />
    </Section>
  );
};
