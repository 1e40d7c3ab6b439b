/** An entry's before and after values, as readable lines. */
import type { Entry } from './audit-data';

export type Change = { what: string; kind: 'added' | 'removed' | 'changed'; fields: Field[] };
type Field = { name: string; before?: string; after?: string };

type Values = Record<string, unknown>;
const isValues = (given: unknown): given is Values =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

const textOf = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The fields of both sides in order of appearance; equal ones are left out. */
const fieldsOf = (before: Values, after: Values): Field[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, before: textOf(before[name]), after: textOf(after[name]) }))
    .filter((each) => each.before !== each.after);

/** A created object has no before values, a removed one no after values. */
const sideOf = (given: unknown): Values | undefined =>
  isValues(given) && Object.keys(given).length > 0 ? given : undefined;

export const changesOf = (entry: Pick<Entry, 'details'>): Change[] => {
  const told: unknown = (entry.details as Values).changes;
  if (!Array.isArray(told)) return [];
  return told.filter(isValues).map((each) => {
    const before = sideOf(each.before);
    const after = sideOf(each.after);
    return {
      what: String(each.what ?? '').replaceAll('_', ' '),
      kind: before && !after ? 'removed' : after && !before ? 'added' : 'changed',
      fields: fieldsOf(before ?? {}, after ?? {}),
    };
  });
};

/** One text of the details, such as the address. */
export const detailOf = (entry: Pick<Entry, 'details'>, name: string): string | undefined =>
  textOf((entry.details as Values)[name]);
