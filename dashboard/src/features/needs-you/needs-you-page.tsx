import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const NeedsYouPage = () => <Page title={words.needsYou}>{null}</Page>;
