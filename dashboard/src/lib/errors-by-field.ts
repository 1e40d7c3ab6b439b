import { asProblem, sentence } from '@/lib/problem';

/** The server's field errors by pointer ("/trigger/cron"), each as a sentence. */
export const errorsByField = (error: unknown): Record<string, string> => {
  const found: Record<string, string> = {};
  if (!error) return found;
  for (const each of asProblem(error).fields) if (each.pointer) found[each.pointer] ??= sentence(each.detail);
  return found;
};

/** Labels or phrases, separated by commas or line ends, without duplicates. */
export const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((each) => each.trim())
      .filter(Boolean),
  ),
];
