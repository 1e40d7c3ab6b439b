import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const EditPage = () => <Page title={words.posts}>{null}</Page>;
