/** A page that holds what was not saved asks before it is left; so does the browser before the tab is closed. */
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
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
  const settled = useRef('');
  const saved = JSON.stringify(initial);
  useEffect(() => {
    latest.current = now;
  });
  // What the form began with may be another version by now.
  useEffect(() => {
    settled.current = saved;
  }, [saved]);
  const { history } = useRouter();
  /** Answers whether to stay; there while the question stands. */
  const [answer, setAnswer] = useState<(stays: boolean) => void>();
  useEffect(() => {
    // Who has signed out is not held back.
    const holds = (): boolean => latest.current !== settled.current && sessionStore.get() !== 'out';
    return history.block({
      enableBeforeUnload: holds,
      blockerFn: ({ currentLocation, nextLocation }) =>
        currentLocation.pathname !== nextLocation.pathname &&
        holds() &&
        new Promise<boolean>((tell) => setAnswer(() => tell)),
    });
  }, [history]);
  const say = (stays: boolean) => {
    setAnswer(undefined);
    answer?.(stays);
  };
  const settle = () => {
    settled.current = latest.current;
  };
  return {
    settle,
    question: (
      <Confirm
        open={answer !== undefined}
        onOpenChange={(open) => !open && say(true)}
        title={words.leavePageTitle}
        text={words.leavePageText}
        action={words.leavePage}
        keep={words.stayOnPage}
        onConfirm={() => say(false)}
      />
    ),
  };
};
