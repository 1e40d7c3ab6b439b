import { Page } from '@/components/page';
import { frameStrings as words } from '@strings/frame';

export const CalendarPage = () => <Page title={words.calendar}>{null}</Page>;
