/** A time, and the guardrails' verdict before it is chosen. */
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { ErrorBox } from '@/components/states';
import { Time } from '@/components/time';
import { WhenPicker } from '@/components/when-picker';
import type { Content } from '@/data/content';
import { useMay } from '@/data/people';
import { serverNow } from '@/lib/clock';
import { useDebounced } from '@/lib/debounced';
import { asProblem } from '@/lib/problem';
import { toMs } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { studioStrings as words } from '@strings/studio';
import { checkQuery, useContentCommands } from './studio-data';

const typing_ms = 250;
const hour_ms = 3_600_000;

export const ScheduleDialog = ({ of, zone, onClose }: { of: Content; zone: string; onClose: () => void }) => {
  const mayOverride = useMay('override_guardrails');
  const { schedule } = useContentCommands();
  const [time, setTime] = useState<number | undefined>(() => {
    const wanted = of.scheduled_at ? toMs(of.scheduled_at) : 0;
    return Math.max(wanted, Math.ceil((serverNow() + hour_ms) / 300_000) * 300_000);
  });
  const [reason, setReason] = useState('');
  const settled = useDebounced(time, typing_ms);
  const {
    data: check,
    isFetching,
    isPlaceholderData,
    error,
  } = useQuery({
    ...checkQuery(of.id, settled ?? 0),
    enabled: settled !== undefined,
  });
  // The shown verdict may still be for the previous time.
  const isAbout = check !== undefined && !isPlaceholderData && settled === time;
  const isHeld = check !== undefined && check.verdicts.length > 0;
  const isMoved = isAbout && check.is_good && toMs(check.at) !== time;
  const isAgainst = isHeld && reason.trim() !== '';
  const send = (takesOtherTime: boolean) =>
    time !== undefined &&
    schedule.mutate({ of, time, takesOtherTime, reason: reason.trim() || undefined }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.scheduleTitle}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          {isMoved && (
            <Button kind={isAgainst ? 'quiet' : 'primary'} busy={schedule.isPending} onClick={() => send(true)}>
              {words.takeTime}
            </Button>
          )}
          {(!isMoved || isAgainst) && (
            <Button
              kind="primary"
              disabled={!error && (!isAbout || (!check.is_good && !isAgainst))}
              busy={schedule.isPending}
              onClick={() => send(false)}
            >
              {words.schedule}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <WhenPicker value={time} onChange={setTime} zone={zone} autoFocus />
        <div aria-live="polite" data-guardrails={check ? (isHeld ? 'held' : 'good') : ''} className="min-h-10">
          {error ? (
            <ErrorBox error={error} />
          ) : !check ? (
            isFetching && <p className="text-meta text-muted">{words.checking}</p>
          ) : check.findings.length === 0 ? (
            <p className="flex items-center gap-2 text-success-text">
              <CircleCheck size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
              {words.good}
            </p>
          ) : (
            <ul className="flex flex-col gap-1">
              {check.findings.map((each) => (
                <li key={each} className="flex items-start gap-2 text-warning-text">
                  <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
                  {each}
                </li>
              ))}
            </ul>
          )}
          {isMoved && (
            <p className="pt-1">
              {words.movedTo} <Time at={check.at} zone={zone} />
            </p>
          )}
        </div>
        {isHeld && mayOverride && (
          <TextField
            label={words.override}
            help={words.overrideHelp}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        {/* Where the guardrails have changed meanwhile, they are asked again, and say above what they say now. */}
        {schedule.error && asProblem(schedule.error).code !== 'guardrails_move' && <ErrorBox error={schedule.error} />}
      </div>
    </Dialog>
  );
};
