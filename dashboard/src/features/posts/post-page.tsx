import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const PostPage = () => <Page title={words.posts}>{null}</Page>;
