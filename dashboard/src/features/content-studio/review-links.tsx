import { useQuery } from '@tanstack/react-query';
import { Link2, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { OnceShown } from '@/components/once-shown';
import { Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { Time } from '@/components/time';
import type { Content } from '@/data/content';
import { useMay } from '@/data/people';
import { serverNow } from '@/lib/clock';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { toMs } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { studioStrings as words } from '@strings/studio';
import { linksQuery, useContentCommands } from './studio-data';

const LinkDialog = ({ of, onClose }: { of: Content; onClose: () => void }) => {
  const { makeLink } = useContentCommands();
  const [name, setName] = useState('');
  const [mayDecide, setMayDecide] = useState(true);
  const [days, setDays] = useState('7');
  const errors = errorsByField(makeLink.error);
  useFirstWrong(makeLink.error);
  const made = makeLink.data;
  const make = () => name.trim() && makeLink.mutate({ of, name: name.trim(), mayDecide, days: Number(days) || 7 });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.makeLink}
      text={words.linksText}
      actions={
        made ? (
          <Button kind="primary" onClick={onClose}>
            {commonStrings.close}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{commonStrings.cancel}</Button>
            <Button kind="primary" disabled={!name.trim()} busy={makeLink.isPending} onClick={make}>
              {words.makeLink}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <OnceShown title={words.linkMade(made.name)} secret={made.url}>
          {words.linkOnce}
        </OnceShown>
      ) : (
        <div className="flex flex-col gap-3">
          <TextField
            label={words.linkName}
            autoFocus
            maxLength={120}
            value={name}
            error={errors['/name']}
            onChange={(event) => setName(event.target.value)}
          />
          <label className="flex min-h-8 items-center gap-2.5 max-tablet:min-h-11">
            <input
              type="checkbox"
              checked={mayDecide}
              onChange={(event) => setMayDecide(event.target.checked)}
              className="size-4 accent-accent"
            />
            {words.linkDecides}
          </label>
          <TextField
            label={words.linkDays}
            inputMode="numeric"
            className="max-w-48"
            value={days}
            error={errors['/expires_in_hours']}
            onChange={(event) => setDays(event.target.value)}
          />
          {makeLink.error && Object.keys(errors).length === 0 && <ErrorBox error={makeLink.error} />}
        </div>
      )}
    </Dialog>
  );
};

export const ReviewLinks = ({ of }: { of: Content }) => {
  const mayDecide = useMay('decide_content');
  const query = useQuery(linksQuery(of.id));
  const { revokeLink } = useContentCommands();
  const [isMaking, setMaking] = useState(false);
  return (
    <Section
      title={words.links}
      aside={
        mayDecide && (
          <Button size="small" icon={Plus} onClick={() => setMaking(true)}>
            {words.makeLink}
          </Button>
        )
      }
    >
      <Loaded query={query} what={words.links} rows={1}>
        {(links) =>
          links.length === 0 ? (
            <p className="text-secondary">{words.noLinks}</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {links.map((each) => {
                const isOver = Boolean(each.revoked_at) || toMs(each.expires_at) < serverNow();
                return (
                  <li key={each.id} className="flex items-start gap-2" data-link={isOver ? 'over' : 'open'}>
                    <Link2 size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-muted" />
                    <span className="min-w-0 flex-1">
                      <span className={isOver ? 'text-muted' : 'font-name'}>{each.name}</span>
                      <span className="block text-meta text-muted">
                        {each.may_decide ? words.mayDecide : words.readsOnly}
                        {' · '}
                        {each.revoked_at ? (
                          words.revoked
                        ) : isOver ? (
                          words.expired
                        ) : (
                          <>
                            {words.ends} <Time at={each.expires_at} />
                          </>
                        )}
                        {' · '}
                        {each.last_read_at ? (
                          <>
                            {words.lastRead} <Time at={each.last_read_at} as="smart" />
                          </>
                        ) : (
                          words.neverRead
                        )}
                      </span>
                    </span>
                    {!isOver && mayDecide && (
                      <Button size="small" onClick={() => revokeLink.mutate({ of, linkId: each.id })}>
                        {words.revoke}
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
      {isMaking && <LinkDialog of={of} onClose={() => setMaking(false)} />}
    </Section>
  );
};
