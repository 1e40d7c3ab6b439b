/** The role and the team of a member. */
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { SelectField } from '@/components/field';
import { ErrorBox } from '@/components/states';
import { roles, teamsQuery, type Person } from '@/data/members';
import { useMe, type Role } from '@/data/people';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { useMemberCommands } from './people-data';
import { hindrance, reaches } from './standing';

export const MemberDialog = ({ person, owners, onClose }: { person: Person; owners: number; onClose: () => void }) => {
  const me = useMe();
  const name = useId();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { change } = useMemberCommands();
  const [role, setRole] = useState<Role>(person.role);
  const [teamId, setTeamId] = useState(person.team_id ?? '');
  if (!me) return null;
  const hindered = hindrance('role', me.member, person, owners);
  const isChanged = role !== person.role || (teamId || null) !== person.team_id;
  const save = () => change.mutate({ person, role, teamId: teamId || null }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.changeTitle(person.full_name)}
      text={words.changeText}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button kind="primary" disabled={!isChanged} busy={change.isPending} onClick={save}>
            {words.save}
          </Button>
        </>
      }
    >
      <fieldset disabled={Boolean(hindered)} className="flex flex-col">
        <legend className="pb-1 font-button text-secondary">{words.role}</legend>
        {roles.map((each) => (
          <label
            key={each}
            className="flex items-start gap-2.5 rounded-control px-2 py-1.5 has-checked:bg-accent-tint has-disabled:text-muted max-tablet:py-2.5"
          >
            <input
              type="radio"
              name={name}
              value={each}
              checked={role === each}
              disabled={!reaches(me.member.role, each)}
              onChange={() => setRole(each)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="block font-name">{frameStrings.role(each)}</span>
              <span className="block text-meta text-secondary">{words.roleText[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {hindered && <p className="px-2 pt-1 text-meta text-muted">{words.hindrances[hindered]}</p>}
      <SelectField
        label={words.team}
        className="pt-3"
        value={teamId}
        onChange={(event) => setTeamId(event.target.value)}
      >
        <option value="">{words.noTeam}</option>
        {teams.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </SelectField>
      {change.error && <ErrorBox error={change.error} className="mt-3" />}
    </Dialog>
  );
};
