import { useQuery } from '@tanstack/react-query';
import { Check, ChevronRight, Minus } from 'lucide-react';
import { Fragment, useState } from 'react';
import { MayNot } from '@/components/may-not';
import { Loaded } from '@/components/states';
import { Table, Td, Th } from '@/components/table';
import { roles } from '@/data/members';
import { useMe } from '@/data/people';
import { rolesQuery, type Right } from '@/data/roles';
import { cn } from '@/lib/cn';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { wordsOfRight } from '@strings/rights';
import { PeoplePage } from './people-page';

const summaries = (right: Right): string[] => [...new Set(right.calls.map((each) => each.summary))];

const RightRow = ({ right, own }: { right: Right; own?: string }) => {
  const [isOpen, setOpen] = useState(false);
  const id = `right-${right.name}`;
  return (
    <Fragment>
      <tr>
        <th scope="row" className="border-t border-line-subtle px-1 text-left font-normal">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            className="flex min-h-9 w-full min-w-44 items-center gap-1.5 rounded-control px-2 py-1.5 text-left hover:bg-hover max-tablet:min-h-11 max-tablet:min-w-36"
          >
            <ChevronRight
              size={14}
              strokeWidth={1.75}
              aria-hidden
              className={cn('shrink-0 text-muted', isOpen && 'rotate-90')}
            />
            {wordsOfRight(right.name)}
          </button>
        </th>
        {roles.map((role) => {
          const has = right.roles.includes(role);
          const Icon = has ? Check : Minus;
          return (
            <Td key={role} className={cn('text-center max-tablet:px-0', role === own && 'bg-accent-tint')}>
              <Icon
                size={16}
                strokeWidth={1.75}
                aria-hidden
                className={cn('mx-auto', has ? 'text-success-text' : 'text-muted')}
              />
              <span className="sr-only">{has ? words.yes : words.no}</span>
            </Td>
          );
        })}
      </tr>
      <tr id={id} hidden={!isOpen}>
        <td colSpan={roles.length + 1} className="px-8 pb-3">
          <ul className="grid list-disc gap-x-8 pl-4 text-meta text-secondary desk:grid-cols-2">
            {summaries(right).map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </td>
      </tr>
    </Fragment>
  );
};

/**
 * The matrix is no DataTable: its rows are what one reads and opens, its columns are the five roles as they are, and a
 * right that is opened takes a row of its own across all of them.
 */
export const RolesPage = () => {
  const me = useMe();
  const own = me?.member.role;
  const rights = useQuery(rolesQuery);
  return (
    <PeoplePage title={words.roles} isToRead>
      <p className="text-secondary">{words.rolesText}</p>
      {own && own !== 'owner' && <MayNot>{words.youAre(frameStrings.role(own))}</MayNot>}
      <dl className="grid gap-x-6 gap-y-2 tablet:grid-cols-2 desk:grid-cols-5">
        {roles.map((role) => (
          <div key={role} className={cn('border-l-2 pl-3', role === own ? 'border-accent' : 'border-line')}>
            <dt className="font-name">
              {frameStrings.role(role)}
              {role === own && <span className="font-normal text-muted">{` · ${words.yours}`}</span>}
            </dt>
            <dd className="text-meta text-secondary">{words.roleText[role]}</dd>
          </div>
        ))}
      </dl>
      <Loaded query={rights} what={words.rolesTable} rows={8}>
        {({ permissions }) => (
          <Table label={words.rolesTable}>
            <thead>
              <tr>
                <Th className="tablet:w-2/5">{words.may}</Th>
                {roles.map((role) => (
                  <Th
                    key={role}
                    className={cn(
                      'w-24 text-center max-tablet:h-auto max-tablet:w-8 max-tablet:min-w-8 max-tablet:px-0 max-tablet:py-2',
                      role === own && 'font-name text-text',
                    )}
                  >
                    <span className="max-tablet:inline-block max-tablet:rotate-180 max-tablet:[writing-mode:vertical-rl]">
                      {frameStrings.role(role)}
                    </span>
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissions.map((right) => (
                <RightRow key={right.name} right={right} own={own} />
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
    </PeoplePage>
  );
};
