/** A template in the form's shape, and in the API's. */
import type { Template } from '@/data/templates';
import type { Schemas } from '@/lib/api/client';

export type Platform = Schemas['channel_type'];
export type TemplateDraft = {
  name: string;
  title: string;
  text: string;
  prompt: string;
  variables: { name: string; value: string }[];
  variants: { platform: Platform; text: string }[];
};

export const emptyTemplate: TemplateDraft = { name: '', title: '', text: '', prompt: '', variables: [], variants: [] };

export const draftOf = (of: Template): TemplateDraft => ({
  name: of.name,
  title: of.title,
  text: of.text,
  prompt: of.ai_prompt,
  variables: of.variables.map((each) => ({ name: each.name, value: each.default_value })),
  variants: of.variants.map(({ platform, text }) => ({ platform, text })),
});

/** The words in the API's form, without variables that have no name yet and variants that have no text yet. */
export const wordsOf = (of: TemplateDraft) => ({
  title: of.title,
  text: of.text,
  ai_prompt: of.prompt,
  variables: of.variables
    .filter((each) => each.name.trim())
    .map((each) => ({ name: each.name.trim(), default_value: each.value })),
  variants: of.variants.filter((each) => each.text.trim()),
});

/** The readable texts of a template, in order. */
const textsOf = (of: TemplateDraft): string[] => [
  of.title,
  of.text,
  of.prompt,
  ...of.variants.map((each) => each.text),
];

const known = /^(now|project|campaign|event|feed)(\.|$)/;

/** Names in `{{ … }}` without a declaration, in order; names that Pulse fills in do not count. */
export const undeclared = (of: TemplateDraft): string[] => {
  const declared = new Set(of.variables.map((each) => each.name.trim()));
  const names = [...textsOf(of).join('\n').matchAll(/\{\{\s*([A-Za-z_][\w.]*)/g)].map((each) => each[1] ?? '');
  return [...new Set(names)].filter((name) => !known.test(name) && !declared.has(name));
};

/** A placeholder that is still being typed: it is not closed, or is empty, or has nothing after its last | or : yet. */
export const hasOpenGap = (of: TemplateDraft): boolean =>
  textsOf(of)
    .flatMap((text) => text.split('{{').slice(1))
    .some((after) => {
      const inside = after.split('}}')[0] ?? '';
      return !after.includes('}}') || inside.trim() === '' || /[|:]\s*$/.test(inside);
    });
