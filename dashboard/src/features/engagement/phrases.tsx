/** The phrases that the company avoids: everybody reads them, owners and admins edit them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { MayNot } from '@/components/may-not';
import { Section } from '@/components/page';
import { ErrorBox, Loaded } from '@/components/states';
import { toast, toastError } from '@/components/toast';
import { useMay, useMe } from '@/data/people';
import { api, dataOf } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';
import { engagementStrings as words } from '@strings/engagement';
import { phrasesQuery } from './settings-data';

const usePhraseCommands = () => {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: phrasesQuery.queryKey });
  const add = useMutation({
    mutationFn: (phrase: string) =>
      sendOnce('phrase', phrase, (header) =>
        dataOf(api.POST('/automation/avoid-phrases', { body: { phrase }, params: { header } })),
      ),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => {
      await dataOf(api.DELETE('/automation/avoid-phrases/{id}', { params: { path: { id } } }));
    },
    onSuccess: () => toast(words.phraseRemoved),
    onError: toastError,
    onSettled,
  });
  return { add, remove };
};

export const Phrases = () => {
  const me = useMe();
  const mayKeep = useMay('operate');
  const phrases = useQuery(phrasesQuery);
  const { add, remove } = usePhraseCommands();
  const [text, setText] = useState('');
  return (
    <Section title={words.phrases} count={phrases.data?.length}>
      <p className="text-secondary">{words.phrasesText}</p>
      <Loaded query={phrases} what={words.phrasesWhat} rows={2}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-muted">{words.noPhrases}</p>
          ) : (
            <ul aria-label={words.phrases} className="flex flex-wrap gap-1.5">
              {items.map((each) => (
                <li
                  key={each.id}
                  data-phrase={each.phrase}
                  className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-control border border-line bg-surface pr-1 pl-2.5"
                >
                  <span className="min-w-0 py-0.5 break-words">{each.phrase}</span>
                  {mayKeep && (
                    <button
                      type="button"
                      aria-label={words.removePhrase(each.phrase)}
                      disabled={remove.isPending}
                      onClick={() => remove.mutate(each.id)}
                      className="inline-flex size-6 shrink-0 items-center justify-center rounded-control text-muted hover:bg-hover max-tablet:size-11"
                    >
                      <X size={14} strokeWidth={1.75} aria-hidden />
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayKeep ? (
        <form
          className="flex max-w-xl flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const phrase = text.trim();
            if (phrase && !add.isPending) add.mutate(phrase, { onSuccess: () => setText('') });
          }}
        >
          <TextField
            className="min-w-0 flex-1 basis-56"
            label={words.newPhrase}
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" busy={add.isPending} disabled={!text.trim()} className="min-h-9">
            {words.addPhrase}
          </Button>
        </form>
      ) : (
        me && <MayNot>{words.phrasesMayNot}</MayNot>
      )}
      {add.error && <ErrorBox error={add.error} />}
    </Section>
  );
};
