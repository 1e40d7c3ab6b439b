import type { ReactNode } from 'react';

/** A part of the rule's sentence: when, only if, then. */
export const Part = ({ title, text, children }: { title: string; text?: string; children: ReactNode }) => (
  <section
    aria-label={title}
    className="grid gap-x-6 gap-y-2 border-t border-line-subtle px-4 py-4 first:border-t-0 desk:grid-cols-[6rem_minmax(0,1fr)]"
  >
    <div>
      <h2 className="text-lead font-heading">{title}</h2>
    </div>
    <div className="flex min-w-0 flex-col gap-3">
      {text && <p className="text-meta text-muted">{text}</p>}
      {children}
    </div>
  </section>
);

/** A few boxes to tick, side by side. */
export const Ticks = <Value extends string>({
  label,
  values,
  chosen,
  nameOf,
  onChange,
}: {
  label: string;
  values: readonly Value[];
  chosen: readonly Value[];
  nameOf: (value: Value) => ReactNode;
  onChange: (chosen: Value[]) => void;
}) => (
  <fieldset className="flex min-w-0 flex-col gap-1">
    <legend className="pb-1 font-button text-secondary">{label}</legend>
    <div className="flex flex-wrap gap-1.5">
      {values.map((value) => (
        <label
          key={value}
          className="inline-flex min-h-(--control) items-center gap-1.5 rounded-control border border-line bg-surface px-2 has-checked:border-accent-line has-checked:bg-accent-tint max-tablet:min-h-11"
        >
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
            }
            className="size-4 accent-accent"
          />
          {nameOf(value)}
        </label>
      ))}
    </div>
  </fieldset>
);
