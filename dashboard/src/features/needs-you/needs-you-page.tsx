import { Link } from '@tanstack/react-router';
import { buttonStyle } from '@/components/button';
import { NeedsYouRow, useOpenNeed } from '@/components/needs-you-row';
import { Card, Page, Section } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { useNeedsYou } from '@/data/needs-you';
import { useListKeys } from '@/lib/list-keys';
import { frameStrings } from '@strings/frame';
import { needsYouStrings as words } from '@strings/needs-you';

export const NeedsYouPage = () => {
  const { items, isPending, error, refetch } = useNeedsYou();
  const open = useOpenNeed();
  const { currentId, setCurrentId } = useListKeys({
    items,
    idOf: (each) => each.id,
    labels: { next: words.moveDown, previous: words.moveUp, open: words.open, group: frameStrings.keysPage },
    onOpen: open,
  });
  const groups = [
    { title: words.decisions, kind: 'decision' },
    { title: words.late, kind: 'late' },
    { title: words.channels, kind: 'channel' },
    { title: words.approvals, kind: 'approval' },
    { title: words.confirmations, kind: 'confirmation' },
  ] as const;
  return (
    <Page title={words.title}>
      {error && items.length === 0 ? (
        <ErrorBox error={error} what={words.list} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={4} />
      ) : items.length === 0 ? (
        <Empty
          action={
            <Link to="/app/posts" className={buttonStyle()}>
              {words.seePosts}
            </Link>
          }
        >
          {words.empty}
        </Empty>
      ) : (
        groups.map(({ title, kind }) => {
          const own = items.filter((each) => each.kind === kind);
          if (own.length === 0) return null;
          return (
            <Section key={kind} title={title} count={own.length}>
              <Card>
                <ul>
                  {own.map((each) => (
                    <NeedsYouRow
                      key={each.id}
                      of={each}
                      isCurrent={each.id === currentId}
                      onFocus={setCurrentId}
                    />
                  ))}
                </ul>
              </Card>
            </Section>
          );
        })
      )}
    </Page>
  );
};
