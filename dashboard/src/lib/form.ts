import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { asProblem, sentence, type Problem } from '@/lib/problem';

/** The react-hook-form name "variants.2.text" for "/variants/2/text". */
export const fieldOf = (pointer: string): string => pointer.replace(/^\//, '').replaceAll('/', '.');

/** Sets each error of the server on its field; returns the problem if some belong to no field. */
export const landOnFields = <T extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<T>,
): Problem | undefined => {
  const problem = asProblem(error);
  const placed = problem.fields.filter((each) => each.pointer);
  placed.forEach((each, index) =>
    setError(
      fieldOf(each.pointer ?? '') as Path<T>,
      { type: 'server', message: sentence(each.detail) },
      { shouldFocus: index === 0 },
    ),
  );
  return placed.length > 0 && placed.length === problem.fields.length ? undefined : problem;
};
