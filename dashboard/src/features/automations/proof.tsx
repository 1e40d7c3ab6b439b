/** Beside the rule: its next ten runs as the form stands, and what a run would decide now. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { Button } from '@/components/button';
import { ErrorBox } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { useDebounced } from '@/lib/debounced';
import { useKeys } from '@/lib/keys';
import { asProblem, sentence } from '@/lib/problem';
import { offsetMinutes, toMs } from '@/lib/time/format';
import { frameStrings } from '@strings/frame';
import { automationsStrings as words } from '@strings/automations';
import { momentsQuery } from './rule-data';
import { isWhole } from './rule-draft';
import { RunStory } from './run-story';

const typing_ms = 300;

export const Moments = ({ projectId, trigger }: { projectId: string; trigger: Schemas['rule_trigger_input'] }) => {
  const settled = useDebounced(JSON.stringify(trigger), typing_ms);
  const written = JSON.parse(settled) as typeof trigger;
  const isOpen = !isWhole(written);
  const { data, error } = useQuery(momentsQuery(projectId, written));
  const problem = error ? asProblem(error) : undefined;
  return (
    <section aria-label={words.moments} className="flex flex-col gap-2" data-moments={data?.moments.length ?? 0}>
      <h2 className="font-heading">{words.moments}</h2>
      <div aria-live="polite">
        {isOpen ? (
          <p className="text-secondary">{words.momentsOpen}</p>
        ) : problem ? (
          <p className="text-meta text-secondary">
            {words.momentsWrong} {sentence(problem.fields[0]?.detail ?? problem.message)}
          </p>
        ) : data && data.moments.length === 0 ? (
          <p className="text-secondary">{words.momentsNone}</p>
        ) : (
          data && (
            <ol className="flex flex-col">
              {data.moments.map(({ at }, index) => {
                const before = data.moments[index - 1];
                const shift = before ? offsetMinutes(at, data.time_zone) - offsetMinutes(before.at, data.time_zone) : 0;
                return (
                  <li key={`${toMs(at)} ${index}`} className="border-t border-line-subtle py-1 first:border-t-0">
                    <Time at={at} zone={data.time_zone} />
                    {shift !== 0 && <span className="block text-meta text-info-text">{words.shift(shift)}</span>}
                  </li>
                );
              })}
            </ol>
          )
        )}
        {data && !isOpen && !problem && data.is_over && data.moments.length > 0 && (
          <p className="text-meta text-muted">{words.momentsOver}</p>
        )}
      </div>
    </section>
  );
};

export const DryRun = ({ ruleId, isDirty, zone }: { ruleId?: string; isDirty: boolean; zone: string }) => {
  const tried = useMutation({
    mutationFn: (id: string) =>
      dataOf(api.POST('/automation/rules/{id}/dry-run', { params: { path: { id } }, body: {} })),
  });
  const canTry = ruleId !== undefined && !isDirty;
  const run = () => canTry && tried.mutate(ruleId);
  useKeys([{ key: 'mod+Enter', label: words.tryKey, group: frameStrings.keysPage, run, inFields: true }]);
  const found = tried.data;
  return (
    <section aria-label={words.dryRun} className="flex flex-col gap-2" data-dry-run={found?.state ?? ''}>
      <h2 className="font-heading">{words.dryRun}</h2>
      <p className="text-meta text-muted">{canTry ? words.dryRunText : words.trySaved}</p>
      <Button icon={FlaskConical} disabled={!canTry} busy={tried.isPending} onClick={run} className="self-start">
        {words.tryOut}
      </Button>
      <div aria-live="polite" className="flex flex-col gap-3">
        {tried.error && <ErrorBox error={tried.error} />}
        {found && canTry && (
          <>
            <p className="flex flex-wrap items-center gap-2">
              {words.wouldBe} <Status of="run" state={found.state} />
            </p>
            {found.asks_ai && <p className="text-meta text-secondary">{words.asksAi}</p>}
            {found.content && (
              <div>
                <p className="text-meta text-muted">{words.wouldWrite}</p>
                <p className="rounded-control border border-line bg-sunken px-3 py-2 break-words whitespace-pre-wrap">
                  {found.content.text}
                </p>
              </div>
            )}
            {found.scheduled_at && (
              <p>
                {words.goesOut} <Time at={found.scheduled_at} zone={zone} />
              </p>
            )}
            <RunStory steps={found.steps} zone={zone} noTimes />
          </>
        )}
      </div>
    </section>
  );
};
