/** The posts found on all tracked pages, newest first, each with the progress of its acts. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Page } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { FilterSelect } from '@/components/field';
import { useQueueCount } from '@/data/engagement';
import { useMay } from '@/data/people';
import { engagementStrings as words } from '@strings/engagement';
import { BringDialog } from './bring-dialog';
import { feedQuery, pagesQuery } from './engagement-data';
import { EngagementNav } from './engagement-nav';
import { FoundPosts } from './found-posts';

const WaitingLine = () => {
  const waiting = useQueueCount();
  if (waiting === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-warning-line bg-surface px-4 py-3">
      <p className="min-w-0 flex-1 font-name text-warning-text">{words.waitForYou(waiting)}</p>
      <Link to="/app/engagement/mine" className={buttonStyle('primary')}>
        {words.openQueue}
      </Link>
    </div>
  );
};

export const FeedPage = () => {
  const navigate = useNavigate();
  const { page: pageId } = useSearch({ from: '/app/engagement' });
  const { data: pages = [] } = useQuery(pagesQuery);
  const mayTrack = useMay('track_pages');
  const [steps, setSteps] = useState(1);
  const [isBringing, setBringing] = useState(false);
  const feed = useQuery(feedQuery(pageId, steps));
  const canBring = mayTrack && pages.length > 0;
  const bring = (className?: string) => (
    <Button icon={Plus} onClick={() => setBringing(true)} className={className}>
      {words.bring}
    </Button>
  );
  return (
    <Page title={words.title} dense ownPrimary actions={canBring ? bring() : undefined}>
      <EngagementNav />
      <WaitingLine />
      <div className="flex flex-wrap items-center gap-2 max-tablet:flex-col max-tablet:items-stretch">
        {pages.length > 1 && (
          <FilterSelect
            aria-label={words.ofPage}
            value={pageId ?? ''}
            onChange={(event) =>
              void navigate({
                to: '/app/engagement',
                search: event.target.value ? { page: event.target.value } : {},
                replace: true,
              })
            }
            className="max-tablet:w-full tablet:max-w-72"
          >
            <option value="">{words.allPages}</option>
            {pages.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </FilterSelect>
        )}
        {canBring && bring('tablet:hidden')}
      </div>
      <Loaded query={feed} what={words.postsWhat} rows={6}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <Empty
              action={
                <Link to="/app/engagement/pages" className={buttonStyle(mayTrack ? 'primary' : 'quiet')}>
                  {mayTrack ? words.trackFirst : words.pages}
                </Link>
              }
            >
              {pageId ? words.noPostsOfPage : words.noPosts}
            </Empty>
          ) : (
            <>
              <FoundPosts posts={items} withPage />
              {hasMore && (
                <Button className="self-start" busy={feed.isFetching} onClick={() => setSteps(steps + 1)}>
                  {words.morePosts}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
      {isBringing && <BringDialog pages={pages} pageId={pageId} onClose={() => setBringing(false)} />}
    </Page>
  );
};
