import { cn } from '@/lib/cn';

type GaugeProps = { used: number; planned?: number; limit: number; label: string; className?: string };

const nearlyFull = 0.9;

/** Used is solid, planned is hatched, free is empty. The figures are beside it. */
export const Gauge = ({ used, planned = 0, limit, label, className }: GaugeProps) => {
  const share = (count: number) => `${Math.min(100, (count / Math.max(1, limit)) * 100)}%`;
  const isFull = used / limit >= nearlyFull;
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={Math.min(used, limit)}
      data-gauge
      className={cn('relative block h-1 overflow-hidden rounded-full bg-pressed', className)}
    >
      <span className="hatched absolute inset-y-0 left-0 bg-line" style={{ width: share(used + planned) }} />
      <span
        className={cn('filled absolute inset-y-0 left-0 rounded-full', isFull ? 'bg-warning' : 'bg-secondary')}
        style={{ width: share(used) }}
      />
    </span>
  );
};
