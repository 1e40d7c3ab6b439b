/** What the sign-in page tells whoever has just left for good; a page that is loaded anew tells nothing. */
import { makeStore } from '@/lib/store';

export const farewellStore = makeStore<string>('');
