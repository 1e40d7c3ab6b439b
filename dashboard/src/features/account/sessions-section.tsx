import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone, SquareTerminal, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/dialog';
import { Card, Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { deviceOf } from '@/lib/device';
import { accountStrings as words } from '@strings/account';

type Session = Schemas['session'];

const sessionsQuery = queryOptions({
  queryKey: queryKeys.sessions,
  queryFn: async ({ signal }) => (await dataOf(api.GET('/auth/sessions', { signal }))).items,
});

const nameOf = (agent: string): string => {
  const { program, system } = deviceOf(agent);
  if (!program) return system ?? words.unknownDevice;
  return system ? words.on(program, system) : program;
};

const iconOf = (agent: string): LucideIcon => {
  const { system } = deviceOf(agent);
  if (!system) return SquareTerminal;
  return ['iPhone', 'iPad', 'Android'].includes(system) ? Smartphone : Monitor;
};

const SessionRow = ({ session, onEnd, isEnding }: { session: Session; onEnd: () => void; isEnding: boolean }) => {
  const Icon = iconOf(session.device);
  const name = nameOf(session.device);
  return (
    <li
      data-session={session.is_current ? 'current' : 'other'}
      className="flex min-h-13 items-center gap-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0"
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-name" title={session.device}>
            {name}
          </span>
          {session.is_current && <Status of="integration" state="connected" word={words.here} />}
        </span>
        <span className="block text-meta text-muted">
          {words.from(session.address)}
          {' · '}
          {words.lastUsed} <Time at={session.last_used_at} as="smart" />
          {' · '}
          {words.endsAt} <Time at={session.ends_at} as="day" />
        </span>
      </span>
      {!session.is_current && (
        <Button size="small" busy={isEnding} aria-label={words.endNamed(name)} onClick={onEnd}>
          {words.end}
        </Button>
      )}
    </li>
  );
};

export const SessionsSection = () => {
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const [isAsking, setAsking] = useState(false);
  const onSettled = () => client.invalidateQueries({ queryKey: queryKeys.sessions });
  const end = useMutation({
    mutationFn: (id: string) => dataOf(api.DELETE('/auth/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => toast(words.ended),
    onError: toastError,
    onSettled,
  });
  const endOthers = useMutation({
    mutationFn: () => dataOf(api.DELETE('/auth/sessions')),
    onSuccess: () => toast(words.othersEnded),
    onError: toastError,
    onSettled,
  });
  const hasOthers = (sessions.data?.length ?? 0) > 1;
  return (
    <Section
      title={words.sessions}
      count={sessions.data?.length}
      aside={
        hasOthers && (
          <Button size="small" onClick={() => setAsking(true)}>
            {words.endOthers}
          </Button>
        )
      }
    >
      <p className="-mt-1 text-secondary">{words.sessionsText}</p>
      <Loaded query={sessions} what={words.sessionsWhat}>
        {(list) => (
          <Card>
            <ul aria-label={words.sessions}>
              {list
                .toSorted((a, b) => Number(b.is_current) - Number(a.is_current))
                .map((each) => (
                  <SessionRow
                    key={each.id}
                    session={each}
                    isEnding={end.isPending && end.variables === each.id}
                    onEnd={() => end.mutate(each.id)}
                  />
                ))}
            </ul>
          </Card>
        )}
      </Loaded>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={words.endOthersTitle}
        text={words.endOthersText}
        action={words.endOthers}
        keep={words.keepThem}
        onConfirm={() => endOthers.mutate()}
      />
    </Section>
  );
};
