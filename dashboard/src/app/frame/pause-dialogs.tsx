/** The two confirmations: pause, and resume. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CirclePause, CirclePlay } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { ErrorBox } from '@/components/states';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { companyQuery, useCompany } from '@/data/company';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { projectsQuery, useProject } from '@/data/projects';
import { api, dataOf } from '@/lib/api/client';
import { serverNow } from '@/lib/clock';
import { asProblem } from '@/lib/problem';
import { commonStrings } from '@strings/common';
import { frameStrings as words } from '@strings/frame';
import { paletteStore } from './palette-store';
import { begunStore, useComing, usePaused, type Scope } from './pause';

const useAfterwards = () => {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: projectsQuery.queryKey }),
      client.invalidateQueries({ queryKey: companyQuery.queryKey }),
      client.invalidateQueries({ queryKey: queryKeys.simulation }),
      client.invalidateQueries({ queryKey: queryKeys.deliveries }),
      client.invalidateQueries({ queryKey: ['post'] }),
    ]);
  };
};

const pauseOf = (scope: Scope, projectId: string | undefined) =>
  scope === 'project' && projectId
    ? dataOf(api.POST('/projects/{id}/pause', { params: { path: { id: projectId } } }))
    : dataOf(api.POST('/company/pause', {}));

const resumeOf = (scope: Scope, projectId: string | undefined): Promise<unknown> =>
  scope === 'project' && projectId
    ? dataOf(api.POST('/projects/{id}/resume', { params: { path: { id: projectId } } }))
    : dataOf(api.POST('/company/resume', {}));

/** Without an answer the result is unknown, and the dialog says so. */
const saidOf = (error: Error, unanswered: string): Error =>
  asProblem(error).code === 'unreachable' ? new Error(unanswered) : error;

const Choice = ({
  value,
  label,
  disabled,
  hint,
}: {
  value: Scope;
  label: string;
  disabled?: boolean;
  hint?: string;
}) => (
  <label className="flex items-center gap-2 py-0.5 max-tablet:min-h-11">
    <RadioGroup.Item
      value={value}
      disabled={disabled}
      className="inline-flex size-4 items-center justify-center rounded-full border border-line-control bg-surface disabled:border-line"
    >
      <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
    </RadioGroup.Item>
    <span className={disabled ? 'text-disabled' : ''}>{label}</span>
    {hint && <span className="text-meta text-muted">{hint}</span>}
  </label>
);

const PauseDialog = ({ onClose }: { onClose: () => void }) => {
  const project = useProject();
  const company = useCompany();
  const mayOperate = useMay('operate');
  const [scope, setScope] = useState<Scope>(project ? 'project' : 'company');
  const coming = useComing(true);
  const first = coming?.[0];
  const verb = useRef<HTMLButtonElement>(null);
  const afterwards = useAfterwards();
  const pause = useMutation({
    mutationFn: () => pauseOf(scope, project?.id),
    onSuccess: async (answer) => {
      begunStore.set(answer.under_way);
      await afterwards();
      onClose();
    },
  });
  const name = scope === 'project' ? (project?.name ?? '') : (company?.name ?? '');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.pauseTitle(name)}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        verb.current?.focus();
      }}
      text={
        <>
          {words.pauseNothingStarts}{' '}
          {project &&
            scope === 'project' &&
            coming &&
            (coming.length === 0 ? words.pauseHoldsNone : words.pauseHolds(coming.length))}
          {project && scope === 'project' && first && (
            <>
              , {words.pauseFirst} <em className="not-italic font-name text-text">{first.title}</em> {words.pauseAt}{' '}
              <Time at={first.due_at} as="smart" />.
            </>
          )}
        </>
      }
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button ref={verb} kind="primary" icon={CirclePause} busy={pause.isPending} onClick={() => pause.mutate()}>
            {pause.isPending ? words.pausing : words.pause}
          </Button>
        </>
      }
    >
      {project && (
        <RadioGroup.Root value={scope} onValueChange={(next) => setScope(next as Scope)} aria-label={words.pauseScope}>
          <Choice value="project" label={project.name} />
          <Choice
            value="company"
            label={words.pauseScopeCompany}
            disabled={!mayOperate}
            hint={mayOperate ? undefined : words.pauseMayNot}
          />
        </RadioGroup.Root>
      )}
      {pause.error && <ErrorBox error={saidOf(pause.error, words.pauseUnanswered)} className="mt-3" />}
    </Dialog>
  );
};

const ResumeDialog = ({ onClose }: { onClose: () => void }) => {
  const paused = usePaused();
  const project = useProject();
  const now = serverNow();
  const coming = useComing(true) ?? [];
  const afterwards = useAfterwards();
  const verb = useRef<HTMLButtonElement>(null);
  const resume = useMutation({
    mutationFn: () => resumeOf(paused?.scope ?? 'project', paused?.id ?? project?.id),
    onSuccess: async () => {
      begunStore.set([]);
      await afterwards();
      toast(words.resumed);
      onClose();
    },
  });
  const late = coming.filter((each) => Date.parse(each.due_at) < now);
  const policy = project?.lateness;
  const overdue = (dueAt: string) => policy !== undefined && now - Date.parse(dueAt) > policy.after_seconds * 1000;
  const strict = late.filter((each) => overdue(each.due_at)).length;
  const asks = policy?.policy === 'ask' ? strict : 0;
  const skips = policy?.policy === 'skip' ? strict : 0;
  const goes = late.length - asks - skips;
  const parts = [goes && words.resumeGoNow(goes), asks && words.resumeAsk(asks), skips && words.resumeSkip(skips)]
    .filter(Boolean)
    .join(', ');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.resumeTitle}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        verb.current?.focus();
      }}
      text={
        late.length === 0
          ? words.resumeNothingLate
          : `${words.resumeLate(late.length)} ${parts}, ${words.resumeByPolicy}`
      }
      actions={
        <>
          <Button onClick={onClose}>{words.keepPaused}</Button>
          <Button ref={verb} kind="primary" icon={CirclePlay} busy={resume.isPending} onClick={() => resume.mutate()}>
            {words.resume}
          </Button>
        </>
      }
    >
      {resume.error ? <ErrorBox error={saidOf(resume.error, words.resumeUnanswered)} /> : undefined}
    </Dialog>
  );
};

const PauseDialogs = () => {
  const paused = usePaused();
  const close = () => paletteStore.set('none');
  return paused ? <ResumeDialog onClose={close} /> : <PauseDialog onClose={close} />;
};

export default PauseDialogs;
