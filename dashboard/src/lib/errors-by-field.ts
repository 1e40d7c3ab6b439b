import { asProblem, sentence } from '@/lib/problem';

/** What the server said of each field, by its pointer ("/trigger/cron"), each a sentence. */
export const errorsByField = (error: unknown): Record<string, string> => {
  const found: Record<string, string> = {};
  if (!error) return found;
  for (const each of asProblem(error).fields) if (each.pointer) found[each.pointer] ??= sentence(each.detail);
  return found;
};

/** Labels, phrases: between commas or line ends, none twice. */
export const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((each) => each.trim())
      .filter(Boolean),
  ),
];
