import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export type ButtonKind = 'primary' | 'quiet' | 'ghost' | 'danger' | 'warning';

const kinds: Record<ButtonKind, string> = {
  primary:
    'border-transparent bg-accent text-on-accent hover:bg-accent-hover disabled:bg-pressed disabled:text-disabled',
  quiet:
    'border-line bg-surface text-text hover:bg-hover active:bg-pressed disabled:text-disabled disabled:hover:bg-surface',
  ghost:
    'border-transparent bg-transparent text-secondary shadow-none hover:bg-hover hover:text-text active:bg-pressed disabled:text-disabled',
  danger: 'border-transparent bg-danger text-on-danger hover:opacity-90 disabled:bg-pressed disabled:text-disabled',
  warning: 'border-warning-line bg-warning-tint text-warning-text hover:bg-warning-tint',
};

const sizes = {
  regular: 'h-(--control) px-2.5 tablet:text-body',
  /** In a card that has the whole page; on a phone as high as its fields. */
  tall: 'h-9 px-2.5 tablet:text-body max-tablet:h-(--control)',
  small: 'h-6.5 px-2 text-meta max-tablet:h-11 max-tablet:px-3',
  icon: 'size-(--control) px-0',
};

/** The look of a button, for links that act like one. */
export const buttonStyle = (kind: ButtonKind = 'quiet', size: keyof typeof sizes = 'regular'): string =>
  cn(
    'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-button shadow-button max-tablet:min-w-11',
    'transition-[background-color,opacity,transform] duration-100 active:scale-[0.98] motion-reduce:active:scale-100',
    kinds[kind],
    sizes[size],
  );

type ButtonProps = ComponentProps<'button'> & {
  kind?: ButtonKind;
  size?: keyof typeof sizes;
  icon?: LucideIcon;
  /** Pressed, and waiting for the server. */
  busy?: boolean;
};

export const Button = ({
  kind = 'quiet',
  size = 'regular',
  icon: Icon,
  busy,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) => (
  <button
    type="button"
    data-kind={kind}
    className={cn(buttonStyle(kind, children === undefined && size === 'regular' ? 'icon' : size), className)}
    // Not `disabled`, which would take the focus away after the press.
    aria-disabled={busy || undefined}
    aria-busy={busy || undefined}
    {...rest}
    onClick={busy ? (event) => event.preventDefault() : onClick}
  >
    {busy ? (
      <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className="turning" />
    ) : (
      Icon && <Icon size={size === 'small' ? 14 : 16} strokeWidth={1.75} aria-hidden />
    )}
    {children}
  </button>
);
