/**
 * The refusals of a command for several posts, with each reason; held ones can take their free time, or be overridden.
 */
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { Time } from '@/components/time';
import type { Wish } from '@/data/guardrails';
import { useMay } from '@/data/people';
import { titleOf } from '@/data/posts';
import { commonStrings } from '@strings/common';
import { guardrailsStrings } from '@strings/guardrails';
import { postsStrings as words } from '@strings/posts';
import type { Refused } from './bulk';

type RefusedDialogProps = {
  refused: Refused[];
  zone: string;
  onClose: () => void;
  /** Schedules the held posts again with this answer; not given if none is about a time. */
  onAnswer?: (of: Refused[], wish: Wish) => void;
};

export const RefusedDialog = ({ refused, zone, onClose, onAnswer }: RefusedDialogProps) => {
  const mayOverride = useMay('override_guardrails');
  const [reason, setReason] = useState('');
  const held = onAnswer ? refused.filter((each) => each.held) : [];
  const movable = held.filter((each) => each.held?.otherTime);
  const isAgainst = reason.trim() !== '';
  return (
    <Dialog
      open={refused.length > 0}
      onOpenChange={(open) => !open && onClose()}
      title={words.refusedTitle}
      actions={
        held.length > 0 && (
          <>
            <Button onClick={onClose}>{commonStrings.cancel}</Button>
            {movable.length > 0 && (
              <Button
                kind={isAgainst ? 'quiet' : 'primary'}
                onClick={() => onAnswer?.(movable, { takesOtherTime: true })}
              >
                {words.takeFreeTimes(movable.length)}
              </Button>
            )}
            {mayOverride && (
              <Button
                kind={isAgainst ? 'primary' : 'quiet'}
                disabled={!isAgainst}
                onClick={() => onAnswer?.(held, { reason: reason.trim() })}
              >
                {guardrailsStrings.goAgainst}
              </Button>
            )}
          </>
        )
      }
    >
      <ul className="flex flex-col gap-2" data-refused={refused.length}>
        {refused.map(({ post, reason: why, held: of }) => (
          <li key={post.id}>
            <span className="font-name">{titleOf(post)}</span>
            <p className="text-secondary">{of?.sentences ?? why}</p>
            {of?.otherTime && (
              <p className="text-secondary">
                {guardrailsStrings.movedTo} <Time at={of.otherTime} zone={zone} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {held.length > 0 &&
        (mayOverride ? (
          <TextField
            className="mt-3"
            label={guardrailsStrings.why}
            help={guardrailsStrings.whyHelp}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        ) : (
          <p className="mt-3 text-secondary">{guardrailsStrings.mayNotOverride}</p>
        ))}
    </Dialog>
  );
};
