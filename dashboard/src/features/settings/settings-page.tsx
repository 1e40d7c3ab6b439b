import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const SettingsPage = () => <Page title={words.settings}>{null}</Page>;
