/** The page of the guardrails: what they held back, and the form. */
import { useQuery } from '@tanstack/react-query';
import { ChooseProject } from '@/components/choose-project';
import { Page } from '@/components/page';
import { StudioNav } from '@/components/studio-nav';
import { Loaded } from '@/components/states';
import { useProject, type Project } from '@/data/projects';
import { guardrailsStrings as words } from '@strings/guardrails';
import { guardrailsQuery } from './guardrails-draft';
import { GuardrailsForm } from './guardrails-form';
import { HeldBack } from './held-back';

export const GuardrailsOf = ({ project }: { project: Project }) => {
  const query = useQuery(guardrailsQuery(project.id));
  return (
    <>
      <HeldBack projectId={project.id} zone={project.time_zone} />
      <Loaded query={query} what={words.title} rows={6}>
        {(now) => <GuardrailsForm key={project.id} project={project} now={now} />}
      </Loaded>
    </>
  );
};

export const GuardrailsPage = () => {
  const project = useProject();
  return (
    <Page title={words.title} ownPrimary>
      <StudioNav />
      {project ? <GuardrailsOf project={project} /> : <ChooseProject />}
    </Page>
  );
};
