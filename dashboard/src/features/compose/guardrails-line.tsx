/** Below the chosen time: the guardrails' verdict on this text then, if they bind people. */
import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { guardrailCheckQuery } from '@/data/guardrails';
import { useDebounced } from '@/lib/debounced';
import { composeStrings as words } from '@strings/compose';
import type { Draft } from './draft';

const typing_ms = 400;

type GuardrailsLineProps = {
  projectId: string;
  draft: Draft;
  channelIds: string[];
  at: number;
  onTake: (at: number) => void;
};

export const GuardrailsLine = ({ projectId, draft, channelIds, at, onTake }: GuardrailsLineProps) => {
  const title = [draft.title, ...Object.values(draft.variants)].filter(Boolean).join('\n').slice(0, 300);
  const settled = useDebounced(
    {
      text: draft.text.trim() || '-',
      ...(title ? { title } : {}),
      at: new Date(at).toISOString(),
      channel_ids: channelIds,
    },
    typing_ms,
  );
  const { data: check } = useQuery(guardrailCheckQuery(projectId, settled));
  if (!check?.binds_people || check.verdicts.length === 0) return null;
  const isMoved = check.kind === 'move_to';
  return (
    <ul className="flex flex-col gap-0.5 text-meta" data-guardrails={check.kind}>
      {check.verdicts.map((each) => (
        <li key={each.by} className="flex items-start gap-1.5 text-warning-text">
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
          {each.sentence}
        </li>
      ))}
      {isMoved && (
        <li>
          <button
            type="button"
            onClick={() => onTake(Date.parse(check.at))}
            className="text-accent-text underline-offset-2 hover:underline max-tablet:min-h-11"
          >
            {words.takeAllowedTime}
          </button>
        </li>
      )}
    </ul>
  );
};
