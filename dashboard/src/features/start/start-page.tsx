import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const StartPage = () => <Page title={words.product}>{null}</Page>;
