import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Page } from '@/components/page';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { createProject } from '@/data/making';
import { useMay } from '@/data/people';
import { chosenProjectStore } from '@/data/projects';
import { settingsStrings as words } from '@strings/website';
import { ProjectForm } from './project-form';

export const NewProjectPage = () => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayMake = useMay('manage_projects');
  return (
    <Page title={words.newProject} parent={{ label: words.title, to: '/app/settings' }} ownPrimary>
      <p className="text-secondary">{words.newProjectText}</p>
      <ProjectForm
        action={words.makeProject}
        disabled={!mayMake}
        onSave={async (body) => {
          const made = await createProject(body);
          await client.invalidateQueries({ queryKey: queryKeys.projects });
          chosenProjectStore.set(made.id);
          toast(words.made(made.name));
          await navigate({ to: '/app/channels' });
        }}
      />
    </Page>
  );
};
