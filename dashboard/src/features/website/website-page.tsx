import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const WebsitePage = () => <Page title={words.website}>{null}</Page>;
