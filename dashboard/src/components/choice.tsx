/** A few choices side by side, one of them active. */
import { cn } from '@/lib/cn';

export const Choice = <Value extends string>({
  label,
  value,
  choices,
  onChange,
  className,
}: {
  label: string;
  value: Value;
  choices: { value: Value; label: string }[];
  onChange: (value: Value) => void;
  className?: string;
}) => (
  <div
    role="group"
    aria-label={label}
    className={cn(
      'inline-flex shrink-0 rounded-control border border-line bg-surface p-0.5 max-tablet:shrink max-tablet:flex-wrap max-tablet:gap-y-1.5',
      className,
    )}
  >
    {choices.map((each) => (
      <button
        key={each.value}
        type="button"
        aria-pressed={each.value === value}
        onClick={() => onChange(each.value)}
        className="thumb h-[calc(var(--control)-6px)] rounded-kbd px-2.5 font-button whitespace-nowrap text-secondary hover:text-text aria-pressed:bg-pressed aria-pressed:text-text"
      >
        {each.label}
      </button>
    ))}
  </div>
);
