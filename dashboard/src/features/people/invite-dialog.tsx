/** Invites one address, or anybody with a link: with a role, a team, a number of uses and an end. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { Choice } from '@/components/choice';
import { Dialog } from '@/components/dialog';
import { SelectField, TextField } from '@/components/field';
import { OnceShown } from '@/components/once-shown';
import { ErrorBox } from '@/components/states';
import { membersQuery, teamsQuery } from '@/data/members';
import { useMe, type Role } from '@/data/people';
import type { Schemas } from '@/lib/api/client';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { useInviteCommands } from './people-data';
import { invitable } from './standing';

const uses_max = 500;
const usesOfLink = '5';
const goodFor = [1, 3, 7, 14, 30];

const shape = z.object({
  kind: z.enum(['one', 'link']),
  email: z.string(),
  role: z.enum(['owner', 'admin', 'team_leader', 'member', 'analyst']),
  team_id: z.string(),
  uses_max: z.string(),
  expires_in_days: z.string(),
});
type Values = z.infer<typeof shape>;

const bodyOf = (values: Values): Schemas['invitation'] => ({
  role: values.role,
  expires_in_days: Number(values.expires_in_days),
  ...(values.team_id ? { team_id: values.team_id } : {}),
  ...(values.kind === 'one' ? { email: values.email.trim() } : { uses_max: Number(values.uses_max) }),
});

const Made = ({ invite }: { invite: Schemas['made_invite'] }) =>
  invite.url ? (
    <OnceShown title={invite.email ? words.linkMadeFor(invite.email) : words.linkMade} secret={invite.url}>
      {words.linkOnce}
    </OnceShown>
  ) : (
    <p role="status">{words.mailed(invite.email ?? '')}</p>
  );

type InviteFormProps = {
  teamId?: string;
  onMade: (invite: Schemas['made_invite']) => void;
  onClose: () => void;
};

const InviteForm = ({ teamId, onMade, onClose }: InviteFormProps) => {
  const me = useMe();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: members = [] } = useQuery(membersQuery);
  const { make } = useInviteCommands();
  const [problem, setProblem] = useState<Problem>();
  const role: Role = me?.member.role ?? 'analyst';
  const own = members.find((each) => each.id === me?.member.id)?.team_id ?? '';
  const isLeader = role === 'team_leader';
  const { register, handleSubmit, formState, setError, setValue, control } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: {
      kind: 'one',
      email: '',
      role: 'member',
      team_id: teamId ?? (isLeader ? own : ''),
      uses_max: usesOfLink,
      expires_in_days: '7',
    },
  });
  const kind = useWatch({ control, name: 'kind' });
  const chosen = useWatch({ control, name: 'role' });
  const save = handleSubmit(async (values) => {
    setProblem(undefined);
    if (values.kind === 'one' && !values.email.includes('@')) return setError('email', { message: words.needEmail });
    const uses = Number(values.uses_max);
    if (values.kind === 'link' && !(Number.isInteger(uses) && uses >= 1 && uses <= uses_max))
      return setError('uses_max', { message: words.needUses });
    try {
      onMade(await make.mutateAsync(bodyOf(values)));
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  const errors = formState.errors;
  if (isLeader && !own) return <p className="pb-3 text-secondary">{words.noOwnTeam}</p>;
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-3">
      <Choice
        label={words.forWhom}
        value={kind}
        onChange={(next) => setValue('kind', next)}
        choices={[
          { value: 'one', label: words.toOne },
          { value: 'link', label: words.byLink },
        ]}
        className="self-start"
      />
      {kind === 'one' ? (
        <TextField
          label={words.email}
          type="email"
          autoComplete="off"
          autoFocus
          help={words.emailHelp}
          error={errors.email?.message}
          {...register('email')}
        />
      ) : (
        <TextField label={words.uses} inputMode="numeric" error={errors.uses_max?.message} {...register('uses_max')} />
      )}
      <SelectField label={words.role} help={words.roleText[chosen]} error={errors.role?.message} {...register('role')}>
        {invitable(role).map((each) => (
          <option key={each} value={each}>
            {frameStrings.role(each)}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-3 tablet:grid-cols-2">
        <SelectField
          label={words.team}
          help={isLeader ? words.ownTeamOnly : undefined}
          error={errors.team_id?.message}
          {...register('team_id')}
        >
          {!isLeader && <option value="">{words.noTeam}</option>}
          {teams
            .filter((each) => !isLeader || each.id === own)
            .map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
        </SelectField>
        <SelectField label={words.expires} {...register('expires_in_days')}>
          {goodFor.map((each) => (
            <option key={each} value={each}>
              {words.days(each)}
            </option>
          ))}
        </SelectField>
      </div>
      {problem && <ErrorBox error={problem} />}
      <div className="flex justify-end gap-2 pb-1 max-tablet:flex-col-reverse">
        <Button onClick={onClose}>{words.done}</Button>
        <Button type="submit" kind="primary" busy={formState.isSubmitting}>
          {kind === 'one' ? words.sendInvite : words.makeInvite}
        </Button>
      </div>
    </form>
  );
};

export const InviteDialog = ({ teamId, onClose }: { teamId?: string; onClose: () => void }) => {
  const [made, setMade] = useState<Schemas['made_invite']>();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.invite}
      text={made ? undefined : words.inviteText}
      actions={
        made && (
          <>
            <Button onClick={() => setMade(undefined)}>{words.another}</Button>
            <Button kind="primary" onClick={onClose} autoFocus>
              {words.done}
            </Button>
          </>
        )
      }
    >
      {made ? <Made invite={made} /> : <InviteForm teamId={teamId} onMade={setMade} onClose={onClose} />}
    </Dialog>
  );
};
