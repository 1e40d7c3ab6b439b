/** A page that holds what was not saved asks before it is left; so does the browser before the tab is closed. */
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { sessionStore } from '@/lib/session';
import { commonStrings as words } from '@strings/common';
import { Confirm } from './dialog';

type LeaveGuard = {
  /** What is in the form by now is saved, or no longer wanted. */
  settle: () => void;
  /** The question, to be drawn with the page. */
  question: ReactNode;
};

export const useLeaveGuard = (draft: unknown, initial: unknown): LeaveGuard => {
  const now = JSON.stringify(draft);
  const latest = useRef(now);
  const settled = useRef(JSON.stringify(initial));
  useEffect(() => {
    latest.current = now;
  });
  // Who has signed out is not held back.
  const holds = () => latest.current !== settled.current && sessionStore.get() !== 'out';
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && holds(),
    enableBeforeUnload: holds,
    withResolver: true,
  });
  const settle = () => {
    settled.current = latest.current;
  };
  return {
    settle,
    question: (
      <Confirm
        open={blocker.status === 'blocked'}
        onOpenChange={(open) => !open && blocker.reset?.()}
        title={words.leavePageTitle}
        text={words.leavePageText}
        action={words.leavePage}
        keep={words.stayOnPage}
        onConfirm={() => blocker.proceed?.()}
      />
    ),
  };
};
