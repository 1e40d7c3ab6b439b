/** Secret addresses of the calendar for calendar programs: make, copy once, revoke. */
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarPlus, Copy } from 'lucide-react';
import { Button, buttonStyle } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { ErrorBox, Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { createFeed, feedsQuery, revokeFeed, type CalendarFeed } from '@/data/calendar';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { calendarStrings as words } from '@strings/calendar';
import { commonStrings } from '@strings/common';

const copy = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    toast(commonStrings.copied);
  } catch (error) {
    toastError(error);
  }
};

/** The address, shown only this once. */
const Made = ({ url }: { url: string }) => (
  <div className="flex flex-col gap-2 rounded-card border border-success-line bg-success-tint p-3">
    <p className="font-name text-success-text">{words.feedMade}</p>
    <output className="font-mono text-meta break-all select-all">{url}</output>
    <span className="flex flex-wrap gap-2">
      <Button size="small" icon={Copy} onClick={() => void copy(url)}>
        {commonStrings.copy}
      </Button>
      <a href={url.replace(/^https?:/, 'webcal:')} className={buttonStyle('quiet', 'small')}>
        {words.openInProgram}
      </a>
    </span>
  </div>
);

const Feeds = ({ feeds, onRevoke }: { feeds: CalendarFeed[]; onRevoke?: (feed: CalendarFeed) => void }) =>
  feeds.length === 0 ? (
    <p className="text-muted">{words.noFeeds}</p>
  ) : (
    <ul className="rounded-card border border-line">
      {feeds.map((each) => (
        <li
          key={each.id}
          className="flex min-h-(--row) items-center gap-3 border-t border-line-subtle px-3 first:border-t-0"
        >
          <span className="min-w-0 flex-1 truncate">{each.name}</span>
          <span className="text-meta text-muted max-tablet:hidden">
            {each.last_read_at ? (
              <>
                {words.lastRead} <Time at={each.last_read_at} as="smart" />
              </>
            ) : (
              words.neverRead
            )}
          </span>
          {onRevoke && (
            <Button size="small" kind="ghost" onClick={() => onRevoke(each)}>
              {words.revoke}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );

export const FeedsDialog = ({
  projectId,
  open,
  onOpenChange,
}: {
  projectId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) => {
  const client = useQueryClient();
  const mayMake = useMay('publish_posts');
  const query = useQuery({ ...feedsQuery(projectId), enabled: open });
  const [name, setName] = useState('');
  const [asked, ask] = useState<CalendarFeed>();
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.calendarFeeds });
  const making = useMutation({
    mutationFn: () => createFeed(projectId, name.trim()),
    onSuccess: () => {
      setName('');
      void refresh();
    },
  });
  const revoking = useMutation({
    mutationFn: revokeFeed,
    onSuccess: () => toast(words.revoked),
    onError: toastError,
    onSettled: refresh,
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) making.reset();
        onOpenChange(next);
      }}
      title={words.feedsTitle}
      text={words.feedsText}
    >
      <div className="flex flex-col gap-4 pb-3">
        {making.data && <Made url={making.data.url} />}
        {mayMake ? (
          <form
            className="flex items-end gap-2 max-tablet:flex-col max-tablet:items-stretch"
            onSubmit={(event) => {
              event.preventDefault();
              making.mutate();
            }}
          >
            <TextField
              className="flex-1"
              label={words.feedName}
              help={words.feedNameHelp}
              optional
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="submit" kind="primary" icon={CalendarPlus} busy={making.isPending} className="tablet:mb-5.5">
              {words.makeFeed}
            </Button>
          </form>
        ) : (
          <p className="text-muted">{words.mayNot}</p>
        )}
        {making.error && <ErrorBox error={making.error} />}
        <Loaded query={query} what={words.feedsWhat} rows={2}>
          {(feeds) => <Feeds feeds={feeds} onRevoke={mayMake ? ask : undefined} />}
        </Loaded>
      </div>
      <Confirm
        open={asked !== undefined}
        onOpenChange={(next) => !next && ask(undefined)}
        title={words.revokeTitle(asked?.name ?? '')}
        text={words.revokeText}
        action={words.revokeDo}
        keep={words.keepFeed}
        onConfirm={() => asked && revoking.mutate(asked.id)}
      />
    </Dialog>
  );
};
