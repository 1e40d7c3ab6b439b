import { ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import { DataTable } from '@/components/data-table';
import { PlatformMark } from '@/components/icons';
import { Status } from '@/components/status';
import { columnsOf, type Columns } from '@/components/table-columns';
import { Lateness, Time } from '@/components/time';
import type { Delivery } from '@/data/deliveries';
import type { Schemas } from '@/lib/api/client';
import { serverNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { toMs } from '@/lib/time/format';
import { platformNames } from '@strings/platforms';
import { postStrings as words } from '@strings/post';
import { timeStrings } from '@strings/time';

type Told = Schemas['delivery_explanation'];

/** How late it began, from the story. */
const latenessOfDelivery = (told: Told | undefined): number | undefined => {
  const found = told?.steps.findLast((step) => typeof step.figures.lateness_ms === 'number');
  return found?.figures.lateness_ms as number | undefined;
};

const outAt = (told: Told | undefined): string | undefined =>
  told?.steps.findLast((step) => step.kind === 'first_byte')?.at ??
  told?.steps.findLast((step) => step.kind === 'published')?.at;

const State = ({ delivery, told }: { delivery: Delivery; told?: Told }) => {
  const wait = delivery.state === 'waiting' ? told?.waits[0]?.kind : undefined;
  return wait ? <Status of="wait" state={wait} /> : <Status of="delivery" state={delivery.state} />;
};

/** In a table the zone stands in the head, and when it is due in a column, where there is room for one. */
type OutProps = { delivery: Delivery; told?: Told; zone: string; inTable?: boolean };

const Out = ({ delivery, told, zone, inTable }: OutProps) => {
  const at = outAt(told);
  if (delivery.state === 'published' && at) return <Time at={at} zone={zone} as="exact" noZone={inTable} />;
  // What is held goes out at no time that anybody knows.
  if (
    delivery.state === 'waiting' &&
    delivery.not_before &&
    delivery.not_before !== delivery.due_at &&
    toMs(delivery.not_before) > serverNow()
  ) {
    return (
      <span className="text-muted">
        {timeStrings.about('')}
        <Time at={delivery.not_before} zone={zone} as="smart" noZone={inTable} />
      </span>
    );
  }
  if (delivery.state === 'unconfirmed' || delivery.state === 'unknown')
    return <span className="text-muted">{words.notKnown}</span>;
  const none = <span className="text-muted">{timeStrings.none}</span>;
  if (!delivery.due_at) return none;
  // Where there is no column for it, whatever did not go out says when it was due.
  return (
    <>
      <span className="text-muted desk:hidden">
        {words.dueAt} <Time at={delivery.due_at} zone={zone} as="smart" noZone={inTable} />
      </span>
      <span className="max-desk:hidden">{none}</span>
    </>
  );
};

type DeliveriesProps = {
  deliveries: Delivery[];
  told: Told[];
  chosenId?: string;
  onChoose: (id: string) => void;
  zone: string;
};

/** A delivery with its story, and how late it began when it is out. */
type Row = { delivery: Delivery; story: Told | undefined; late: number | undefined };

const rowsOf = (deliveries: Delivery[], told: Told[]): Row[] =>
  deliveries.map((delivery) => {
    const story = told.find((each) => each.delivery_id === delivery.id);
    return { delivery, story, late: delivery.state === 'published' ? latenessOfDelivery(story) : undefined };
  });
const idOfRow = ({ delivery }: Row): string => delivery.id;

const selectedRow = 'bg-accent-tint shadow-[inset_2px_0_0_var(--accent)]';
const column = columnsOf<Row>();

const columnsFor = ({ chosenId, onChoose, zone }: Pick<DeliveriesProps, 'chosenId' | 'onChoose' | 'zone'>): Columns<Row> => [
  column.display({
    id: 'channel',
    header: words.columns.channel,
    cell: ({ row: { original: { delivery } } }) => (
      <button
        type="button"
        aria-pressed={delivery.id === chosenId}
        onClick={() => onChoose(delivery.id)}
        className="flex items-center gap-2 text-left"
      >
        <PlatformMark of={delivery.channel_type} />
        {delivery.channel_name}
      </button>
    ),
  }),
  column.display({
    id: 'state',
    header: words.columns.state,
    cell: ({ row: { original: { delivery, story } } }) => <State delivery={delivery} told={story} />,
  }),
  column.display({
    id: 'due',
    header: words.columns.due,
    cell: ({ row: { original: { delivery } } }) =>
      delivery.due_at ? (
        <Time at={delivery.due_at} zone={zone} as="smart" noZone />
      ) : (
        <span className="text-muted">{words.notScheduled}</span>
      ),
    meta: { from: 'desk' },
  }),
  column.display({
    id: 'out',
    header: words.columns.out,
    cell: ({ row: { original: { delivery, story } } }) => <Out delivery={delivery} told={story} zone={zone} inTable />,
  }),
  column.display({
    id: 'late',
    header: words.columns.late,
    cell: ({ row: { original: { late } } }) => late !== undefined && <Lateness ms={late} bare />,
    meta: { figure: true },
  }),
  column.display({
    id: 'link',
    header: () => <span className="sr-only">{words.columns.link}</span>,
    cell: ({ row: { original: { delivery } } }) => <SeeIt of={delivery} />,
    meta: { figure: true },
  }),
];

/** The address at which it can be seen. */
const SeeIt = ({ of }: { of: Delivery }) =>
  of.external_url && (
    <a
      href={of.external_url}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-flex items-center gap-1 text-secondary hover:text-text hover:underline"
    >
      {of.channel_type === 'website' ? words.view : words.viewOn(platformNames[of.channel_type])}
      <ExternalLink size={13} strokeWidth={1.75} aria-hidden />
    </a>
  );

export const DeliveriesTable = ({ deliveries, told, chosenId, onChoose, zone }: DeliveriesProps) => {
  const rows = useMemo(() => rowsOf(deliveries, told), [deliveries, told]);
  const columns = useMemo(() => columnsFor({ chosenId, onChoose, zone }), [chosenId, onChoose, zone]);
  return (
    <DataTable
      label={words.deliveries}
      items={rows}
      idOf={idOfRow}
      columns={columns}
      rowProps={({ delivery: { id } }) => ({
        className: id === chosenId ? selectedRow : 'hover:bg-hover',
        onClick: () => onChoose(id),
      })}
      className="max-tablet:hidden"
    />
  );
};

/** The same on a phone: two lines for each. */
export const DeliveriesList = ({ deliveries, told, chosenId, onChoose, zone }: DeliveriesProps) => (
  <ul aria-label={words.deliveries} className="-mx-4 border-y border-line-subtle tablet:hidden">
    {rowsOf(deliveries, told).map(({ delivery, story, late }) => {
      const isChosen = delivery.id === chosenId;
      return (
        <li key={delivery.id} className="border-t border-line-subtle first:border-t-0">
          <button
            type="button"
            aria-pressed={isChosen}
            onClick={() => onChoose(delivery.id)}
            className={cn('flex w-full flex-col gap-1 px-4 py-2 text-left', isChosen && selectedRow)}
          >
            <span className="flex w-full items-center gap-2">
              <PlatformMark of={delivery.channel_type} />
              <span className="min-w-0 flex-1 truncate font-name">{delivery.channel_name}</span>
              <State delivery={delivery} told={story} />
            </span>
            <span className="flex w-full items-center justify-between">
              <Out delivery={delivery} told={story} zone={zone} />
              {late !== undefined && <Lateness ms={late} bare />}
            </span>
          </button>
        </li>
      );
    })}
  </ul>
);
