/** The webhook that receives a website channel's posts: set, tested, removed. Its secret is shown once. */
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { OnceShown } from '@/components/once-shown';
import { ErrorBox, Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import type { Channel } from '@/data/channels';
import { queryKeys } from '@/data/keys';
import { ownSiteQuery, removeOwnSite, setOwnSite, testOwnSite, type OwnSite } from '@/data/own-site';
import { ownSiteStrings as words } from '@strings/own-site';

const Told = ({ site, onTest, onRemove, busy }: { site: OwnSite; onTest: () => void; onRemove: () => void; busy: boolean }) => (
  <div className="flex flex-col gap-2 rounded-card border border-line p-3">
    <p className="font-name">{site.host}</p>
    {site.problem ? (
      <p className="text-meta break-words text-danger-text">{site.problem}</p>
    ) : (
      <p className="text-meta text-muted">
        {site.last_sent_at ? (
          <>
            {words.arrived} <Time at={site.last_sent_at} as="smart" />
          </>
        ) : (
          words.nothingYet
        )}
      </p>
    )}
    {site.is_off && <p className="text-meta text-danger-text">{words.isOff}</p>}
    {site.waiting > 0 && <p className="text-meta text-muted">{words.waiting(site.waiting)}</p>}
    <div className="flex flex-wrap gap-2">
      <Button size="small" icon={Send} busy={busy} disabled={site.is_off} onClick={onTest}>
        {words.test}
      </Button>
      <Button size="small" kind="ghost" onClick={onRemove}>
        {words.remove}
      </Button>
    </div>
  </div>
);

export const OwnSiteDialog = ({ channel, onClose }: { channel: Channel; onClose: () => void }) => {
  const client = useQueryClient();
  const query = useQuery(ownSiteQuery(channel.id));
  const [address, setAddress] = useState('');
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.ownSite(channel.id) });
  const setting = useMutation({
    mutationFn: () => setOwnSite(channel.id, address.trim()),
    onSuccess: () => setAddress(''),
    onSettled: refresh,
  });
  const testing = useMutation({
    mutationFn: () => testOwnSite(channel.id),
    onSuccess: () => toast(words.sent),
    onError: toastError,
    onSettled: refresh,
  });
  const removing = useMutation({
    mutationFn: () => removeOwnSite(channel.id),
    onSuccess: () => {
      setting.reset();
      toast(words.removed);
    },
    onError: toastError,
    onSettled: refresh,
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.title} text={words.text}>
      <div className="flex flex-col gap-4 pb-3">
        {setting.data && (
          <OnceShown title={words.secretTitle} secret={setting.data.secret}>
            {words.secretText}
          </OnceShown>
        )}
        <Loaded query={query} what={words.what} rows={1}>
          {(site) =>
            site ? (
              <Told
                site={site}
                busy={testing.isPending}
                onTest={() => testing.mutate()}
                onRemove={() => removing.mutate()}
              />
            ) : (
              <p className="text-muted">{words.none}</p>
            )
          }
        </Loaded>
        <form
          className="flex items-start gap-2 max-tablet:flex-col max-tablet:items-stretch"
          onSubmit={(event) => {
            event.preventDefault();
            setting.mutate();
          }}
        >
          <TextField
            className="flex-1"
            label={words.address}
            help={words.addressHelp}
            type="url"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
          <Button
            type="submit"
            kind="primary"
            busy={setting.isPending}
            disabled={!address.trim()}
            className="h-9 tablet:mt-6"
          >
            {words.set}
          </Button>
        </form>
        {setting.error && <ErrorBox error={setting.error} />}
      </div>
    </Dialog>
  );
};
