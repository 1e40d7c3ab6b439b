/** The differences between two versions of a rule, part by part. */
import type { Schemas } from '@/lib/api/client';

export type RuleVersion = Pick<
  Schemas['version'],
  'version' | 'name' | 'trigger' | 'conditions' | 'action' | 'missed' | 'changed_by' | 'changed_at'
>;

/** What makes a rule: as it is stored, or as the editor would send it. */
type RuleContent = Record<'name' | 'trigger' | 'conditions' | 'action' | 'missed', unknown>;

export type RuleChange = { part: string; before: string; after: string };

type Parts = Map<string, string>;

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Each member under its path; lists stay whole. */
const partsOf = (value: unknown, path: string, into: Parts = new Map()): Parts => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, each] of Object.entries(value)) partsOf(each, path ? `${path}.${name}` : name, into);
  } else if (value !== null && value !== undefined) {
    into.set(path, Array.isArray(value) ? value.map(shown).join(', ') : shown(value));
  }
  return into;
};

export const changesOf = (before: RuleContent, after: RuleContent): RuleChange[] => {
  const said = (of: RuleContent) =>
    partsOf(
      { name: of.name, trigger: of.trigger, conditions: of.conditions, action: of.action, missed: of.missed },
      '',
    );
  const [old, now] = [said(before), said(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((part) => old.get(part) !== now.get(part))
    .map((part) => ({ part, before: old.get(part) ?? '', after: now.get(part) ?? '' }));
};
