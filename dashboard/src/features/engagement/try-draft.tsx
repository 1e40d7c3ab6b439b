/** A comment in my voice on any post: nothing is stored or sent. */
import { useMutation } from '@tanstack/react-query';
import { WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { TextArea } from '@/components/field';
import { Card, Section } from '@/components/page';
import { ErrorBox } from '@/components/states';
import { api, dataOf } from '@/lib/api/client';
import { engagementStrings as words } from '@strings/engagement';

export const TryDraft = () => {
  const [post, setPost] = useState('');
  const draft = useMutation({
    mutationFn: () => dataOf(api.POST('/automation/generate-comment', { body: { post_text: post.trim() } })),
  });
  const made = draft.data;
  return (
    <Section title={words.tryTitle}>
      <p className="max-w-prose text-secondary">{words.tryText}</p>
      <div className="flex flex-col gap-3 desk:max-w-2xl">
        <TextArea
          label={words.tryPost}
          help={words.tryPostHelp}
          rows={4}
          maxLength={5000}
          value={post}
          onChange={(event) => setPost(event.target.value)}
        />
        <span>
          <Button icon={WandSparkles} busy={draft.isPending} disabled={!post.trim()} onClick={() => draft.mutate()}>
            {words.tryIt}
          </Button>
        </span>
        {draft.error && <ErrorBox error={draft.error} />}
        {made && (
          <Card className="flex flex-col gap-1 px-4 py-3">
            <output className="text-lead whitespace-pre-line break-words" data-draft>
              {made.comment}
            </output>
            <p className="flex flex-wrap gap-x-3 text-meta text-muted">
              {made.is_stand_in ? <span>{words.standIn}</span> : <span>{made.provider}</span>}
              <span>{words.rounds(made.rounds)}</span>
              {made.was_corrected && <span>{words.corrected}</span>}
              {made.language && <span>{words.inLanguage(made.language)}</span>}
            </p>
          </Card>
        )}
      </div>
    </Section>
  );
};
