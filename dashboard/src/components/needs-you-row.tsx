/** One task for a person: what it is, why, and the possible actions. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Status } from '@/components/status';
import { toast, toastError } from '@/components/toast';
import { contentTitle } from '@/data/content';
import { resolveDelivery, type Decision } from '@/data/deliveries';
import { queryKeys } from '@/data/keys';
import type { NeedsYou } from '@/data/needs-you';
import { titleOf } from '@/data/posts';
import { cn } from '@/lib/cn';
import { sentence } from '@/lib/problem';
import { useSlowNow } from '@/lib/clock';
import { lengthOf } from '@/lib/time/format';
import { needsYouStrings as words } from '@strings/needs-you';
import { platformNames } from '@strings/platforms';

const Row = ({
  tile,
  title,
  text,
  actions,
  isCurrent,
  onFocus,
}: {
  tile: ReactNode;
  title: ReactNode;
  text: string;
  actions: ReactNode;
  isCurrent?: boolean;
  onFocus?: () => void;
}) => (
  <li
    onFocus={onFocus}
    aria-current={isCurrent || undefined}
    className={cn(
      'flex contain-content items-start gap-3 border-t border-line-subtle px-3 py-2.5 first:border-t-0 max-tablet:py-3',
      isCurrent && 'bg-accent-tint',
    )}
  >
    {tile}
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words">{title}</p>
        <p className="text-meta text-muted">{text}</p>
      </div>
      <div className="flex gap-1.5">{actions}</div>
    </div>
  </li>
);

export const useOpenNeed = () => {
  const navigate = useNavigate();
  return (of: NeedsYou) => {
    if (of.kind === 'channel') void navigate({ to: '/app/channels' });
    else if (of.kind === 'approval') {
      void navigate({ to: '/app/content-studio/$contentId', params: { contentId: of.content.id } });
    } else if (of.kind === 'confirmation') void navigate({ to: '/app/engagement/mine' });
    else
      void navigate({
        to: '/app/posts/$postId',
        params: { postId: of.delivery.post_id },
        search: { delivery: of.delivery.id },
      });
  };
};

type NeedsYouRowProps = { of: NeedsYou; isCurrent?: boolean; onFocus?: (id: string) => void };

const PlainNeedsYouRow = ({ of, isCurrent, onFocus: onFocusOf }: NeedsYouRowProps) => {
  const onFocus = () => onFocusOf?.(of.id);
  const now = useSlowNow(30_000);
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: Decision }) => resolveDelivery(id, { decision }),
    onSuccess: (answer, { decision }) => {
      const title = titleOf({ title: answer.post_title });
      toast(decision === 'send' ? words.sent(title) : words.skipped(title));
    },
    onError: toastError,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.deliveries }),
        client.invalidateQueries({ queryKey: queryKeys.posts }),
        client.invalidateQueries({ queryKey: ['post'] }),
      ]),
  });
  if (of.kind === 'confirmation') {
    return (
      <Row
        isCurrent={isCurrent}
        onFocus={onFocus}
        tile={<Status of="engagement" state="waiting_confirmation" as="tile" />}
        title={<span className="font-name">{words.toConfirm(of.count)}</span>}
        text={words.toConfirmText}
        actions={
          <Link to="/app/engagement/mine" className={buttonStyle()}>
            {words.openQueue}
          </Link>
        }
      />
    );
  }
  if (of.kind === 'approval') {
    return (
      <Row
        isCurrent={isCurrent}
        onFocus={onFocus}
        tile={<Status of="content" state="pending_approval" as="tile" />}
        title={
          <>
            <span className="font-name">{contentTitle(of.content)}</span> {words.toApprove}
          </>
        }
        text={words.toApproveText(of.content.version, of.content.run_id !== null)}
        actions={
          <Link
            to="/app/content-studio/$contentId"
            params={{ contentId: of.content.id }}
            className={buttonStyle()}
          >
            {words.review}
          </Link>
        }
      />
    );
  }
  if (of.kind === 'channel') {
    return (
      <Row
        isCurrent={isCurrent}
        onFocus={onFocus}
        tile={<Status of="channel" state={of.isRefused ? 'reconnect' : 'off'} as="tile" />}
        title={
          <>
            <span className="font-name">
              {platformNames[of.channel.type]} · {of.channel.name}
            </span>{' '}
            {of.isRefused ? words.refusedAccount : words.isOff}
          </>
        }
        text={of.channel.disabled_reason ? sentence(of.channel.disabled_reason) : ''}
        actions={
          <Link to="/app/channels" className={buttonStyle()}>
            {of.isRefused ? words.reconnect : words.switchOn}
          </Link>
        }
      />
    );
  }
  const { delivery } = of;
  const title = titleOf({ title: delivery.post_title });
  const platform = platformNames[delivery.channel_type];
  const late = lengthOf(Math.max(0, Math.floor((now - Date.parse(delivery.due_at ?? '')) / 60_000) * 60_000));
  const isLate = of.kind === 'late';
  return (
    <Row
      isCurrent={isCurrent}
      onFocus={onFocus}
      tile={
        <Status
          of={isLate ? 'wait' : 'delivery'}
          state={isLate ? ('answer' as never) : ('unconfirmed' as never)}
          as="tile"
        />
      }
      title={
        <>
          <span className="font-name">{title}</span> {isLate ? words.isLate(late, platform) : words.mayBeLive(platform)}
        </>
      }
      text={
        isLate
          ? words.policyAsks
          : `${delivery.reason ? `${sentence(delivery.reason)} ` : ''}${words.lookAndSay}`
      }
      actions={
        isLate ? (
          <>
            <Button
              busy={decide.isPending && decide.variables.decision === 'send'}
              onClick={() => decide.mutate({ id: delivery.id, decision: 'send' })}
            >
              {words.sendNow}
            </Button>
            <Button
              kind="ghost"
              disabled={decide.isPending}
              onClick={() => decide.mutate({ id: delivery.id, decision: 'skip' })}
            >
              {words.skip}
            </Button>
          </>
        ) : (
          <Link
            to="/app/posts/$postId"
            params={{ postId: delivery.post_id }}
            search={{ delivery: delivery.id }}
            className={buttonStyle()}
          >
            {words.decide}
          </Link>
        )
      }
    />
  );
};

/** Of many rows a key changes two: the others are not drawn again. */
export const NeedsYouRow = memo(PlainNeedsYouRow);
