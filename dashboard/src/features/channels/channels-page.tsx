import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const ChannelsPage = () => <Page title={words.channels}>{null}</Page>;
