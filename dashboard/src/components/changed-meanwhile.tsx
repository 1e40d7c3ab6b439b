/** Says in a form that somebody else has saved it, and that nothing of what was typed is gone. */
import { UserPen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { conflictStrings as words } from '@strings/conflict';

export const ChangedMeanwhile = ({ children, onShow }: { children: ReactNode; onShow: () => void }) => (
  <div
    role="status"
    className="sticky top-2 z-10 flex flex-wrap items-center gap-3 rounded-card border border-warning-line bg-warning-tint px-4 py-2.5 text-warning-text"
  >
    <UserPen size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
    <p className="min-w-0 flex-1">
      {children} {words.typedStays}
    </p>
    <Button onClick={onShow}>{words.showBoth}</Button>
  </div>
);
