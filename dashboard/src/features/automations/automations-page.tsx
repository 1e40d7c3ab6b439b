/** The shared parts of the rules' pages: their tabs, and the button for a new rule. */
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/components/button';
import { Page } from '@/components/page';
import { SubNav } from '@/components/sub-nav';
import { useMay } from '@/data/people';
import { useKeys } from '@/lib/keys';
import { cn } from '@/lib/cn';
import { frameStrings } from '@strings/frame';
import { automationsStrings as words } from '@strings/automations';

export const AutomationsPage = ({ title, children }: { title: string; children: ReactNode }) => {
  const navigate = useNavigate();
  const mayManage = useMay('manage_rules');
  useKeys(
    [
      {
        key: 'n',
        label: words.keys.make,
        group: frameStrings.keysPage,
        run: () => void navigate({ to: '/app/automations/new' }),
      },
    ],
    mayManage,
  );
  const make = (className?: string) => (
    <Link to="/app/automations/new" className={cn(buttonStyle('primary'), className)}>
      <Plus size={16} strokeWidth={1.75} aria-hidden />
      {words.make}
    </Link>
  );
  return (
    <Page title={title} dense ownPrimary={mayManage} actions={mayManage ? make() : undefined}>
      <SubNav
        label={words.pages}
        pages={[
          { to: '/app/automations', label: words.rules },
          { to: '/app/automations/runs', label: words.runs },
        ]}
      />
      {mayManage && make('tablet:hidden')}
      {children}
    </Page>
  );
};
