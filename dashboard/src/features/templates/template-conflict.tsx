/** What somebody else saved of a template, and what is typed here. */
import { VersionsDialog, type VersionsProps } from '@/components/versions-dialog';
import { differing } from '@/lib/shared-draft';
import { platformNames } from '@strings/platforms';
import { templatesStrings as words } from '@strings/templates';
import type { TemplateDraft } from './template-draft';

const names: Record<keyof TemplateDraft, string> = {
  name: words.name,
  title: words.titleField,
  text: words.text,
  prompt: words.prompt,
  variables: words.variablesTitle,
  variants: words.variants,
};

const textOf = (of: TemplateDraft, key: keyof TemplateDraft): string => {
  switch (key) {
    case 'variables':
      return of.variables.map((each) => `${each.name}: ${each.value}`).join('\n');
    case 'variants':
      return of.variants.map((each) => `${platformNames[each.platform]}: ${each.text}`).join('\n');
    default:
      return of[key];
  }
};

const TemplateConflict = (of: VersionsProps<TemplateDraft>) => (
  <VersionsDialog
    of={of}
    title={words.conflictTitle}
    parts={differing(of.theirs, of.mine).map((key) => ({
      name: names[key],
      theirs: textOf(of.theirs, key),
      mine: textOf(of.mine, key),
    }))}
  />
);

export default TemplateConflict;
