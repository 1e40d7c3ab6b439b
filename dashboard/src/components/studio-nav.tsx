/** The tabs of the content studio's pages. */
import { SubNav } from '@/components/sub-nav';
import { studioStrings as words } from '@strings/studio';

export const StudioNav = () => (
  <SubNav
    label={words.pages}
    pages={[
      { to: '/app/content-studio', label: words.content },
      { to: '/app/content-studio/templates', label: words.templates },
      { to: '/app/content-studio/guardrails', label: words.guardrails },
    ]}
  />
);
