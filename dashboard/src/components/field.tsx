/** A form field: label above, help below; an error replaces the help and says what to do. */
import { CircleAlert, ChevronDown } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { commonStrings } from '@strings/common';

type FieldShape = { label: string; help?: ReactNode; error?: string; optional?: boolean; className?: string };

type FieldProps = FieldShape & {
  children: (props: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode;
};

export const Field = ({ label, help, error, optional, className, children }: FieldProps) => {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-button text-secondary">
        {label} {optional && <span className="font-normal text-muted">{commonStrings.optional}</span>}
      </label>
      {children({ id, 'aria-describedby': help || error ? noteId : undefined, 'aria-invalid': Boolean(error) })}
      {error ? (
        <p id={noteId} className="flex items-start gap-1 text-meta text-danger-text">
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0" />
          {error}
        </p>
      ) : (
        help && (
          <p id={noteId} className="text-meta text-muted">
            {help}
          </p>
        )
      )}
    </div>
  );
};

export const TextField = ({
  label,
  help,
  error,
  optional,
  className,
  ...input
}: FieldShape & Omit<ComponentProps<'input'>, 'className'>) => (
  <Field label={label} help={help} error={error} optional={optional} className={className}>
    {(props) => <input {...props} {...input} className="field" />}
  </Field>
);

export const TextArea = ({
  label,
  help,
  error,
  optional,
  className,
  ...input
}: FieldShape & Omit<ComponentProps<'textarea'>, 'className'>) => (
  <Field label={label} help={help} error={error} optional={optional} className={className}>
    {(props) => <textarea rows={3} {...props} {...input} className="field" />}
  </Field>
);

const Chevron = () => (
  <ChevronDown
    size={16}
    strokeWidth={1.75}
    aria-hidden
    className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-muted"
  />
);

/** A choice above a list, without a label of its own beside it: `aria-label` names it. */
export const FilterSelect = ({ className, ...input }: ComponentProps<'select'>) => (
  <span className={cn('relative inline-block min-w-0', className)}>
    <select {...input} className="field min-h-(--control) w-full appearance-none truncate py-1 pr-8 text-body" />
    <Chevron />
  </span>
);

/** A choice of a few: the browser's own list, which works with every screen reader and on every phone. */
export const SelectField = ({
  label,
  help,
  error,
  optional,
  className,
  children,
  ...input
}: FieldShape & Omit<ComponentProps<'select'>, 'className'>) => (
  <Field label={label} help={help} error={error} optional={optional} className={className}>
    {(props) => (
      <span className="relative block">
        <select {...props} {...input} className="field appearance-none pr-8">
          {children}
        </select>
        <Chevron />
      </span>
    )}
  </Field>
);
