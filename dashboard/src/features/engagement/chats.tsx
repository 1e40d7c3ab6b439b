/**
 * Chats that notify me, or the company, of waiting acts: Slack, Teams, Discord, by the address of an incoming webhook.
 */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MessageSquare, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { SelectField, TextField } from '@/components/field';
import { Card, Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { chatStrings as words } from '@strings/chats';

type Hook = Schemas['chat_hook'];
type Kind = Schemas['chat_kind'];
type Base = '/automation/webhooks' | '/automation/company-webhooks';

const kinds: readonly Kind[] = ['slack', 'teams', 'discord'];

const hooksQuery = queryOptions({
  queryKey: [...queryKeys.engagement, 'chats'],
  queryFn: async ({ signal }) => (await dataOf(api.GET('/automation/webhooks', { signal }))).items,
});

const useHookCommands = (base: Base) => {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: hooksQuery.queryKey });
  const at = (id: string) => ({ params: { path: { id } } });
  const add = useMutation({
    mutationFn: (body: { kind: Kind; address: string }) =>
      sendOnce(base, body, (header) => dataOf(api.POST(base, { body, params: { header } }))),
    onSuccess: () => toast(words.added),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => {
      await dataOf(api.DELETE(`${base}/{id}`, at(id)));
    },
    onSuccess: () => toast(words.removed),
    onError: toastError,
    onSettled,
  });
  const tryIt = useMutation({
    mutationFn: async (id: string) => {
      await dataOf(api.POST(`${base}/{id}/test`, at(id)));
    },
    onSuccess: () => toast(words.tried),
    onError: toastError,
    onSettled,
  });
  return { add, remove, tryIt };
};

const HookRow = ({ of, base, mayKeep }: { of: Hook; base: Base; mayKeep: boolean }) => {
  const { remove, tryIt } = useHookCommands(base);
  return (
    <li
      data-chat={of.host}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line-subtle px-3 py-2.5 first:border-t-0"
    >
      <MessageSquare size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1 basis-40">
        <span className="block font-name break-words">{words.kinds[of.kind]}</span>
        <span className="block text-meta break-words text-muted">
          {of.host} ·{' '}
          {of.last_sent_at ? (
            <>
              {words.lastSent} <Time at={of.last_sent_at} as="smart" />
            </>
          ) : (
            words.neverSent
          )}
        </span>
        {(of.problem ?? of.is_off) && (
          <span role="status" className="block text-meta text-warning-text">
            {of.problem} {of.is_off && words.isOff}
          </span>
        )}
      </span>
      {mayKeep && (
        <span className="flex gap-1">
          <Button size="small" busy={tryIt.isPending} disabled={of.is_off} onClick={() => tryIt.mutate(of.id)}>
            {words.tryIt}
          </Button>
          <Button
            size="small"
            kind="ghost"
            icon={X}
            aria-label={words.remove(of.host)}
            disabled={remove.isPending}
            onClick={() => remove.mutate(of.id)}
          />
        </span>
      )}
    </li>
  );
};

const NewHook = ({ base }: { base: Base }) => {
  const { add } = useHookCommands(base);
  const [kind, setKind] = useState<Kind>('slack');
  const [address, setAddress] = useState('');
  return (
    <form
      className="flex max-w-3xl flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (address.trim() && !add.isPending)
          add.mutate({ kind, address: address.trim() }, { onSuccess: () => setAddress('') });
      }}
    >
      <SelectField label={words.kind} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
        {kinds.map((each) => (
          <option key={each} value={each}>
            {words.kinds[each]}
          </option>
        ))}
      </SelectField>
      <TextField
        className="min-w-0 flex-1 basis-56"
        type="url"
        autoComplete="off"
        label={words.address}
        maxLength={2000}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Button type="submit" busy={add.isPending} disabled={!address.trim()} className="min-h-9">
        {words.add}
      </Button>
      {add.error && <ErrorBox error={add.error} className="w-full" />}
    </form>
  );
};

const Hooks = ({ of, base, mayKeep, label }: { of: Hook[]; base: Base; mayKeep: boolean; label: string }) => (
  <>
    {of.length === 0 ? (
      <p className="text-muted">{words.none}</p>
    ) : (
      <Card>
        <ul aria-label={label}>
          {of.map((each) => (
            <HookRow key={each.id} of={each} base={base} mayKeep={mayKeep} />
          ))}
        </ul>
      </Card>
    )}
    {mayKeep && <NewHook base={base} />}
  </>
);

export const Chats = ({ isMember }: { isMember: boolean }) => {
  const hooks = useQuery(hooksQuery);
  const mayKeepCompanys = useMay('operate');
  return (
    <>
      {isMember && (
        <Section title={words.mine}>
          <p className="max-w-prose text-secondary">{words.mineText}</p>
          <Loaded query={hooks} what={words.what} rows={2}>
            {(items) => (
              <Hooks
                of={items.filter((each) => !each.is_company)}
                base="/automation/webhooks"
                mayKeep
                label={words.mine}
              />
            )}
          </Loaded>
        </Section>
      )}
      <Section title={words.company}>
        <p className="max-w-prose text-secondary">{words.companyText}</p>
        <Loaded query={hooks} what={words.what} rows={2}>
          {(items) => (
            <Hooks
              of={items.filter((each) => each.is_company)}
              base="/automation/company-webhooks"
              mayKeep={mayKeepCompanys}
              label={words.company}
            />
          )}
        </Loaded>
      </Section>
    </>
  );
};
