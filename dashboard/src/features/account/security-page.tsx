import { accountStrings as words } from '@strings/account';
import { AccountPage } from './account-page';
import { IdentitiesSection } from './identities-section';
import { PasskeysSection } from './passkeys-section';
import { PasswordSection } from './password-section';
import { SecondFactorSection } from './second-factor-section';
import { SessionsSection } from './sessions-section';

export const SecurityPage = () => (
  <AccountPage title={words.securityTitle}>
    <PasswordSection />
    <PasskeysSection />
    <SecondFactorSection />
    <IdentitiesSection />
    <SessionsSection />
  </AccountPage>
);
