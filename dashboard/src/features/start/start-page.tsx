/** First steps: project, channel, post, and finally the post going out. Each step can be left and resumed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { SelectField, TextArea, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { Page } from '@/components/page';
import { ErrorBox, Skeleton } from '@/components/states';
import { ZoneField } from '@/components/zone-field';
import { channelsQuery, type Channel } from '@/data/channels';
import { queryKeys } from '@/data/keys';
import { createChannel, createPost, createProject } from '@/data/making';
import { chosenProjectStore, projectsQuery, useProject, type Project } from '@/data/projects';
import { isRefused } from '@/lib/api/send-keys';
import { serverNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { errorsByField } from '@/lib/errors-by-field';
import { useFirstWrong } from '@/lib/first-wrong';
import { asProblem } from '@/lib/problem';
import { ownZone } from '@/lib/time/format';
import { startStrings as words } from '@strings/website';
import { GoingOut } from './going-out';

const Step = ({
  number,
  title,
  state,
  children,
}: {
  number: number;
  title: string;
  state: 'done' | 'now' | 'later';
  children?: ReactNode;
}) => (
  <li className="flex gap-3.5">
    <span
      className={cn(
        'inline-flex size-6.5 shrink-0 items-center justify-center rounded-full border font-heading',
        state === 'done' && 'border-success-line bg-success-tint text-success-text',
        state === 'now' && 'border-accent text-accent-text',
        state === 'later' && 'border-line text-muted',
      )}
    >
      {state === 'done' ? <Check size={14} strokeWidth={2} aria-label={words.done} /> : number}
    </span>
    <div className="min-w-0 flex-1 pb-6">
      <h2 className={cn('pt-0.5 text-lead font-heading', state === 'later' && 'text-muted')}>{title}</h2>
      {children}
    </div>
  </li>
);

const ProjectStep = () => {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [zone, setZone] = useState(ownZone);
  const [isAsked, setAsked] = useState(false);
  const nameless = isAsked && !name.trim() ? words.needName : undefined;
  const make = useMutation({
    mutationFn: () => createProject({ name: name.trim(), time_zone: zone.trim() }),
    onSuccess: async (made) => {
      chosenProjectStore.set(made.id);
      await client.invalidateQueries({ queryKey: queryKeys.projects });
    },
  });
  const refused = errorsByField(make.error);
  useFirstWrong(make.error);
  const errors = { name: nameless ?? refused['/name'], zone: refused['/time_zone'] };
  return (
    <form
      noValidate
      className="mt-2 flex max-w-md flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (name.trim()) make.mutate();
      }}
    >
      <p className="text-secondary">{words.projectText}</p>
      <TextField
        label={words.projectName}
        maxLength={120}
        autoFocus
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.target.value)}
      />
      <ZoneField
        label={words.zone}
        value={zone}
        error={errors.zone}
        onChange={(event) => {
          setZone(event.target.value);
          make.reset();
        }}
      />
      {make.error && !errors.name && !errors.zone && <ErrorBox error={make.error} />}
      <Button type="submit" kind="primary" busy={make.isPending} className="self-start">
        {words.makeProject}
      </Button>
    </form>
  );
};

const ChannelStep = ({ project }: { project: Project }) => {
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => createChannel({ project_id: project.id, type: 'website' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
  return (
    <div className="mt-2 flex max-w-md flex-col gap-3">
      <p className="text-secondary">{words.channelText}</p>
      {add.error && <ErrorBox error={add.error} />}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" busy={add.isPending} onClick={() => add.mutate()}>
          {words.addWebsite}
        </Button>
        <Link to="/app/channels" className={buttonStyle()}>
          {words.another}
        </Link>
      </div>
    </div>
  );
};

const PostStep = ({
  project,
  channels,
  onSent,
}: {
  project: Project;
  channels: Channel[];
  onSent: (id: string) => void;
}) => {
  const [text, setText] = useState(words.hello);
  const [delay_s, setDelay] = useState(10);
  const website = channels.filter((each) => each.is_active);
  // What nobody answered for may be there, at the time that was said then.
  const unanswered = useRef<{ of: string; at: string }>(undefined);
  const send = useMutation({
    mutationFn: () => {
      const of = `${delay_s} ${text}`;
      const at =
        unanswered.current?.of === of ? unanswered.current.at : new Date(serverNow() + delay_s * 1000).toISOString();
      unanswered.current = { of, at };
      const channel_ids = website.map((each) => each.id);
      return createPost({ project_id: project.id, text, title: '', channel_ids, scheduled_at: at });
    },
    onError: (error) => {
      if (isRefused(asProblem(error))) unanswered.current = undefined;
    },
    onSuccess: (post) => onSent(post.id),
  });
  return (
    <div className="mt-2 flex max-w-md flex-col gap-3">
      <p className="text-secondary">{words.postText}</p>
      <TextArea label={words.textLabel} value={text} onChange={(event) => setText(event.target.value)} />
      <p className="flex flex-wrap items-center gap-3 text-secondary">
        {website.map((each) => (
          <span key={each.id} className="flex items-center gap-1.5">
            <PlatformMark of={each.type} />
            {each.name}
          </span>
        ))}
      </p>
      <SelectField
        label={words.when}
        value={String(delay_s)}
        onChange={(event) => setDelay(Number(event.target.value))}
        className="max-w-48"
      >
        <option value="10">{words.inSeconds}</option>
        <option value="60">{words.inMinute}</option>
      </SelectField>
      {send.error && <ErrorBox error={send.error} />}
      <Button
        kind="primary"
        busy={send.isPending}
        disabled={!text.trim()}
        onClick={() => send.mutate()}
        className="self-start"
      >
        {delay_s === 10 ? words.sendIn10 : words.sendIn60}
      </Button>
    </div>
  );
};

export const StartPage = () => {
  const projects = useQuery(projectsQuery);
  const chosen = useProject();
  const project = chosen ?? projects.data?.at(-1);
  const channels = useQuery({ ...channelsQuery(project?.id), enabled: project !== undefined });
  const [sentId, setSentId] = useState<string>();
  const hasChannel = (channels.data?.length ?? 0) > 0;
  const step = !project ? 1 : !hasChannel ? 2 : 3;
  const stateOf = (number: number) =>
    number < step || (number === 3 && sentId) ? 'done' : number === step ? 'now' : 'later';
  const [projectWord = '', channelWord = '', postWord = ''] = words.steps;
  return (
    <Page title={words.title} ownPrimary>
      {!projects.data || (project && !channels.data) ? (
        <Skeleton rows={4} />
      ) : (
        <ol className="max-w-2xl">
          <Step
            number={1}
            title={step === 1 ? words.projectTitle : `${projectWord}: ${project?.name ?? ''}`}
            state={stateOf(1)}
          >
            {step === 1 && <ProjectStep />}
          </Step>
          <Step
            number={2}
            title={
              step === 2
                ? words.channelTitle
                : step > 2
                  ? `${channelWord}: ${channels.data?.map((each) => each.name).join(', ') ?? ''}`
                  : channelWord
            }
            state={stateOf(2)}
          >
            {step === 2 && project && <ChannelStep project={project} />}
          </Step>
          <Step number={3} title={step === 3 ? words.postTitle : postWord} state={stateOf(3)}>
            {step === 3 &&
              project &&
              channels.data &&
              (sentId ? (
                <GoingOut postId={sentId} zone={project.time_zone} />
              ) : (
                <PostStep project={project} channels={channels.data} onSent={setSentId} />
              ))}
          </Step>
        </ol>
      )}
      <Link to="/app" className="reach self-start text-muted hover:text-text tablet:py-1">
        {sentId ? words.toOverview : words.skip}
      </Link>
    </Page>
  );
};
