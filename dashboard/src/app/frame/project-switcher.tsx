import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, Layers, Plus } from 'lucide-react';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { useMay, useMe } from '@/data/people';
import { allProjects, chosenProjectStore, useProject, useProjects } from '@/data/projects';
import { useSlowNow } from '@/lib/clock';
import { useStore } from '@/lib/store';
import { zoneName } from '@/lib/time/format';
import { frameStrings as words } from '@strings/frame';
import { paletteStore } from './palette-store';

export const ProjectMark = ({ name }: { name: string }) => (
  <span
    className="inline-flex size-6.5 shrink-0 items-center justify-center rounded-control bg-text font-heading text-surface"
    aria-hidden
  >
    {(name.trim()[0] ?? '·').toUpperCase()}
  </span>
);

export const ProjectSwitcher = () => {
  const me = useMe();
  const project = useProject();
  const projects = useProjects();
  const mayMake = useMay('manage_projects');
  const navigate = useNavigate();
  const now = useSlowNow(60_000);
  const floats = useStore(paletteStore);
  const name = project?.name ?? (projects.length ? words.allProjects : words.product);
  return (
    <Menu
      align="start"
      open={floats === 'switcher'}
      onOpenChange={(open) => paletteStore.set(open ? 'switcher' : 'none')}
      trigger={
        <button
          type="button"
          className="flex min-h-10 shrink-0 items-center max-tablet:min-h-11 gap-2.5 rounded-control px-1.5 py-1 text-left hover:bg-hover tablet:max-wide:justify-center tablet:max-wide:px-0"
        >
          <span className="sr-only">{words.chooseProject}: </span>
          <ProjectMark name={name} />
          <span className="min-w-0 flex-1 leading-4 tablet:max-wide:sr-only">
            <span className="block truncate font-heading">{name}</span>
            <span className="block truncate text-axis text-muted">{me?.company.name}</span>
          </span>
          <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden className="text-muted tablet:max-wide:hidden" />
        </button>
      }
    >
      {projects.toReversed().map((each) => (
        <MenuItem key={each.id} checked={each.id === project?.id} onSelect={() => chosenProjectStore.set(each.id)}>
          <span className="flex items-baseline gap-2">
            <span className="truncate">{each.name}</span>
            <span className="ml-auto text-meta text-muted">{zoneName(now, each.time_zone)}</span>
          </span>
        </MenuItem>
      ))}
      {projects.length > 1 && (
        <MenuItem icon={Layers} checked={!project} onSelect={() => chosenProjectStore.set(allProjects)}>
          {words.allProjects}
        </MenuItem>
      )}
      {mayMake && (
        <>
          <MenuLine />
          <MenuItem icon={Plus} onSelect={() => void navigate({ to: '/app/settings/projects/new' })}>
            {words.newProject}
          </MenuItem>
        </>
      )}
    </Menu>
  );
};
