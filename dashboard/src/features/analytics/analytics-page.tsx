import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const AnalyticsPage = () => <Page title={words.analytics}>{null}</Page>;
