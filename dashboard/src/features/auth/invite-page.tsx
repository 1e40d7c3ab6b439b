/** The page of an invitation's link: who invites, as what, and the account that is made. */
import { zodResolver } from '@hookform/resolvers/zod';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { ErrorBox, Skeleton } from '@/components/states';
import { api, dataOf } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { landOnFields } from '@/lib/form';
import { asProblem, type Problem } from '@/lib/problem';
import { queryClient } from '@/lib/query-client';
import { acceptInvitation } from '@/lib/session';
import { authStrings as words } from '@strings/auth';
import { frameStrings } from '@strings/frame';
import { Card } from './card';
import { carried, ToSignIn, useTitle } from './link-parts';
import { AccountFields, accountOf, accountShape } from './new-account';
import { OtherWays } from './other-ways';

type Invitation = components['schemas']['valid_invite'];

const invitationQuery = (code: string) =>
  queryOptions({
    queryKey: ['invitation', code],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/org/invites/validate/{code}', { params: { path: { code } }, signal })),
    retry: false,
    refetchOnWindowFocus: false,
  });

const shape = z.object(accountShape);
type Invited = z.infer<typeof shape>;

// A code that is known to nobody is told like one that is over: whoever came by a link can do nothing else about it.
const isOverBy = ({ status, code }: Problem): boolean => status === 404 || code === 'invite_over';

type JoinFormProps = { code: string; of?: Invitation; onWaiting: () => void; onOver: () => void };

const JoinForm = ({ code, of, onWaiting, onOver }: JoinFormProps) => {
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm<Invited>({
    resolver: zodResolver(shape),
    defaultValues: { full_name: '', email: of?.email ?? '', password: '' },
  });
  const submit = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      const isIn = await acceptInvitation({ code, ...accountOf(values) });
      queryClient.clear();
      if (isIn) await navigate({ to: '/app', replace: true });
      else onWaiting();
    } catch (error) {
      const why = landOnFields(error, setError);
      if (why && isOverBy(why)) onOver();
      else setProblem(why);
    }
  });
  return (
    <>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        <AccountFields register={register} errors={formState.errors} isFirst isForAddress={Boolean(of?.email)} />
        {problem && <ErrorBox error={problem} />}
        <Button type="submit" kind="primary" busy={formState.isSubmitting} size="tall">
          {words.join}
        </Button>
      </form>
      <OtherWays inviteCode={code} />
    </>
  );
};

export const InvitePage = () => {
  const [code] = useState(() => carried('code'));
  const [isWaiting, setWaiting] = useState(false);
  const [isOverNow, setOverNow] = useState(false);
  const { data: invitation, error, isLoading } = useQuery({ ...invitationQuery(code), enabled: code !== '' });
  useTitle(words.inviteTitle);
  const isOver = isOverNow || (invitation ? !invitation.is_valid : error !== null && isOverBy(asProblem(error)));
  const isOpen = code !== '' && !isOver && !isWaiting;
  const text = () => {
    if (code === '') return words.incompleteLink;
    if (isWaiting) return words.confirmFirst;
    if (isOver) return words.signInProblems.invite_over;
    return invitation ? words.invitedAs(frameStrings.role(invitation.role), invitation.team_name) : words.inviteText;
  };
  return (
    <Card title={invitation ? words.inviteFrom(invitation.company_name) : words.inviteTitle} text={text()}>
      {isOpen && isLoading && <Skeleton rows={3} />}
      {isOpen && !isLoading && (
        <JoinForm code={code} of={invitation} onWaiting={() => setWaiting(true)} onOver={() => setOverNow(true)} />
      )}
      <ToSignIn />
    </Card>
  );
};
