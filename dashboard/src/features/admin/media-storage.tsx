/** Where this installation keeps pictures and films, and whether it can. Keys are set in the operator's environment. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Check, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { adminStrings as words } from '@strings/admin';
import { sizeOf } from '@strings/media';
import { storageQuery } from './admin-data';

const Code = ({ children }: { children: string }) => <code className="font-mono text-meta">{children}</code>;

const Facts = ({ of }: { of: Schemas['media_storage'] }) => {
  const facts: [string, ReactNode][] = [
    [words.mediaKept, words.mediaPlaces[of.kept]],
    ...(of.bucket ? ([[words.mediaBucket, <Code key="bucket">{of.bucket}</Code>]] as [string, ReactNode][]) : []),
    ...(of.endpoint ? ([[words.mediaEndpoint, <Code key="at">{of.endpoint}</Code>]] as [string, ReactNode][]) : []),
    [of.bucket ? words.mediaOnTheirWay : words.mediaFolder, <Code key="folder">{of.folder}</Code>],
    [words.mediaFree, sizeOf(of.free_bytes)],
    [words.mediaAllowed, words.mediaLimits(sizeOf(of.company_bytes_max), sizeOf(of.file_bytes_max))],
  ];
  return (
    <dl className="grid gap-x-8 gap-y-3 rounded-card border border-line px-4 py-3 tablet:grid-cols-2 desk:grid-cols-3">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-meta text-muted">{name}</dt>
          <dd className="break-all tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Result = ({ of }: { of: Schemas['media_check'] }) => (
  <p
    role="status"
    data-media-check={of.is_well ? 'well' : 'wrong'}
    className={`flex items-start gap-1.5 ${of.is_well ? 'text-success-text' : 'text-danger-text'}`}
  >
    {of.is_well ? (
      <Check size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
    ) : (
      <CircleX size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
    )}
    <span className="min-w-0 break-words">{of.problem ?? words.mediaWell}</span>
  </p>
);

export const MediaStorage = () => {
  const check = useMutation({ mutationFn: () => dataOf(api.POST('/admin/media-storage/check')) });
  return (
    <Section title={words.media}>
      <p className="text-secondary">{words.mediaText}</p>
      <Loaded query={useQuery(storageQuery)} what={words.media} rows={2}>
        {(storage) => <Facts of={storage} />}
      </Loaded>
      <span className="flex flex-wrap items-center gap-3">
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          {words.mediaCheck}
        </Button>
        {check.data && !check.isPending && <Result of={check.data} />}
      </span>
      {check.error && <ErrorBox error={check.error} />}
    </Section>
  );
};
