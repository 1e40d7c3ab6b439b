/** Adds a post by its address. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { SelectField, TextArea, TextField } from '@/components/field';
import { useAttempt } from '@/lib/use-attempt';
import { engagementStrings as words } from '@strings/engagement';
import { usePageCommands, type TrackedPage } from './engagement-data';
import { EntryDialog } from './entry-dialog';

const shape = z.object({
  page: z.string().check(z.minLength(1, words.needPage)),
  url: z.string().check(z.minLength(1, words.needUrl)),
  text: z.string(),
});
type Values = z.infer<typeof shape>;

export const BringDialog = ({
  pages,
  pageId,
  onClose,
}: {
  pages: Pick<TrackedPage, 'id' | 'name'>[];
  pageId?: string;
  onClose: () => void;
}) => {
  const { bring } = usePageCommands();
  const { register, handleSubmit, formState, setError } = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { page: pageId ?? (pages.length === 1 ? pages[0]?.id : '') ?? '', url: '', text: '' },
  });
  const { problem, attempt } = useAttempt(setError);
  const save = handleSubmit(async ({ page, url, text }) => {
    const said = text.trim();
    await attempt(async () => {
      const body = { url: url.trim(), ...(said ? { text: said, title: said.split('\n')[0]?.slice(0, 120) } : {}) };
      await bring.mutateAsync({ pageId: page, body });
      onClose();
    });
  });
  const errors = formState.errors;
  return (
    <EntryDialog
      id="bring-post"
      title={words.bring}
      text={words.bringText}
      action={words.bring}
      busy={formState.isSubmitting}
      problem={problem}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label={words.bringUrl}
        help={words.bringUrlHelp}
        inputMode="url"
        autoComplete="off"
        maxLength={2000}
        error={errors.url?.message}
        {...register('url')}
      />
      {pages.length > 1 || !pageId ? (
        <SelectField label={words.ofPage} error={errors.page?.message} {...register('page')}>
          <option value="">{words.needPage}</option>
          {pages.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <TextArea
        label={words.bringWords}
        optional
        rows={5}
        maxLength={5000}
        help={words.bringWordsHelp}
        error={errors.text?.message}
        {...register('text')}
      />
    </EntryDialog>
  );
};
