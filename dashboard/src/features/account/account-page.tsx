import type { ReactNode } from 'react';
import { Page } from '@/components/page';
import { SubNav } from '@/components/sub-nav';
import { accountStrings as words } from '@strings/account';

export const AccountPage = ({ title, children }: { title: string; children: ReactNode }) => (
  <Page title={title} ownPrimary>
    <SubNav
      label={words.pages}
      pages={[
        { to: '/app/account', label: words.profile },
        { to: '/app/account/security', label: words.security },
        { to: '/app/account/tokens', label: words.tokensShort },
      ]}
    />
    {children}
  </Page>
);
