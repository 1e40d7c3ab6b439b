import { DropdownMenu as Radix } from 'radix-ui';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Kbd } from '@/components/kbd';
import { cn } from '@/lib/cn';

const item = cn(
  'flex min-h-8 cursor-default items-center gap-2 rounded-control px-2 text-body outline-none select-none max-tablet:min-h-11',
  'data-[highlighted]:bg-pressed data-[disabled]:text-disabled',
);

type MenuProps = {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export const Menu = ({ trigger, children, align = 'end', open, onOpenChange }: MenuProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="float z-40 max-h-(--radix-dropdown-menu-content-available-height) max-w-[min(22rem,calc(100vw-1rem))] min-w-52 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-menu"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

type MenuItemProps = {
  children: ReactNode;
  onSelect: () => void;
  icon?: LucideIcon;
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
};

export const MenuItem = ({ children, onSelect, icon: Icon, shortcut, danger, disabled, checked }: MenuItemProps) => (
  <Radix.Item className={cn(item, danger && 'text-danger-text')} onSelect={onSelect} disabled={disabled}>
    {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden className={danger ? '' : 'text-secondary'} />}
    <span className="min-w-0 flex-1">{children}</span>
    {checked && <Check size={16} strokeWidth={1.75} aria-hidden className="text-accent-text" />}
    {shortcut && <Kbd of={shortcut} />}
  </Radix.Item>
);

export const MenuChoice = ({
  value,
  onChange,
  choices,
}: {
  value: string;
  onChange: (value: string) => void;
  choices: { value: string; label: string; icon?: LucideIcon }[];
}) => (
  <Radix.RadioGroup value={value} onValueChange={onChange}>
    {choices.map(({ value: each, label, icon: Icon }) => (
      <Radix.RadioItem key={each} value={each} className={item}>
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden className="text-secondary" />}
        <span className="flex-1">{label}</span>
        <Radix.ItemIndicator>
          <Check size={16} strokeWidth={1.75} aria-hidden className="text-accent-text" />
        </Radix.ItemIndicator>
      </Radix.RadioItem>
    ))}
  </Radix.RadioGroup>
);

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 pt-2 pb-1 text-axis text-muted">{children}</Radix.Label>
);

export const MenuLine = () => <Radix.Separator className="my-1 h-px bg-line-subtle" />;
