/** Beside a template that is edited: what each platform would show of it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { PlatformMark } from '@/components/icons';
import { Preview } from '@/components/preview';
import { queryKeys } from '@/data/keys';
import type { Project } from '@/data/projects';
import { api, dataOf } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/debounced';
import { asProblem } from '@/lib/problem';
import { commonStrings } from '@strings/common';
import { templatesStrings as words } from '@strings/templates';
import { hasOpenGap, undeclared, wordsOf, type TemplateDraft } from './template-draft';

const typing_ms = 300;

export const Previews = ({ draft, project }: { draft: TemplateDraft; project: Project }) => {
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
