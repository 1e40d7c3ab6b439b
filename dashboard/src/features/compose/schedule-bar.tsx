/** The composer's footer: the saved state, the time, and the primary button with its alternatives. */
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { ErrorBox } from '@/components/states';
import { Menu, MenuItem } from '@/components/menu';
import { WhenPicker } from '@/components/when-picker';
import { cn } from '@/lib/cn';
import type { Problem } from '@/lib/problem';
import { composeStrings as words } from '@strings/compose';

type Way = { label: string; run: () => void; disabled?: boolean };

type ScheduleBarProps = {
  at: number | undefined;
  setAt?: (at: number | undefined) => void;
  zone: string;
  error?: string;
  /** The prediction for that time. */
  forecast?: ReactNode;
  note: ReactNode;
  /** Why the primary button is disabled. */
  whyNot?: string;
  primary: Way;
  others: Way[];
  busy: boolean;
  /** Why it was refused, as far as no field is to blame: it stands where the button is, which is always in sight. */
  problem?: Problem;
};

export const ScheduleBar = ({
  at,
  setAt,
  zone,
  error,
  forecast,
  note,
  whyNot,
  primary,
  others,
  busy,
  problem,
}: ScheduleBarProps) => (
  <div className="tablet:sticky tablet:bottom-0 z-10 -mx-5 flex flex-wrap items-start gap-x-4 gap-y-2 border-t border-line bg-surface px-5 py-3 max-tablet:-mx-4 max-tablet:px-4">
    {problem && <ErrorBox error={problem} className="w-full" />}
    {setAt && (
      <div className="min-w-0 flex-1 basis-72">
        <WhenPicker value={at} onChange={setAt} zone={zone} error={error} />
        {forecast}
      </div>
    )}
    <div className={cn('flex flex-col items-end gap-1 max-tablet:w-full', setAt ? '' : 'ml-auto')}>
      <div className="flex max-tablet:w-full">
        <Button
          kind="primary"
          busy={busy}
          disabled={primary.disabled}
          onClick={primary.run}
          className={cn('h-9 max-tablet:h-11 max-tablet:flex-1', others.length > 0 && 'rounded-r-none')}
        >
          {primary.label}
        </Button>
        {others.length > 0 && (
          <Menu
            trigger={
              <button
                type="button"
                aria-label={words.more}
                disabled={busy}
                className="inline-flex h-9 w-8 items-center justify-center rounded-r-control border-l border-accent-line bg-accent text-on-accent hover:bg-accent-hover max-tablet:size-11"
              >
                <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
              </button>
            }
          >
            {others.map((way) => (
              <MenuItem key={way.label} onSelect={way.run} disabled={way.disabled}>
                {way.label}
              </MenuItem>
            ))}
          </Menu>
        )}
      </div>
      {whyNot && <p className="max-w-72 text-right text-meta text-secondary">{whyNot}</p>}
      <p className="text-meta text-muted" role="status">
        {note}
      </p>
    </div>
  </div>
);
