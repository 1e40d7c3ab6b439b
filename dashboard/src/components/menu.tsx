import { Slot } from 'radix-ui';
import { Check, type LucideIcon } from 'lucide-react';
import { Suspense, use, useState, type ReactNode } from 'react';
import { loadFloats, MenuParts, useAnchor } from '@/components/floating';
import { Kbd } from '@/components/kbd';
import { cn } from '@/lib/cn';
import { lazyWhenThere } from '@/lib/when-there';

const MenuFloat = lazyWhenThere(() => loadFloats().then((all) => ({ default: all.MenuFloat })));

export const menuItem = cn(
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

export const Menu = ({ trigger, children, align = 'end', open: given, onOpenChange }: MenuProps) => {
  const [own, setOwn] = useState(false);
  const open = given ?? own;
  const change = (next: boolean): void => {
    setOwn(next);
    onOpenChange?.(next);
  };
  const { isWanted, anchor, listeners } = useAnchor({ by: 'press', onOpen: () => change(true) });
  return (
    <>
      <Slot.Root ref={anchor.ref} aria-haspopup="menu" aria-expanded={open} {...listeners}>
        {trigger}
      </Slot.Root>
      {(isWanted || open) && (
        <Suspense>
          <MenuFloat anchor={anchor} align={align} open={open} onOpenChange={change}>
            {children}
          </MenuFloat>
        </Suspense>
      )}
    </>
  );
};

type MenuItemProps = {
  children: ReactNode;
  onSelect: () => void;
  icon?: LucideIcon;
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
};

export const MenuItem = ({ children, onSelect, icon: Icon, shortcut, danger, disabled, checked }: MenuItemProps) => {
  const Radix = use(MenuParts);
  if (!Radix) return null;
  return (
    <Radix.Item className={cn(menuItem, danger && 'text-danger-text')} onSelect={onSelect} disabled={disabled}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden className={danger ? '' : 'text-secondary'} />}
      <span className="min-w-0 flex-1">{children}</span>
      {checked && <Check size={16} strokeWidth={1.75} aria-hidden className="text-accent-text" />}
      {shortcut && <Kbd of={shortcut} />}
    </Radix.Item>
  );
};

export const MenuChoice = ({
  value,
  onChange,
  choices,
}: {
  value: string;
  onChange: (value: string) => void;
  choices: { value: string; label: string; icon?: LucideIcon }[];
}) => {
  const Radix = use(MenuParts);
  if (!Radix) return null;
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange}>
      {choices.map(({ value: each, label, icon: Icon }) => (
        <Radix.RadioItem key={each} value={each} className={menuItem}>
          {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden className="text-secondary" />}
          <span className="flex-1">{label}</span>
          <Radix.ItemIndicator>
            <Check size={16} strokeWidth={1.75} aria-hidden className="text-accent-text" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
};

export const MenuLabel = ({ children }: { children: ReactNode }) => {
  const Radix = use(MenuParts);
  return Radix ? <Radix.Label className="px-2 pt-2 pb-1 text-axis text-muted">{children}</Radix.Label> : null;
};

export const MenuLine = () => {
  const Radix = use(MenuParts);
  return Radix ? <Radix.Separator className="my-1 h-px bg-line-subtle" /> : null;
};
