import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { buttonStyle } from '@/components/button';
import { MayNot } from '@/components/may-not';
import { Card, Page } from '@/components/page';
import { StudioNav } from '@/components/studio-nav';
import { Empty, Loaded } from '@/components/states';
import { Time } from '@/components/time';
import { useMay, useMe } from '@/data/people';
import { useProject } from '@/data/projects';
import { templatesQuery } from '@/data/templates';
import { cn } from '@/lib/cn';
import { useKeys } from '@/lib/keys';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { templatesStrings as words } from '@strings/templates';

export const TemplatesPage = () => {
  const navigate = useNavigate();
  const me = useMe();
  const project = useProject();
  const mayManage = useMay('manage_campaigns');
  const query = useQuery(templatesQuery(project?.id));
  useKeys(
    [
      {
        key: 'n',
        label: words.keyMake,
        group: frameStrings.keysPage,
        run: () => void navigate({ to: '/app/content-studio/templates/new' }),
      },
    ],
    mayManage,
  );
  const make = (kind: 'primary' | 'quiet', className?: string) => (
    <Link to="/app/content-studio/templates/new" className={cn(buttonStyle(kind), className)}>
      <Plus size={16} strokeWidth={1.75} aria-hidden />
      {words.make}
    </Link>
  );
  return (
    <Page title={words.title} dense ownPrimary={mayManage} actions={mayManage ? make('primary') : undefined}>
      <StudioNav />
      {me && !mayManage && <MayNot>{words.mayNot}</MayNot>}
      {mayManage && make('primary', 'tablet:hidden')}
      <Loaded query={query} what={words.title}>
        {(templates) =>
          templates.length === 0 ? (
            <Empty action={mayManage && make('quiet')}>{words.none}</Empty>
          ) : (
            <Card>
              <ul aria-label={words.title}>
                {templates.map((each) => (
                  <li
                    key={each.id}
                    data-template={each.name}
                    className="flex min-h-13 items-center gap-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0"
                  >
                    <span className="min-w-0 flex-1">
                      <Link
                        to="/app/content-studio/templates/$templateId"
                        params={{ templateId: each.id }}
                        className="reach block truncate font-name underline-offset-2 hover:underline"
                      >
                        {each.name}
                      </Link>
                      <span className="block truncate text-meta text-muted">
                        {[
                          words.version(each.version),
                          ...(each.variables.length
                            ? [words.variables(commonStrings.list(each.variables.map((one) => one.name)))]
                            : []),
                          ...(each.ai_prompt ? [words.hasPrompt] : []),
                        ].join(' · ')}
                      </span>
                    </span>
                    <span className="text-secondary max-tablet:hidden">
                      {words.changedAt} <Time at={each.updated_at} as="smart" />
                    </span>
                  </li>
                ))}
              </ul>
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
};
