/** A switch that works at once; the label beside it says for what. */
import { cn } from '@/lib/cn';

/** What a switch looks like, for one that stands in a button with words. */
export const SwitchTrack = ({ isOn, disabled }: { isOn: boolean; disabled?: boolean | undefined }) => (
  <span
    className={cn(
      'inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border px-0.5 transition-colors duration-100',
      isOn ? 'border-accent bg-accent' : 'border-line-control bg-sunken',
      disabled && 'opacity-50',
    )}
  >
    <span
      className={cn(
        'filled size-3 rounded-full transition-transform duration-100 motion-reduce:transition-none',
        isOn ? 'translate-x-3.5 bg-on-accent' : 'bg-line-control',
      )}
    />
  </span>
);

export const Switch = ({
  label,
  isOn,
  onChange,
  disabled,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  disabled?: boolean;
}) => (
  <button
    type="button"
    role="switch"
    aria-checked={isOn}
    aria-label={label}
    disabled={disabled}
    onClick={() => onChange(!isOn)}
    className="group inline-flex h-6 w-10 shrink-0 items-center justify-center max-tablet:size-11"
  >
    <SwitchTrack isOn={isOn} disabled={disabled} />
  </button>
);
