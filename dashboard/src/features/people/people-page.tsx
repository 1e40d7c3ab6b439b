/** The shared parts of the four people pages: their tabs, and the invitation. */
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/button';
import { Page } from '@/components/page';
import { SubNav, type SubPage } from '@/components/sub-nav';
import { membersQuery, teamsQuery } from '@/data/members';
import { useMay } from '@/data/people';
import { useKeys } from '@/lib/keys';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { InviteDialog } from './invite-dialog';

export const PeoplePage = ({
  title,
  children,
  isToRead,
}: {
  title: string;
  children: ReactNode;
  /** A page without actions; on a phone the invitation would only be in the way. */
  isToRead?: boolean;
}) => {
  const mayInvite = useMay('invite_members');
  const { data: members = [] } = useQuery(membersQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const [isInviting, setInviting] = useState(false);
  const open = () => setInviting(true);
  useKeys([{ key: 'i', label: words.keys.invite, group: frameStrings.keysPage, run: open }], mayInvite);
  const pages: SubPage[] = [
    { to: '/app/people', label: words.members, count: members.filter((each) => each.is_active).length },
    { to: '/app/people/teams', label: words.teams, count: teams.length },
    ...(mayInvite ? [{ to: '/app/people/invites', label: words.invites }] : []),
    { to: '/app/people/roles', label: words.roles },
  ];
  return (
    <Page
      title={title}
      dense
      ownPrimary={mayInvite}
      actions={
        mayInvite ? (
          <Button kind="primary" icon={UserPlus} onClick={open}>
            {words.invite}
          </Button>
        ) : undefined
      }
    >
      <SubNav label={words.pages} pages={pages} />
      {mayInvite && !isToRead && (
        <Button kind="primary" icon={UserPlus} onClick={open} className="tablet:hidden">
          {words.invite}
        </Button>
      )}
      {children}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
};
