/** Editing a template, with each platform's preview beside it. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { CircleAlert, Plus, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { ChooseProject } from '@/components/choose-project';
import { Confirm } from '@/components/dialog';
import { FilterSelect, TextArea, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { useLeaveGuard } from '@/components/leave-guard';
import { Page, PhoneActions, Section } from '@/components/page';
import { Preview } from '@/components/preview';
import { ErrorBox, Loaded } from '@/components/states';
import { toast, toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { useProject, useProjects, type Project } from '@/data/projects';
import { templateQuery, type Template } from '@/data/templates';
import { api, dataOf, idempotencyKey } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/debounced';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { useKeys } from '@/lib/keys';
import { asProblem } from '@/lib/problem';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { platformNames } from '@strings/platforms';
import { templatesStrings as words } from '@strings/templates';
import { draftOf, emptyTemplate, hasOpenGap, undeclared, wordsOf, type Platform, type TemplateDraft } from './template-draft';

const typing_ms = 300;
const platforms = Object.keys(platformNames) as Platform[];

const Previews = ({ draft, project }: { draft: TemplateDraft; project: Project }) => {
  const settled = useDebounced(JSON.stringify(draft), typing_ms);
  const written = JSON.parse(settled) as TemplateDraft;
  const spoken = wordsOf(written);
  const isEmpty = !spoken.text.trim() && !spoken.ai_prompt.trim();
  // Unfinished input is not checked, because the answer would only be an error.
  const isOpen = hasOpenGap(written);
  const unnamed = undeclared(written);
  const isAsked = !isEmpty && !isOpen && unnamed.length === 0;
  const { data, error } = useQuery({
    queryKey: [...queryKeys.templates, 'preview', project.id, JSON.stringify(spoken)],
    queryFn: ({ signal }) =>
      dataOf(api.POST('/templates/preview', { body: { ...spoken, project_id: project.id }, signal })),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <div className="flex flex-col gap-3 p-4" aria-live="polite">
      <h2 className="font-heading">{words.preview}</h2>
      <p className="text-meta text-muted">{isEmpty ? words.noPreview : words.previewText}</p>
      {!isEmpty && isOpen && <p className="text-secondary">{words.gapOpen}</p>}
      {!isEmpty && !isOpen && unnamed.length > 0 && (
        <p className="text-secondary">{words.gapUndeclared(commonStrings.list(unnamed), unnamed.length)}</p>
      )}
      {isAsked && error && (
        <p className="text-danger-text">{asProblem(error).fields[0]?.detail ?? asProblem(error).message}</p>
      )}
      {!isEmpty && !(isAsked && error) && data && (
        <>
          {data.missing.length > 0 && (
            <p className="text-warning-text">{words.missing(commonStrings.list(data.missing))}</p>
          )}
          {data.platforms.map((each) => (
            <div key={each.platform} className="flex flex-col gap-1" data-preview-of={each.platform}>
              <p className="flex items-center gap-2 text-meta text-muted">
                <PlatformMark of={each.platform} />
                {each.name}
                <span className={cn('ml-auto tabular', each.length > each.limit && 'text-danger-text')}>
                  {words.counts(each.length, each.limit)}
                </span>
              </p>
              <Preview of={{ platform: each.platform, name: project.name, title: data.title, text: each.text }} />
              {each.problem && (
                <p className="flex items-start gap-1.5 text-meta text-danger-text">
                  <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0" />
                  {words.wouldNot(each.name, each.problem)}
                </p>
              )}
            </div>
          ))}
        </>
      )}
    </div>
  );
};

const Editor = ({ of, project, initial }: { of?: Template; project: Project; initial: TemplateDraft }) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayManage = useMay('manage_campaigns');
  const [draft, setDraft] = useState(initial);
  const [isRemoving, setRemoving] = useState(false);
  const { settle, question } = useLeaveGuard(draft, initial);
  const set = (next: Partial<TemplateDraft>) => setDraft((before) => ({ ...before, ...next }));
  const onSettled = () => client.invalidateQueries({ queryKey: queryKeys.templates });
  const save = useMutation({
    mutationFn: () => {
      const body = { name: draft.name.trim(), ...wordsOf(draft) };
      return of
        ? dataOf(api.PATCH('/templates/{id}', { params: { path: { id: of.id } }, body }))
        : dataOf(
            api.POST('/templates', {
              body: { ...body, project_id: project.id },
              params: { header: { 'Idempotency-Key': idempotencyKey() } },
            }),
          );
    },
    onSuccess: (made) => {
      settle();
      toast(of ? words.saved(made.version) : words.made);
      if (!of)
        void navigate({
          to: '/app/content-studio/templates/$templateId',
          params: { templateId: made.id },
          replace: true,
        });
    },
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
  const errors = errorsByField(save.error);
  useFirstWrong(save.error);
  const isNameTaken = save.error && asProblem(save.error).code === 'name_taken';
  const canSave = mayManage && Boolean(draft.name.trim()) && !save.isPending;
  const keep = () => canSave && save.mutate();
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
      <fieldset disabled={!mayManage} className="flex min-w-0 flex-col gap-5">
        <TextField
          label={words.name}
          maxLength={120}
          autoFocus={!of}
          value={draft.name}
          help={draft.name.trim() ? undefined : words.nameHelp}
          error={errors['/name'] ?? (isNameTaken ? asProblem(save.error).message : undefined)}
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
        {save.error && !isNameTaken && Object.keys(errors).length === 0 && <ErrorBox error={save.error} />}
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
  const project = projects.find((each) => each.id === query.data?.project_id);
  if (query.data && project)
    return (
      <Editor
        key={`${query.data.id} ${query.data.version}`}
        of={query.data}
        project={project}
        initial={draftOf(query.data)}
      />
    );
  return (
    <Page title={words.title} parent={{ label: words.title, to: '/app/content-studio/templates' }}>
      <Loaded query={query} what={words.title}>
        {() => null}
      </Loaded>
    </Page>
  );
};
