import { useState } from 'react';
import type { FieldValues, UseFormSetError } from 'react-hook-form';
import { landOnFields } from '@/lib/form';
import type { Problem } from '@/lib/problem';

/** What a form sends: errors land on its fields, and what belongs to none of them is the problem. */
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
