/** Reactions to published posts: by channel, and the posts with the most. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PlatformMark } from '@/components/icons';
import { Section } from '@/components/page';
import { Table, Td, Th } from '@/components/table';
import { reactionsQuery, type Asked, type Reactions as Found } from '@/data/analytics';
import { analyticsStrings as words } from '@strings/analytics';

const names = ['likes', 'comments', 'shares', 'views'] as const;
const figure = (n: number | null) => (n === null ? words.none : n.toLocaleString('en'));

const Heads = () => (
  <>
    {names.map((each) => (
      <Th key={each} figure>
        {words.reactionNames[each]}
      </Th>
    ))}
  </>
);

const Figures = ({ of }: { of: Pick<Found['channels'][number], (typeof names)[number]> }) => (
  <>
    {names.map((each) => (
      <Td key={each} figure>
        {figure(of[each])}
      </Td>
    ))}
  </>
);

export const Reactions = ({ asked }: { asked: Asked }) => {
  const found = useQuery(reactionsQuery(asked)).data;
  if (!found?.channels.some((each) => each.posts > 0)) return null;
  return (
    <Section title={words.reactions}>
      <Table label={words.reactionsByChannel}>
        <thead>
          <tr>
            <Th>{words.channel}</Th>
            <Th figure>{words.counted}</Th>
            <Heads />
          </tr>
        </thead>
        <tbody>
          {found.channels.map((each) => (
            <tr key={each.channel_id}>
              <Td>
                <span className="flex items-center gap-2">
                  <PlatformMark of={each.channel_type} />
                  {each.channel_name}
                </span>
              </Td>
              <Td figure>{figure(each.posts)}</Td>
              <Figures of={each} />
            </tr>
          ))}
        </tbody>
      </Table>
      <Table label={words.best}>
        <thead>
          <tr>
            <Th>{words.best}</Th>
            <Heads />
          </tr>
        </thead>
        <tbody>
          {found.best.map((each) => (
            <tr key={`${each.post_id} ${each.channel_type}`}>
              <Td>
                <span className="flex items-center gap-2">
                  <PlatformMark of={each.channel_type} />
                  <Link
                    to="/app/posts/$postId"
                    params={{ postId: each.post_id }}
                    className="text-accent-text underline-offset-2 hover:underline"
                  >
                    {each.title}
                  </Link>
                </span>
              </Td>
              <Figures of={each} />
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
};
