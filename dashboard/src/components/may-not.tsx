/** Says which permission is missing, why, and whom to ask. It is not shown as an error. */
import { Lock } from 'lucide-react';
import { useWhomToAsk } from '@/data/members';
import { commonStrings } from '@strings/common';

const owners = ['owner'] as const;

type MayNotProps = {
  children: string;
  /** Nobody in the company could change it. */
  askNobody?: boolean;
  /** No admin could. */
  ownersOnly?: boolean;
};

export const MayNot = ({ children, askNobody, ownersOnly }: MayNotProps) => {
  const found = useWhomToAsk(ownersOnly ? owners : undefined);
  const names = askNobody ? [] : found;
  return (
    <p className="flex items-start gap-2 rounded-control bg-sunken px-3 py-2 text-secondary">
      <Lock size={15} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-muted" />
      <span>
        {children} {names.length > 0 && commonStrings.ask(commonStrings.either(names))}
      </span>
    </p>
  );
};
