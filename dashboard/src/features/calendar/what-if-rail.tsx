/** Posts that would not go as planned, why, and the possible actions. */
import { useId, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Button } from '@/components/button';
import { PlatformMark } from '@/components/icons';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import type { Simulation, SimulatedDelivery, SimulatedRun } from '@/data/simulation';
import { clockOf, toMs } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { troubleOf, type Assumed } from './what-if';

const listed_max = 60;

const Figure = ({
  label,
  value,
  max,
  step,
  onChange,
}: {
  label: string;
  value: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}) => {
  const id = useId();
  const [typed, setTyped] = useState(String(value));
  return (
    <label htmlFor={id} className="flex items-center justify-between gap-2 text-meta text-secondary">
      {label}
      <input
        id={id}
        type="number"
        min={0}
        max={max}
        step={step}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = Number(event.target.value);
          if (event.target.value !== '' && next >= 0 && next <= max) onChange(next);
        }}
        className="h-(--control) w-20 rounded-control border border-line-control bg-surface px-2 text-right tabular"
      />
    </label>
  );
};

const Item = ({
  of,
  zone,
  onMove,
}: {
  of: SimulatedDelivery;
  zone: string;
  onMove?: (of: SimulatedDelivery) => void;
}) => {
  const trouble = troubleOf(of);
  if (!trouble) return null;
  return (
    <li className="flex flex-col gap-1 border-t border-line-subtle py-2.5 first:border-t-0">
      <span className="flex items-center gap-1.5">
        <PlatformMark of={of.channel_type} named />
        {of.rule_id ? (
          <Link
            to="/app/automations/$ruleId"
            params={{ ruleId: of.rule_id }}
            className="reach min-w-0 truncate font-name hover:underline"
          >
            {of.title || words.writtenByRule}
          </Link>
        ) : (
          <Link
            to="/app/posts/$postId"
            params={{ postId: of.post_id }}
            className="reach min-w-0 truncate font-name hover:underline"
          >
            {of.title}
          </Link>
        )}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-meta">
        <Status of="would" state={trouble} as="text" />
        <Time at={of.due_at} className="text-muted" />
      </span>
      <p className="text-meta text-secondary">{of.sentence}</p>
      <span className="flex gap-2">
        {trouble === 'late' && of.starts_at && onMove && (
          <Button size="small" onClick={() => onMove(of)}>
            {words.moveTo(clockOf(Math.ceil(toMs(of.starts_at) / 60_000) * 60_000, zone))}
          </Button>
        )}
        {of.budget_scope && (
          <Link
            to="/app/channels"
            className="reach inline-flex items-center text-meta text-accent-text hover:underline"
          >
            {words.showBudgets}
          </Link>
        )}
      </span>
    </li>
  );
};

/** A rule's predicted action, with a remark unless it would simply be done. */
const RuleRun = ({ of, zone }: { of: SimulatedRun; zone: string }) => {
  const told = of.steps.filter((each) => each.kind === 'guardrail');
  const ended = of.state === 'succeeded' ? undefined : of.steps.at(-1);
  return (
    <li data-rule-run={of.state} className="flex flex-col gap-1 border-t border-line-subtle py-2.5 first:border-t-0">
      <Link
        to="/app/automations/$ruleId"
        params={{ ruleId: of.rule_id }}
        className="reach min-w-0 truncate font-name hover:underline"
      >
        {of.rule_name}
      </Link>
      <span className="flex flex-wrap items-center gap-x-2 text-meta">
        <Status of="run" state={of.state} as="text" />
        <Time at={of.scheduled_at ?? of.at} zone={zone} className="text-muted" />
      </span>
      {[...told, ...(ended && told.length === 0 ? [ended] : [])].map((each, index) => (
        <p key={index} className="text-meta text-secondary">
          {each.sentence}
        </p>
      ))}
    </li>
  );
};

type Props = {
  simulation: Simulation | undefined;
  assumed: Assumed;
  onAssume: (next: Assumed) => void;
  zone: string;
  onMove?: (of: SimulatedDelivery) => void;
};

export const WhatIfRail = ({ simulation, assumed, onAssume, zone, onMove }: Props) => {
  const trouble = simulation?.deliveries.filter((each) => troubleOf(each)) ?? [];
  const beyond = (simulation?.left_out ?? 0) + Math.max(0, trouble.length - listed_max);
  return (
    <div className="flex flex-col gap-4 p-4">
      <section aria-label={words.whatIf} className="flex flex-col gap-2">
        <h2 className="font-heading">{words.whatIf}</h2>
        <Figure
          label={words.callTakes}
          value={assumed.callS}
          max={9}
          step={0.1}
          onChange={(callS) => onAssume({ ...assumed, callS })}
        />
        <Figure
          label={words.callsFail}
          value={assumed.failPercent}
          max={100}
          step={1}
          onChange={(failPercent) => onAssume({ ...assumed, failPercent })}
        />
        {simulation && <p className="text-meta text-secondary">{simulation.summary}</p>}
      </section>
      <section aria-label={words.trouble} className="flex flex-col">
        <h2 className="font-heading">{words.trouble}</h2>
        {simulation && trouble.length === 0 && <p className="pt-1 text-secondary">{words.noTrouble}</p>}
        <ul>
          {trouble.slice(0, listed_max).map((each) => (
            <Item key={each.delivery_id} of={each} zone={zone} onMove={onMove} />
          ))}
        </ul>
        {beyond > 0 && <p className="text-meta text-muted">{words.leftOut(beyond)}</p>}
      </section>
      {simulation && simulation.runs.length > 0 && (
        <section aria-label={words.rulesWould} className="flex flex-col">
          <h2 className="font-heading">{words.rulesWould}</h2>
          <ul>
            {simulation.runs.slice(0, listed_max).map((each) => (
              <RuleRun key={`${each.rule_id} ${each.at} ${each.about_post_id ?? ''}`} of={each} zone={zone} />
            ))}
          </ul>
          {simulation.totals.runs > listed_max && (
            <p className="text-meta text-muted">{words.moreRuns(simulation.totals.runs - listed_max)}</p>
          )}
        </section>
      )}
    </div>
  );
};
