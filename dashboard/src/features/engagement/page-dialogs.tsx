/** Tracks a page, or changes one: its name, and how its posts are spread over people and time. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { TextField } from '@/components/field';
import { useAttempt } from '@/lib/use-attempt';
import { engagementStrings as words } from '@strings/engagement';
import { usePageCommands, type TrackedPage } from './engagement-data';
import { EntryDialog } from './entry-dialog';
import { changesOf, spreadOf, type Spread } from './spread';

const shape = z.object({
  url: z.string().check(z.minLength(1, words.needUrl)),
  name: z.string(),
  feed_url: z.string(),
});
type Values = z.infer<typeof shape>;

export const TrackDialog = ({ onClose }: { onClose: () => void }) => {
  const { track } = usePageCommands();
  const { register, handleSubmit, formState, setError } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { url: '', name: '', feed_url: '' },
  });
  const { problem, attempt } = useAttempt(setError);
  const save = handleSubmit(async ({ url, name, feed_url: feed }) => {
    await attempt(async () => {
      await track.mutateAsync({
        url: url.trim(),
        ...(name.trim() ? { name: name.trim() } : {}),
        ...(feed.trim() ? { feed_url: feed.trim() } : {}),
      });
      onClose();
    });
  });
  const errors = formState.errors;
  return (
    <EntryDialog
      id="track-page"
      title={words.trackTitle}
      action={words.track}
      busy={formState.isSubmitting}
      problem={problem}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label={words.trackUrl}
        help={words.trackUrlHelp}
        inputMode="url"
        autoComplete="off"
        maxLength={2000}
        error={errors.url?.message}
        {...register('url')}
      />
      <TextField label={words.trackName} optional maxLength={200} error={errors.name?.message} {...register('name')} />
      <TextField
        label={words.trackFeed}
        optional
        help={words.trackFeedHelp}
        inputMode="url"
        autoComplete="off"
        maxLength={2000}
        error={errors.feed_url?.message}
        {...register('feed_url')}
      />
    </EntryDialog>
  );
};

const fields: { name: keyof Omit<Spread, 'name'>; pointer: string; label: string; unit?: string }[] = [
  { name: 'firstDelay', pointer: 'first_delay_seconds', label: words.firstDelay, unit: words.minutes },
  { name: 'gap', pointer: 'gap_seconds', label: words.gap, unit: words.seconds },
  { name: 'spread', pointer: 'spread_seconds', label: words.spreadOver, unit: words.hoursUnit },
  { name: 'expires', pointer: 'expires_after_seconds', label: words.expires, unit: words.hoursUnit },
  { name: 'acts', pointer: 'acts_a_day', label: words.actsADay },
];

export const EditPageDialog = ({ page, onClose }: { page: TrackedPage; onClose: () => void }) => {
  const { change } = usePageCommands();
  const { register, handleSubmit, formState, setError } = useForm<Spread>({ defaultValues: spreadOf(page) });
  const place = (field: string) => fields.find((each) => each.pointer === field)?.name ?? 'name';
  const { problem, attempt } = useAttempt<Spread>((field, what) => setError(place(field), what));
  const save = handleSubmit(async (values) => {
    await attempt(async () => {
      await change.mutateAsync({ page, to: changesOf(values) });
      onClose();
    });
  });
  const errors = formState.errors;
  return (
    <EntryDialog
      id="change-page"
      title={words.editTitle(page.name)}
      action={words.save}
      busy={formState.isSubmitting}
      problem={problem}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField label={words.trackName} maxLength={200} error={errors.name?.message} {...register('name')} />
      <p className="pt-1 font-heading">{words.spread}</p>
      <p className="-mt-2 text-meta text-muted">{words.spreadText}</p>
      <div className="grid gap-3 tablet:grid-cols-2">
        {fields.map((each) => (
          <TextField
            key={each.name}
            type="number"
            inputMode="decimal"
            step="any"
            min={0}
            label={each.unit ? `${each.label}, ${each.unit}` : each.label}
            error={errors[each.name]?.message}
            {...register(each.name)}
          />
        ))}
      </div>
    </EntryDialog>
  );
};
