/** The projects and channels that a member may see. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Choice } from '@/components/choice';
import { Dialog } from '@/components/dialog';
import { ErrorBox, Loaded } from '@/components/states';
import { toast } from '@/components/toast';
import { channelsQuery } from '@/data/channels';
import { queryKeys } from '@/data/keys';
import type { Person } from '@/data/members';
import { useProjects, type Project } from '@/data/projects';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { commonStrings } from '@strings/common';
import { peopleStrings as words } from '@strings/people';
import { toGrants, toggleChannel, toggleProject, type Granted } from './access';

const accessQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.access(id),
    queryFn: ({ signal }) => dataOf(api.GET('/org/members/{id}/access', { params: { path: { id } }, signal })),
  });

const ProjectRow = ({
  project,
  granted,
  onChange,
}: {
  project: Project;
  granted: Granted;
  onChange: (next: Granted) => void;
}) => {
  const channels = useQuery(channelsQuery(project.id));
  const own = granted.get(project.id);
  const isOn = granted.has(project.id);
  const list = channels.data ?? [];
  return (
    <li className="border-t border-line-subtle px-3 py-2 first:border-t-0">
      <label className="flex min-h-8 items-center gap-2.5">
        <input
          type="checkbox"
          checked={isOn}
          onChange={() => onChange(toggleProject(granted, project.id))}
          className="size-4 accent-accent"
        />
        <span className="min-w-0 flex-1 truncate font-name">{project.name}</span>
        {isOn && <span className="text-meta text-muted">{own ? words.someChannels(own.size) : words.allChannels}</span>}
      </label>
      {isOn && list.length > 1 && (
        <ul aria-label={words.channelsOf(project.name)} className="mt-1 flex flex-col gap-0.5 pl-6.5">
          {list.map((channel) => (
            <li key={channel.id}>
              <label className="flex min-h-7 items-center gap-2.5 text-secondary">
                <input
                  type="checkbox"
                  checked={!own || own.has(channel.id)}
                  onChange={() =>
                    onChange(
                      toggleChannel(
                        granted,
                        project.id,
                        channel.id,
                        list.map((each) => each.id),
                      ),
                    )
                  }
                  className="size-4 accent-accent"
                />
                <span className="truncate">{channel.name}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

const AccessForm = ({
  person,
  access,
  onClose,
}: {
  person: Person;
  access: Schemas['access'];
  onClose: () => void;
}) => {
  const client = useQueryClient();
  const projects = useProjects();
  const [isLimited, setLimited] = useState(access.is_limited);
  const [granted, setGranted] = useState<Granted>(
    new Map(access.grants.map((each) => [each.project_id, each.channel_ids ? new Set(each.channel_ids) : undefined])),
  );
  const save = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/org/members/{id}/access', {
          params: { path: { id: person.id } },
          body: { is_limited: isLimited, grants: toGrants(granted) },
        }),
      ),
    onSuccess: () => {
      toast(words.changed(person.full_name));
      onClose();
    },
    onSettled: () =>
      Promise.all(
        [queryKeys.members, queryKeys.access(person.id)].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
  return (
    <div className="flex flex-col gap-3">
      <Choice
        label={words.access}
        value={isLimited ? 'some' : 'all'}
        onChange={(next) => setLimited(next === 'some')}
        choices={[
          { value: 'all', label: words.accessAll },
          { value: 'some', label: words.accessSome },
        ]}
        className="self-start"
      />
      {isLimited && (
        <>
          <p className="text-secondary">{words.accessLimited}</p>
          <ul aria-label={words.accessProjects} className="rounded-card border border-line">
            {projects.map((each) => (
              <ProjectRow key={each.id} project={each} granted={granted} onChange={setGranted} />
            ))}
          </ul>
          {granted.size === 0 && <p className="text-warning-text">{words.accessNone}</p>}
        </>
      )}
      {save.error && <ErrorBox error={save.error} />}
      <div className="flex justify-end gap-2 pb-1 max-tablet:flex-col-reverse">
        <Button onClick={onClose}>{commonStrings.cancel}</Button>
        <Button kind="primary" busy={save.isPending} onClick={() => save.mutate()}>
          {words.save}
        </Button>
      </div>
    </div>
  );
};

export const AccessDialog = ({ person, onClose }: { person: Person; onClose: () => void }) => {
  const access = useQuery(accessQuery(person.id));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.accessTitle(person.full_name)}
      text={words.accessText}
    >
      <Loaded query={access} what={words.access} rows={4}>
        {(data) => <AccessForm key={person.id} person={person} access={data} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
};
