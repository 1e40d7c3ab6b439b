/** For pages of one project while none is chosen: a button for each project, or one to make the first. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, buttonStyle } from '@/components/button';
import { Empty, ErrorBox } from '@/components/states';
import { chosenProjectStore, projectsQuery } from '@/data/projects';
import { choiceStrings as words } from '@strings/choice';

const offered_max = 6;

export const ChooseProject = () => {
  const { data: projects, error, refetch } = useQuery(projectsQuery);
  if (error && !projects) return <ErrorBox error={error} what={words.projects} onRetry={() => void refetch()} />;
  if (!projects) return null;
  if (projects.length === 0) {
    return (
      <Empty
        action={
          <Link to="/app/start" className={buttonStyle()}>
            {words.makeProject}
          </Link>
        }
      >
        {words.noProject}
      </Empty>
    );
  }
  return (
    <Empty
      action={
        <span className="flex flex-wrap gap-2">
          {projects
            .toReversed()
            .slice(0, offered_max)
            .map((each) => (
              <Button key={each.id} onClick={() => chosenProjectStore.set(each.id)}>
                {each.name}
              </Button>
            ))}
        </span>
      }
    >
      {words.chooseProject}
    </Empty>
  );
};
