import { Columns3, Check } from 'lucide-react';
import { use } from 'react';
import { Button } from '@/components/button';
import { MenuParts } from '@/components/floating';
import { Menu, menuItem } from '@/components/menu';
import { commonStrings as words } from '@strings/common';
import { useShownColumns, type Columns } from './table-columns';

const Choices = <T extends object>({ table, columns }: { table: string; columns: Columns<T> }) => {
  const Radix = use(MenuParts);
  const { shown, show } = useShownColumns(table, columns);
  if (!Radix) return null;
  return columns.map(({ id = '', meta }) =>
    meta?.name ? (
      <Radix.CheckboxItem
        key={id}
        checked={shown[id] ?? true}
        onCheckedChange={(isShown) => show(id, isShown)}
        // The menu stays, for the next one.
        onSelect={(event) => event.preventDefault()}
        className={menuItem}
      >
        <span className="min-w-0 flex-1">{meta.name}</span>
        <Radix.ItemIndicator>
          <Check size={16} strokeWidth={1.75} aria-hidden className="text-accent-text" />
        </Radix.ItemIndicator>
      </Radix.CheckboxItem>
    ) : null,
  );
};

/** Shows and puts away the columns of a table; on a phone, where rows are cards, there is none. */
export const ColumnsMenu = <T extends object>(props: { table: string; columns: Columns<T> }) => (
  <Menu
    trigger={
      <Button icon={Columns3} className="ml-auto max-tablet:hidden">
        {words.columns}
      </Button>
    }
  >
    <Choices {...props} />
  </Menu>
);
