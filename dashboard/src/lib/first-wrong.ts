import { useEffect } from 'react';

/**
 * What was sent came back refused: the first field that is wrong has the focus, so that its error is read out where it
 * is mended.
 */
export const focusFirstWrong = (): void => {
  const within = [...document.querySelectorAll('[role="dialog"],[role="alertdialog"]')].at(-1) ?? document;
  within.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
};

export const useFirstWrong = (error: unknown): void => {
  useEffect(() => {
    if (!error) return undefined;
    // Whatever hides the field opens first.
    const frame = requestAnimationFrame(focusFirstWrong);
    return () => cancelAnimationFrame(frame);
  }, [error]);
};
