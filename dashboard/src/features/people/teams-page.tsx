import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ellipsis, Pencil, Plus, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '@/components/avatar';
import { Button, buttonStyle } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { MayNot } from '@/components/may-not';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { Card } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { membersQuery, teamsQuery, type Person, type Team } from '@/data/members';
import { useMe } from '@/data/people';
import { asProblem, sentence, type Problem } from '@/lib/problem';
import { commonStrings } from '@strings/common';
import { peopleStrings as words } from '@strings/people';
import { InviteDialog } from './invite-dialog';
import { PeoplePage } from './people-page';
import { useTeamCommands } from './people-data';

const name_max = 80;
const faces_max = 5;

const fieldError = (error: unknown): string | undefined => {
  if (!error) return undefined;
  const problem: Problem = asProblem(error);
  return sentence(problem.fields[0]?.detail ?? problem.message);
};

/** One field: the name of a new team, or a new name. */
const NameDialog = ({
  title,
  action,
  initial,
  error,
  isBusy,
  onSave,
  onClose,
}: {
  title: string;
  action: string;
  initial: string;
  error: unknown;
  isBusy: boolean;
  onSave: (name: string) => void;
  onClose: () => void;
}) => {
  const [name, setName] = useState(initial);
  const save = () => name.trim() && onSave(name.trim());
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button kind="primary" disabled={!name.trim()} busy={isBusy} onClick={save}>
            {action}
          </Button>
        </>
      }
    >
      <TextField
        label={words.teamName}
        value={name}
        maxLength={name_max}
        autoFocus
        error={fieldError(error)}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  );
};

type Asked = { team: Team; what: 'rename' | 'remove' | 'invite' };

const TeamRow = ({
  team,
  people,
  mayManage,
  mayRename,
  onAsk,
}: {
  team: Team;
  people: Person[];
  mayManage: boolean;
  mayRename: boolean;
  onAsk: (what: Asked['what']) => void;
}) => {
  const leaders = people.filter((each) => each.role === 'team_leader').map((each) => each.full_name);
  return (
    <li
      data-team={team.name}
      className="flex min-h-13 items-center gap-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0"
    >
      <span className="min-w-0 flex-1">
        <Link
          to="/app/people"
          search={{ team: team.id }}
          aria-label={words.showMembers(team.name)}
          className="reach block truncate font-name underline-offset-2 hover:underline"
        >
          {team.name}
        </Link>
        <span className="block truncate text-meta text-muted">
          {team.members === 0 ? words.noMembers : words.person(team.members)}
          {leaders.length > 0 && ` · ${words.leaders(commonStrings.list(leaders))}`}
        </span>
      </span>
      <span className="flex -space-x-1 max-tablet:hidden">
        {people.slice(0, faces_max).map((each) => (
          <span key={each.id} title={each.full_name} className="rounded-full border-2 border-surface">
            <Avatar name={each.full_name} />
          </span>
        ))}
      </span>
      {(mayManage || mayRename) && (
        <Menu
          trigger={
            <button type="button" aria-label={words.actions(team.name)} className={buttonStyle('ghost', 'icon')}>
              <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
            </button>
          }
        >
          <MenuItem icon={UserPlus} onSelect={() => onAsk('invite')}>
            {words.inviteInto}
          </MenuItem>
          <MenuItem icon={Pencil} onSelect={() => onAsk('rename')}>
            {words.rename}
          </MenuItem>
          {mayManage && (
            <>
              <MenuLine />
              <MenuItem icon={Trash2} danger onSelect={() => onAsk('remove')}>
                {words.removeTeam}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
    </li>
  );
};

export const TeamsPage = () => {
  const me = useMe();
  const teams = useQuery(teamsQuery);
  const { data: members = [] } = useQuery(membersQuery);
  const { make, rename, remove } = useTeamCommands();
  const [isMaking, setMaking] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const mayManage = me?.permissions.includes('manage_members') ?? false;
  const own = members.find((each) => each.id === me?.member.id)?.team_id;
  const close = () => {
    setAsked(undefined);
    setMaking(false);
    make.reset();
    rename.reset();
  };
  const newTeam = (
    <Button icon={Plus} onClick={() => setMaking(true)} className="self-start">
      {words.newTeam}
    </Button>
  );
  return (
    <PeoplePage title={words.teams}>
      {me && !mayManage && <MayNot>{words.mayNotTeams}</MayNot>}
      <Loaded query={teams} what={words.teamsList}>
        {(list) =>
          list.length === 0 ? (
            <Empty action={mayManage && newTeam}>{mayManage ? words.noTeams : words.noTeamsToRead}</Empty>
          ) : (
            <>
              <Card>
                <ul aria-label={words.teamsList}>
                  {list.map((team) => (
                    <TeamRow
                      key={team.id}
                      team={team}
                      people={members.filter((each) => each.team_id === team.id && each.is_active)}
                      mayManage={mayManage}
                      mayRename={me?.member.role === 'team_leader' && own === team.id}
                      onAsk={(what) => setAsked({ team, what })}
                    />
                  ))}
                </ul>
              </Card>
              {mayManage && newTeam}
            </>
          )
        }
      </Loaded>
      {isMaking && (
        <NameDialog
          title={words.newTeam}
          action={words.makeTeam}
          initial=""
          error={make.error}
          isBusy={make.isPending}
          onSave={(name) => make.mutate(name, { onSuccess: close })}
          onClose={close}
        />
      )}
      {asked?.what === 'rename' && (
        <NameDialog
          title={words.renameTitle(asked.team.name)}
          action={words.rename}
          initial={asked.team.name}
          error={rename.error}
          isBusy={rename.isPending}
          onSave={(name) => rename.mutate({ team: asked.team, name }, { onSuccess: close })}
          onClose={close}
        />
      )}
      {asked?.what === 'invite' && <InviteDialog teamId={asked.team.id} onClose={close} />}
      {asked?.what === 'remove' && (
        <Confirm
          open
          onOpenChange={(open) => !open && close()}
          title={words.removeTeamTitle(asked.team.name)}
          text={words.removeTeamText(asked.team.members)}
          action={words.removeTeam}
          keep={words.keepTeam}
          onConfirm={() => remove.mutate(asked.team)}
        />
      )}
    </PeoplePage>
  );
};
