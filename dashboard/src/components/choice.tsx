/** A few choices side by side, of which one holds. */
import { ToggleGroup } from 'radix-ui';
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
  <ToggleGroup.Root
    type="single"
    aria-label={label}
    value={value}
    onValueChange={(next) => next && onChange(next as Value)}
    className={cn('inline-flex shrink-0 rounded-control border border-line bg-surface p-0.5', className)}
  >
    {choices.map((each) => (
      <ToggleGroup.Item
        key={each.value}
        value={each.value}
        className="h-[calc(var(--control)-6px)] rounded-kbd px-2.5 font-button whitespace-nowrap text-secondary hover:text-text data-[state=on]:bg-pressed data-[state=on]:text-text"
      >
        {each.label}
      </ToggleGroup.Item>
    ))}
  </ToggleGroup.Root>
);
