/** Explains an act: the server's sentence, and each step before it. */
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '@/components/states';
import { Time } from '@/components/time';
import type { Engagement } from '@/data/engagement';
import { useZone } from '@/data/projects';
import { engagementStrings as words } from '@strings/engagement';
import { explanationQuery } from './engagement-data';

export const Explanation = ({ of }: { of: Pick<Engagement, 'id'> }) => (
  <Loaded query={useQuery(explanationQuery(of.id, useZone()))} what={words.whyWhat} rows={3}>
    {({ summary, steps }) => (
      <div className="flex flex-col gap-3" data-explanation={of.id}>
        <p className="max-w-prose text-lead">{summary}</p>
        <ol className="flex flex-col border-l border-line">
          {steps.map((step, index) => (
            <li
              key={`${step.at} ${step.kind} ${index}`}
              className="relative grid gap-x-4 py-1 pl-4 before:absolute before:top-3 before:-left-[0.1875rem] before:size-1.5 before:rounded-full before:bg-line-control tablet:grid-cols-[9rem_minmax(0,1fr)]"
            >
              <span className="text-meta text-muted">
                <Time at={step.at} as="exact" noZone />
              </span>
              <span className="break-words">{step.sentence}</span>
            </li>
          ))}
        </ol>
      </div>
    )}
  </Loaded>
);
