/** A decision that only a person can take: each choice explains its effect. It comes before the story. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, Check, ScanSearch, Send, Hand, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Kbd } from '@/components/kbd';
import { ErrorBox } from '@/components/states';
import { toast } from '@/components/toast';
import { resolveDelivery, type DecidableDelivery, type Decision } from '@/data/deliveries';
import { queryKeys } from '@/data/keys';
import { useMay } from '@/data/people';
import { useKeys } from '@/lib/keys';
import { serverNow } from '@/lib/clock';
import { lengthOf } from '@/lib/time/format';
import { useAttempt } from '@/lib/use-attempt';
import { frameStrings } from '@strings/frame';
import { platformNames } from '@strings/platforms';
import { postStrings as words } from '@strings/post';
import { commonStrings } from '@strings/common';

const choices: Record<Decision, { icon: LucideIcon; title: string; text: string }> = {
  is_live: { icon: Check, title: words.isLive, text: words.isLiveText },
  send_again: { icon: Send, title: words.sendAgain, text: words.sendAgainText },
  drop: { icon: Ban, title: words.drop, text: words.dropText },
  send: { icon: Send, title: words.send, text: words.sendText },
  skip: { icon: Ban, title: words.skip, text: words.skipText },
};

const shape = z.object({ external_url: z.string().check(z.trim(), z.regex(/^https?:\/\/[^\s/]+\/\S/, words.addressWrong)) });

const AddressForm = ({
  platform,
  onSave,
  onBack,
}: {
  platform: string;
  onSave: (url: string) => Promise<unknown>;
  onBack: () => void;
}) => {
  const { register, handleSubmit, formState, setError } = useForm<z.infer<typeof shape>>({
    resolver: zodResolver(shape),
    defaultValues: { external_url: '' },
  });
  const { problem, attempt } = useAttempt(setError);
  const save = handleSubmit(async ({ external_url: url }) => {
    await attempt(async () => {
      await onSave(url.trim());
    });
  });
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-2">
      <TextField
        label={words.address}
        type="url"
        autoFocus
        help={words.addressHelp(platform)}
        error={formState.errors.external_url?.message}
        {...register('external_url')}
      />
      {problem && <ErrorBox error={problem} />}
      <div className="flex gap-2">
        <Button type="submit" kind="primary" busy={formState.isSubmitting}>
          {words.saveLive}
        </Button>
        <Button onClick={onBack}>{commonStrings.cancel}</Button>
      </div>
    </form>
  );
};

export const DecisionPanel = ({ delivery, why }: { delivery: DecidableDelivery; why: string }) => {
  const client = useQueryClient();
  const mayDecide = useMay('publish_posts');
  const [isAsking, setAsking] = useState(false);
  const platform = platformNames[delivery.channel_type];
  const isLate = delivery.asked_at !== null && delivery.state === 'waiting';
  const decide = useMutation({
    mutationFn: (body: { decision: Decision; external_url?: string }) => resolveDelivery(delivery.id, body),
    onSuccess: () => toast(words.decided),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.post(delivery.post_id) }),
        client.invalidateQueries({ queryKey: queryKeys.deliveries }),
        client.invalidateQueries({ queryKey: queryKeys.posts }),
      ]),
  });
  const choose = (decision: Decision) => {
    if (!mayDecide || decide.isPending) return;
    if (decision === 'is_live') setAsking(true);
    else decide.mutate({ decision });
  };
  useKeys(
    delivery.decisions.map((decision, index) => ({
      key: String(index + 1),
      label: words.keys.decide(index + 1),
      group: frameStrings.keysPage,
      run: () => choose(decision),
    })),
    !isAsking,
  );
  const Icon = isLate ? Hand : ScanSearch;
  return (
    <section
      aria-label={words.decideTitle(platform)}
      className="overflow-hidden rounded-card border border-warning-line"
    >
      <h3 className="flex items-center gap-2.5 border-b border-warning-line bg-warning-tint px-3.5 py-2 text-lead font-heading">
        <Icon size={16} strokeWidth={1.75} aria-hidden className="text-warning-text" />
        {isLate
          ? words.lateTitle(lengthOf(Math.floor((serverNow() - Date.parse(delivery.due_at ?? '')) / 1000) * 1000))
          : words.decideTitle(platform)}
      </h3>
      <div className="flex flex-col gap-3 px-3.5 py-3 tablet:pl-10">
        <p className="max-w-prose text-secondary">{why}</p>
        {isAsking ? (
          <AddressForm
            platform={platform}
            onSave={(url) => decide.mutateAsync({ decision: 'is_live', external_url: url })}
            onBack={() => setAsking(false)}
          />
        ) : (
          <div className="grid gap-2 tablet:grid-cols-3">
            {delivery.decisions.map((decision, index) => {
              const { icon: ChoiceIcon, title, text } = choices[decision];
              return (
                <button
                  key={decision}
                  type="button"
                  disabled={!mayDecide || decide.isPending}
                  onClick={() => choose(decision)}
                  className="rounded-control border border-line px-3 py-2 text-left hover:bg-hover disabled:text-disabled"
                >
                  <span className="flex items-center gap-2 font-name">
                    <ChoiceIcon size={14} strokeWidth={1.75} aria-hidden className="text-secondary" />
                    {title}
                    <Kbd of={String(index + 1)} className="ml-auto" />
                  </span>
                  <span className="block text-meta text-secondary">{text}</span>
                </button>
              );
            })}
          </div>
        )}
        {!mayDecide && <p className="text-meta text-muted">{words.mayNotDecide}</p>}
        {decide.error && !isAsking && <ErrorBox error={decide.error} />}
      </div>
    </section>
  );
};
