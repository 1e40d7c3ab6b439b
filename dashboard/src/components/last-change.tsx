/** "Jonas Weil changed it, Mon 30 Nov, 09:08:54 CET." */
import { useQuery } from '@tanstack/react-query';
import { Time } from '@/components/time';
import { membersQuery } from '@/data/members';
import { conflictStrings as words } from '@strings/conflict';

type LastChangeProps = {
  memberId: string | null | undefined;
  at: string | null | undefined;
  zone: string;
  /** "changed it", "changed them". */
  told: (name: string) => string;
};

export const LastChange = ({ memberId, at, zone, told }: LastChangeProps) => {
  const { data: members = [] } = useQuery(membersQuery);
  return (
    <span data-last-change>
      {told(members.find((each) => each.id === memberId)?.full_name ?? words.somebody)}
      {at && (
        <>
          {', '}
          <Time at={at} zone={zone} />
        </>
      )}
      .
    </span>
  );
};
