import { useState } from 'react';
import type { FieldValues, UseFormSetError } from 'react-hook-form';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';

/** Sends a form: errors are set on their fields, and the rest is the problem. */
export const useAttempt = <T extends FieldValues>(setError: UseFormSetError<T>) => {
  const [problem, setProblem] = useState<Problem>();
  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  };
  return { problem, attempt };
};
