import { zodResolver } from '@hookform/resolvers/zod';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { TextArea, TextField } from '@/components/field';
import { Card, Section } from '@/components/page';
import { ErrorBox, Loaded, Skeleton } from '@/components/states';
import { Time } from '@/components/time';
import { toast, toastError } from '@/components/toast';
import { useArchive } from '@/data/archive';
import { queryKeys } from '@/data/keys';
import { teamsQuery } from '@/data/members';
import { useDebounced } from '@/lib/debounced';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { landOnFields } from '@/lib/form';
import { useKeys } from '@/lib/keys';
import type { Problem } from '@/lib/problem';
import { lazyWhenThere } from '@/lib/when-there';
import { accountStrings as words } from '@strings/account';
import { frameStrings } from '@strings/frame';
import { AccountPage } from './account-page';

const MarkdownText = lazyWhenThere(async () => ({ default: (await import('@/components/markdown')).MarkdownText }));

const profileQuery = queryOptions({
  queryKey: queryKeys.profile,
  queryFn: ({ signal }) => dataOf(api.GET('/users/profile', { signal })),
});

const typing_ms = 200;
const shape = z.object({
  full_name: z.string().check(z.minLength(1, words.needName)),
  tone: z.string(),
  markdown: z.string(),
});
type Values = z.infer<typeof shape>;
type Profile = Schemas['profile'];

const Facts = ({ profile }: { profile: Profile }) => {
  const { data: teams = [] } = useQuery(teamsQuery);
  const facts: [string, React.ReactNode][] = [
    [words.email, profile.email],
    [words.role, frameStrings.role(profile.role)],
    [words.team, teams.find((each) => each.id === profile.team_id)?.name ?? words.noTeam],
    [words.since, <Time key="since" at={profile.created_at} as="day" />],
  ];
  return (
    <dl className="grid gap-x-8 gap-y-3 rounded-card border border-line px-4 py-3 tablet:grid-cols-2 desk:grid-cols-4">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-meta text-muted">{name}</dt>
          <dd className="truncate">{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Preview = ({ text }: { text: string }) => {
  const settled = useDebounced(text, typing_ms);
  return (
    <section aria-label={words.preview} className="flex min-w-0 flex-col gap-1">
      <h3 className="font-button text-secondary">{words.preview}</h3>
      <Card className="min-h-32 flex-1 bg-sunken px-4 py-3">
        {settled.trim() ? (
          <Suspense fallback={<Skeleton rows={3} />}>
            <MarkdownText text={settled} />
          </Suspense>
        ) : (
          <p className="text-muted">{words.nothingToPreview}</p>
        )}
      </Card>
    </section>
  );
};

const ProfileForm = ({ profile }: { profile: Profile }) => {
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError, control, reset } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { full_name: profile.full_name, tone: profile.tone, markdown: profile.markdown },
  });
  const markdown = useWatch({ control, name: 'markdown' });
  const save = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      const saved = await dataOf(
        api.PUT('/users/profile', { body: { ...values, full_name: values.full_name.trim() } }),
      );
      client.setQueryData(queryKeys.profile, saved);
      reset({ full_name: saved.full_name, tone: saved.tone, markdown: saved.markdown });
      toast(words.saved);
      await Promise.all([queryKeys.me, queryKeys.members].map((queryKey) => client.invalidateQueries({ queryKey })));
    } catch (error) {
      setProblem(landOnFields(error, setError));
    }
  });
  useKeys([{ key: 'mod+s', label: words.save, group: frameStrings.keysPage, inFields: true, run: () => void save() }]);
  const errors = formState.errors;
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-6">
      <TextField
        label={words.name}
        autoComplete="name"
        maxLength={120}
        className="max-w-lg"
        error={errors.full_name?.message}
        {...register('full_name')}
      />
      <Section title={words.voice}>
        <p className="-mt-1 text-secondary">{words.voiceText}</p>
        <TextField
          label={words.tone}
          optional
          maxLength={200}
          className="max-w-lg"
          help={words.toneHelp}
          error={errors.tone?.message}
          {...register('tone')}
        />
        <div className="grid gap-4 desk:grid-cols-2">
          <TextArea
            label={words.about}
            optional
            rows={12}
            maxLength={5000}
            help={words.aboutHelp}
            error={errors.markdown?.message}
            {...register('markdown')}
          />
          <Preview text={markdown} />
        </div>
      </Section>
      {problem && <ErrorBox error={problem} />}
      <div className="flex items-center gap-3">
        <Button type="submit" kind="primary" busy={formState.isSubmitting}>
          {words.save}
        </Button>
        {formState.isDirty && <span className="text-meta text-muted">{words.unsaved}</span>}
      </div>
    </form>
  );
};

const OwnData = () => {
  const archive = useArchive('mine', toastError);
  return (
    <Section title={words.ownData}>
      <p className="-mt-1 max-w-2xl text-secondary">{words.ownDataText}</p>
      <Button icon={Download} busy={archive.isPending} onClick={() => archive.mutate()} className="self-start">
        {words.exportOwnData}
      </Button>
    </Section>
  );
};

export const ProfilePage = () => {
  const profile = useQuery(profileQuery);
  return (
    <AccountPage title={words.title}>
      <Loaded query={profile} what={words.what} rows={6}>
        {(data) => (
          <>
            <Facts profile={data} />
            <ProfileForm key={data.id} profile={data} />
            <OwnData />
          </>
        )}
      </Loaded>
    </AccountPage>
  );
};
