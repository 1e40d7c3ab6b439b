/**
 * The guardrails refused a time or a text: their reasons, the time that they offer, and an override for those who may.
 */
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Held, Wish } from '@/data/guardrails';
import { useMay } from '@/data/people';
import { commonStrings } from '@strings/common';
import { guardrailsStrings as words } from '@strings/guardrails';
import { Button } from './button';
import { Dialog } from './dialog';
import { TextField } from './field';
import { Time } from './time';

type HeldDialogProps = {
  held: Held;
  /** The post's title. */
  title: string;
  zone: string;
  busy: boolean;
  onAnswer: (wish: Wish) => void;
  onClose: () => void;
};

export const HeldDialog = ({ held, title, zone, busy, onAnswer, onClose }: HeldDialogProps) => {
  const mayOverride = useMay('override_guardrails');
  const [reason, setReason] = useState('');
  const isAgainst = reason.trim() !== '';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.heldTitle(title)}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          {held.otherTime && (
            <Button
              kind={isAgainst ? 'quiet' : 'primary'}
              busy={busy && !isAgainst}
              onClick={() => onAnswer({ takesOtherTime: true })}
            >
              {words.takeTime}
            </Button>
          )}
          {mayOverride && (
            <Button
              kind={isAgainst ? 'primary' : 'quiet'}
              disabled={!isAgainst}
              busy={busy && isAgainst}
              onClick={() => onAnswer({ reason: reason.trim() })}
            >
              {words.goAgainst}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3" data-held>
        <p className="flex items-start gap-2 text-warning-text">
          <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
          {held.sentences}
        </p>
        {held.otherTime && (
          <p>
            {words.movedTo} <Time at={held.otherTime} zone={zone} />
          </p>
        )}
        {mayOverride ? (
          <TextField
            label={words.why}
            help={words.whyHelp}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        ) : (
          <p className="text-secondary">{words.mayNotOverride}</p>
        )}
      </div>
    </Dialog>
  );
};
