/** The decisions of a run, step by step: each with its sentence, its rule and its time. */
import {
  Ban,
  CalendarClock,
  Check,
  CircleX,
  Dot,
  FileText,
  Mail,
  OctagonX,
  Play,
  RadioTower,
  RotateCcw,
  Shield,
  Sparkles,
  UserCheck,
  Zap,
  type LucideIcon,
} from 'lucide-react';
import { tileTones, type Tone } from '@/components/status';
import { Time } from '@/components/time';
import type { Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { automationsStrings as words } from '@strings/automations';

type Step = Schemas['told_step'];

// Kinds may be added; an unknown one is shown as a dot.
const looks: Record<string, { icon: LucideIcon; tone: Tone } | undefined> = {
  set_off: { icon: Zap, tone: 'rest' },
  moments_left_out: { icon: Ban, tone: 'over' },
  condition_unmet: { icon: Ban, tone: 'over' },
  conditions_met: { icon: Check, tone: 'rest' },
  stopped: { icon: OctagonX, tone: 'asks' },
  refused: { icon: OctagonX, tone: 'asks' },
  started: { icon: Play, tone: 'rest' },
  taken_up: { icon: RotateCcw, tone: 'motion' },
  text_filled: { icon: FileText, tone: 'rest' },
  ai_asked: { icon: Sparkles, tone: 'motion' },
  ai_answered: { icon: Sparkles, tone: 'rest' },
  ai_failed: { icon: Sparkles, tone: 'broken' },
  channels_chosen: { icon: RadioTower, tone: 'rest' },
  time_chosen: { icon: CalendarClock, tone: 'rest' },
  guardrail: { icon: Shield, tone: 'asks' },
  content_made: { icon: FileText, tone: 'done' },
  approval_asked: { icon: UserCheck, tone: 'asks' },
  approved: { icon: UserCheck, tone: 'done' },
  rejected: { icon: UserCheck, tone: 'broken' },
  scheduled: { icon: CalendarClock, tone: 'done' },
  told: { icon: Mail, tone: 'done' },
  retry_scheduled: { icon: RotateCcw, tone: 'rest' },
  requested: { icon: RotateCcw, tone: 'rest' },
  withdrawn: { icon: Ban, tone: 'over' },
  succeeded: { icon: Check, tone: 'done' },
  failed: { icon: CircleX, tone: 'broken' },
  blocked: { icon: OctagonX, tone: 'asks' },
};

export const RunStory = ({ steps, zone, noTimes }: { steps: Step[]; zone: string; noTimes?: boolean }) => (
  <ol className="flex flex-col">
    {steps.map((step, index) => {
      const { icon: Icon, tone } = looks[step.kind] ?? { icon: Dot, tone: 'rest' as const };
      return (
        <li
          key={`${step.id} ${index}`}
          data-step={step.kind}
          className={cn(
            'arrive grid gap-x-2.5',
            noTimes ? 'grid-cols-[1.25rem_1fr]' : 'grid-cols-[9.5rem_1.25rem_1fr] max-tablet:grid-cols-[1.25rem_1fr]',
          )}
        >
          {!noTimes && (
            <span className="pt-0.5 text-right text-meta max-tablet:hidden">
              <Time at={step.at} zone={zone} as="exact" noZone />
            </span>
          )}
          <span className="flex flex-col items-center" aria-hidden>
            <span className={cn('inline-flex size-5 items-center justify-center rounded-full border', tileTones[tone])}>
              <Icon size={12} strokeWidth={1.75} />
            </span>
            {index < steps.length - 1 && <span className="w-px flex-1 bg-line" />}
          </span>
          <div className="min-w-0 pb-3">
            <p className="break-words">{step.sentence}</p>
            <p className="flex flex-wrap gap-x-3 text-meta text-muted">
              {!noTimes && (
                <span className="tablet:hidden">
                  <Time at={step.at} zone={zone} as="exact" noZone />
                </span>
              )}
              {step.rule && <span>{words.stepRule(step.rule)}</span>}
            </p>
          </div>
        </li>
      );
    })}
  </ol>
);
