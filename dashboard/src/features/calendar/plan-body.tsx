/**
 * Entries that are not posts yet: content with a wanted time, and runs of rules. Dashed, because nothing is certain.
 */
import { FileText, Zap } from 'lucide-react';
import { Status, wordOf } from '@/components/status';
import { cn } from '@/lib/cn';
import { clockOf } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { slimLine, slimParts, slimTitle } from './entry-body';
import type { CampaignSpan, Plan } from './plans';

export const PlanIcon = ({ of }: { of: Plan }) => {
  const Icon = of.kind === 'content' ? FileText : Zap;
  return <Icon size={12} strokeWidth={1.75} aria-hidden className="shrink-0 text-secondary" />;
};

export const planTitle = (of: Plan): string =>
  of.kind === 'run' && of.many > 1 ? words.times(of.title, of.many) : of.title || words.untitled;

/** Its text for screen readers. */
export const spokenPlan = (of: Plan, zone: string): string =>
  [
    clockOf(of.at, zone),
    planTitle(of),
    of.kind === 'content' ? `${words.content}, ${wordOf('content', of.state)}` : words.run,
  ].join(', ');

export const PlanBody = ({ of, zone, slim }: { of: Plan; zone: string; slim?: boolean }) => (
  <span
    data-plan={of.kind}
    className={cn(
      'flex size-full min-h-5.5 min-w-0 overflow-hidden rounded-badge border border-dashed border-line-control bg-raised px-1.5 text-start text-meta',
      slim ? slimLine : 'flex-col gap-0.5 py-0.5',
    )}
  >
    <span className={cn('flex min-w-0 items-center gap-1', slim && slimParts)}>
      <PlanIcon of={of} />
      <span className="shrink-0 tabular text-secondary">{clockOf(of.at, zone)}</span>
      {slim && <span className={slimTitle}>{planTitle(of)}</span>}
      {!slim && of.kind === 'content' && (
        <Status of="content" state={of.state} as="icon" className="ms-auto scale-75" />
      )}
    </span>
    {!slim && <span className="min-w-0 truncate leading-tight">{planTitle(of)}</span>}
  </span>
);

export const SpanBody = ({ of }: { of: CampaignSpan }) => (
  <span
    data-span={of.name}
    className={cn(
      'block truncate rounded-badge px-1.5 text-meta',
      of.state === 'active' ? 'bg-accent-tint text-accent-text' : 'bg-sunken text-secondary',
    )}
  >
    {of.state === 'active' ? of.name : `${of.name} · ${wordOf('campaign', of.state)}`}
  </span>
);
