/** Editing a template, with each platform's preview beside it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Plus, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { ChangedMeanwhile } from '@/components/changed-meanwhile';
import { ChooseProject } from '@/components/choose-project';
import { Confirm } from '@/components/dialog';
import { FilterSelect, TextArea, TextField } from '@/components/field';
import { LastChange } from '@/components/last-change';
import { useLeaveGuard } from '@/components/leave-guard';
import { Page, PhoneActions, Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { useProject, useProjects, type Project } from '@/data/projects';
import { changeTemplate, readTemplate, templateQuery, type Template } from '@/data/templates';
import { api, dataOf } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { isChangedMeanwhile, saveOver, versionedOf } from '@/lib/api/versioned';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { useKeys } from '@/lib/keys';
import { asProblem } from '@/lib/problem';
import { differing, type Basis } from '@/lib/shared-draft';
import { useSharedForm } from '@/lib/shared-form';
import { lazyWhenThere } from '@/lib/when-there';
import { frameStrings } from '@strings/frame';
import { platformNames } from '@strings/platforms';
import { templatesStrings as words } from '@strings/templates';
import { Previews } from './previews';
import { draftOf, emptyTemplate, undeclared, wordsOf, type Platform, type TemplateDraft } from './template-draft';

const Conflict = lazyWhenThere(() => import('./template-conflict'));

const platforms = Object.keys(platformNames) as Platform[];

type EditorProps = { of?: Template; etag?: string; project: Project; initial: TemplateDraft };

const Editor = ({ of, etag = '', project, initial }: EditorProps) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayManage = useMay('manage_campaigns');
  const form = useSharedForm({ etag, draft: initial });
  const { draft, setDraft, base } = form;
  const [isRemoving, setRemoving] = useState(false);
  const { settle, question } = useLeaveGuard(draft, base.draft);
  const set = (next: Partial<TemplateDraft>) => setDraft((before) => ({ ...before, ...next }));
  const onSettled = () => client.invalidateQueries({ queryKey: queryKeys.templates });
  const save = useMutation({
    mutationFn: (over: Basis<TemplateDraft>) => {
      const body = { name: draft.name.trim(), ...wordsOf(draft) };
      return of
        ? saveOver(
            over.etag,
            (version) => changeTemplate(of.id, version, body),
            async () => {
              const found = await readTemplate(of.id);
              return { ...found, isTheSame: differing(draftOf(found.of), over.draft).length === 0 };
            },
          )
        : sendOnce('template', [project.id, body], (header) =>
            versionedOf(api.POST('/templates', { body: { ...body, project_id: project.id }, params: { header } })),
          );
    },
    onMutate: () => draft,
    onSuccess: (made, _, sent) => {
      settle();
      client.setQueryData(templateQuery(made.of.id).queryKey, made);
      form.onSaved({ etag: made.etag, draft: draftOf(made.of) }, sent);
      toast(of ? words.saved(made.of.version) : words.made);
      if (!of)
        void navigate({
          to: '/app/content-studio/templates/$templateId',
          params: { templateId: made.of.id },
          replace: true,
        });
    },
    onError: (error) => form.onRefused(error),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (template: Template) => {
      await dataOf(api.DELETE('/templates/{id}', { params: { path: { id: template.id } } }));
    },
    onSuccess: (_, template) => {
      settle();
      toast(words.removed(template.name));
      void navigate({ to: '/app/content-studio/templates' });
    },
    onError: toastError,
    onSettled,
  });
  const problem = isChangedMeanwhile(save.error) ? undefined : save.error;
  const errors = errorsByField(problem);
  useFirstWrong(problem);
  const changedBy = (
    <LastChange memberId={of?.created_by} at={of?.updated_at} zone={project.time_zone} told={words.changedBy} />
  );
  const isNameTaken = problem && asProblem(problem).code === 'name_taken';
  const canSave = mayManage && Boolean(draft.name.trim()) && !save.isPending;
  const keep = () => canSave && form.keep(save.mutate);
  useKeys([{ key: 'mod+s', label: words.keySave, group: frameStrings.keysPage, run: keep, inFields: true }], mayManage);
  const wanted = undeclared(draft);
  const free = platforms.filter((each) => !draft.variants.some((one) => one.platform === each));
  const variable = (index: number, next: Partial<TemplateDraft['variables'][number]>) =>
    set({ variables: draft.variables.map((each, at) => (at === index ? { ...each, ...next } : each)) });
  const removeButton = of && (
    <Button icon={Trash2} aria-label={words.remove} title={words.remove} onClick={() => setRemoving(true)} />
  );
  const saveButton = (
    <Button kind="primary" disabled={!mayManage || !draft.name.trim()} busy={save.isPending} onClick={keep}>
      {words.save}
    </Button>
  );
  return (
    <Page
      title={of?.name ?? words.newTitle}
      parent={{ label: words.title, to: '/app/content-studio/templates' }}
      ownPrimary={mayManage}
      railLabel={words.preview}
      rail={<Previews draft={draft} project={project} />}
      actions={
        mayManage && (
          <>
            {removeButton}
            {saveButton}
          </>
        )
      }
    >
      <ChangedMeanwhile form={form} by={changedBy} versions={Conflict} onSave={save.mutate} />
      <fieldset disabled={!mayManage} className="flex min-w-0 flex-col gap-5">
        <TextField
          label={words.name}
          maxLength={120}
          autoFocus={!of}
          value={draft.name}
          help={draft.name.trim() ? undefined : words.nameHelp}
          error={errors['/name'] ?? (isNameTaken ? asProblem(problem).message : undefined)}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={words.titleField}
          optional
          value={draft.title}
          error={errors['/title']}
          onChange={(event) => set({ title: event.target.value })}
        />
        <TextArea
          label={words.text}
          help={words.textHelp}
          rows={6}
          value={draft.text}
          error={errors['/text']}
          onChange={(event) => set({ text: event.target.value })}
        />
        <Section title={words.variablesTitle}>
          {draft.variables.map((each, index) => (
            <div key={index} className="grid grid-cols-[1fr_1fr_auto] items-end gap-2">
              <TextField
                label={words.variableName}
                value={each.name}
                error={errors[`/variables/${index}/name`]}
                onChange={(event) => variable(index, { name: event.target.value })}
              />
              <TextField
                label={words.variableDefault}
                value={each.value}
                error={errors[`/variables/${index}/default_value`]}
                onChange={(event) => variable(index, { value: event.target.value })}
              />
              <Button
                icon={X}
                kind="ghost"
                aria-label={words.removeVariable(each.name)}
                onClick={() => set({ variables: draft.variables.filter((_, at) => at !== index) })}
              />
            </div>
          ))}
          {errors['/variables'] && <p className="text-meta text-danger-text">{errors['/variables']}</p>}
          <div className="flex flex-wrap gap-2">
            {wanted.map((name) => (
              <Button
                key={name}
                size="small"
                icon={Plus}
                onClick={() => set({ variables: [...draft.variables, { name, value: '' }] })}
              >
                {name}
              </Button>
            ))}
            <Button
              size="small"
              kind="ghost"
              icon={Plus}
              onClick={() => set({ variables: [...draft.variables, { name: '', value: '' }] })}
            >
              {words.addVariable}
            </Button>
          </div>
        </Section>
        <Section title={words.variants}>
          {draft.variants.map((each, index) => (
            <div key={each.platform} className="flex items-start gap-2">
              <TextArea
                label={words.variantFor(platformNames[each.platform])}
                className="min-w-0 flex-1"
                value={each.text}
                error={errors[`/variants/${index}/text`]}
                onChange={(event) =>
                  set({
                    variants: draft.variants.map((one, at) =>
                      at === index ? { ...one, text: event.target.value } : one,
                    ),
                  })
                }
              />
              <Button
                icon={X}
                kind="ghost"
                aria-label={words.removeVariant(platformNames[each.platform])}
                className="mt-6"
                onClick={() => set({ variants: draft.variants.filter((_, at) => at !== index) })}
              />
            </div>
          ))}
          {free.length > 0 && (
            <FilterSelect
              aria-label={words.addVariant}
              value=""
              onChange={(event) =>
                set({ variants: [...draft.variants, { platform: event.target.value as Platform, text: draft.text }] })
              }
              className="self-start"
            >
              <option value="">{words.addVariant}</option>
              {free.map((each) => (
                <option key={each} value={each}>
                  {platformNames[each]}
                </option>
              ))}
            </FilterSelect>
          )}
        </Section>
        <TextArea
          label={words.prompt}
          optional
          help={words.promptHelp}
          value={draft.prompt}
          error={errors['/ai_prompt']}
          onChange={(event) => set({ prompt: event.target.value })}
        />
        {problem && !isNameTaken && Object.keys(errors).length === 0 && <ErrorBox error={problem} />}
        {mayManage && (
          <PhoneActions>
            {removeButton}
            {saveButton}
          </PhoneActions>
        )}
      </fieldset>
      {question}
      {of && isRemoving && (
        <Confirm
          open
          onOpenChange={(open) => !open && setRemoving(false)}
          title={words.removeTitle(of.name)}
          text={words.removeText}
          action={words.remove}
          keep={words.keep}
          onConfirm={() => remove.mutate(of)}
        />
      )}
    </Page>
  );
};

export const NewTemplatePage = () => {
  const project = useProject();
  if (project) return <Editor key={project.id} project={project} initial={emptyTemplate} />;
  return (
    <Page title={words.newTitle} parent={{ label: words.title, to: '/app/content-studio/templates' }}>
      <ChooseProject />
    </Page>
  );
};

export const TemplatePage = () => {
  const { templateId } = useParams({ from: '/app/content-studio/templates/$templateId' });
  const query = useQuery(templateQuery(templateId));
  const projects = useProjects();
  const found = query.data;
  const project = projects.find((each) => each.id === found?.of.project_id);
  if (found && project)
    return (
      <Editor key={found.of.id} of={found.of} etag={found.etag} project={project} initial={draftOf(found.of)} />
    );
  return (
    <Page title={words.title} parent={{ label: words.title, to: '/app/content-studio/templates' }}>
      <Loaded query={query} what={words.title}>
        {() => null}
      </Loaded>
    </Page>
  );
};
