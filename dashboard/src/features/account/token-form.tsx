import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { SelectField, TextField } from '@/components/field';
import { ErrorBox, Loaded } from '@/components/states';
import { useMe, type Permission } from '@/data/people';
import { useProjects } from '@/data/projects';
import { rolesQuery } from '@/data/roles';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { commonStrings } from '@strings/common';
import { accountStrings as words } from '@strings/account';
import { wordsOfRight } from '@strings/rights';
import { scopesFor } from './scopes';

const goodFor = [7, 30, 90, 365];

const toggled = <T,>(set: ReadonlySet<T>, one: T): ReadonlySet<T> => {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
};

const Checks = <T extends string>({
  legend,
  options,
  chosen,
  onToggle,
}: {
  legend: string;
  options: { value: T; label: string }[];
  chosen: ReadonlySet<T>;
  onToggle: (value: T) => void;
}) => (
  <fieldset>
    <legend className="pb-1 font-button text-secondary">{legend}</legend>
    <div className="grid gap-x-6 tablet:grid-cols-2">
      {options.map(({ value, label }) => (
        <label key={value} className="flex min-h-7 items-start gap-2 py-1 max-tablet:min-h-11 max-tablet:py-2.5">
          <input
            type="checkbox"
            checked={chosen.has(value)}
            onChange={() => onToggle(value)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          {label}
        </label>
      ))}
    </div>
  </fieldset>
);

type TokenFormProps = { onMade: (made: Schemas['made_api_token']) => void; onClose: () => void };

export const TokenForm = ({ onMade, onClose }: TokenFormProps) => {
  const me = useMe();
  const roles = useQuery(rolesQuery);
  const projects = useProjects();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(new Set());
  const [isLimited, setLimited] = useState(false);
  const [projectIds, setProjectIds] = useState<ReadonlySet<string>>(new Set());
  const [days, setDays] = useState('90');
  const [isTried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: (body: Schemas['create_api_token_request']) => dataOf(api.POST('/auth/tokens', { body })),
    onSuccess: onMade,
  });
  return (
    <Loaded query={roles} what={words.scopes}>
      {({ permissions }) => {
        const offered = scopesFor(permissions, me?.permissions ?? [], isLimited);
        const chosen = offered.filter((each) => scopes.has(each));
        const wrong = {
          name: name.trim() ? undefined : words.needTokenName,
          scopes: chosen.length > 0 ? undefined : words.needScopes,
          projects: isLimited && projectIds.size === 0 ? words.needProjects : undefined,
        };
        const submit = (event: FormEvent) => {
          event.preventDefault();
          setTried(true);
          if (wrong.name || wrong.scopes || wrong.projects) return;
          make.mutate({
            name: name.trim(),
            scopes: chosen,
            project_ids: isLimited ? [...projectIds] : [],
            expires_in_days: Number(days),
          });
        };
        return (
          <form onSubmit={submit} noValidate className="flex flex-col gap-3">
            <div className="grid gap-3 tablet:grid-cols-2">
              <TextField
                label={words.tokenName}
                value={name}
                maxLength={80}
                autoFocus
                help={words.tokenNameHelp}
                error={isTried ? wrong.name : undefined}
                onChange={(event) => setName(event.target.value)}
              />
              <SelectField label={words.goodFor} value={days} onChange={(event) => setDays(event.target.value)}>
                {goodFor.map((each) => (
                  <option key={each} value={each}>
                    {words.days(each)}
                  </option>
                ))}
              </SelectField>
            </div>
            <SelectField
              label={words.projects}
              value={isLimited ? 'some' : 'all'}
              className="tablet:w-1/2 tablet:pr-1.5"
              onChange={(event) => setLimited(event.target.value === 'some')}
            >
              <option value="all">{words.allProjects}</option>
              <option value="some">{words.someProjects}</option>
            </SelectField>
            {isLimited && (
              <Checks
                legend={words.whichProjects}
                options={projects.map((each) => ({ value: each.id, label: each.name }))}
                chosen={projectIds}
                onToggle={(id) => setProjectIds(toggled(projectIds, id))}
              />
            )}
            {isTried && wrong.projects && <p className="text-meta text-danger-text">{wrong.projects}</p>}
            <Checks
              legend={words.scopes}
              options={offered.map((each) => ({ value: each, label: wordsOfRight(each) }))}
              chosen={scopes}
              onToggle={(one) => setScopes(toggled(scopes, one))}
            />
            <p className="text-meta text-muted">{isLimited ? words.scopesOfProjects : words.scopesText}</p>
            {isTried && wrong.scopes && (
              <p role="alert" className="text-meta text-danger-text">
                {wrong.scopes}
              </p>
            )}
            {make.error && <ErrorBox error={make.error} />}
            <div className="flex justify-end gap-2 pb-1 max-tablet:flex-col-reverse">
              <Button onClick={onClose}>{commonStrings.cancel}</Button>
              <Button type="submit" kind="primary" busy={make.isPending}>
                {words.makeToken}
              </Button>
            </div>
          </form>
        );
      }}
    </Loaded>
  );
};
