import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const OverviewPage = () => <Page title={words.overview}>{null}</Page>;
