import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Avatar } from '@/components/avatar';
import { Button } from '@/components/button';
import { TextArea } from '@/components/field';
import { Section } from '@/components/page';
import { Loaded } from '@/components/states';
import { Time } from '@/components/time';
import type { Content } from '@/data/content';
import { useMay, useMe } from '@/data/people';
import { useKeys } from '@/lib/keys';
import { frameStrings } from '@strings/frame';
import { studioStrings as words } from '@strings/studio';
import { commentsQuery, useContentCommands } from './studio-data';

export const Comments = ({ of }: { of: Content }) => {
  const me = useMe();
  const mayWrite = useMay('write_content');
  const query = useQuery(commentsQuery(of.id));
  const { comment, takeBack } = useContentCommands();
  const [text, setText] = useState('');
  const place = useRef<HTMLDivElement>(null);
  useKeys(
    [
      {
        key: 'm',
        label: words.keys.note,
        group: frameStrings.keysPage,
        run: () => place.current?.querySelector('textarea')?.focus(),
      },
    ],
    mayWrite,
  );
  const send = () => text.trim() && comment.mutate({ of, text: text.trim() }, { onSuccess: () => setText('') });
  return (
    <Section title={words.comments}>
      <Loaded query={query} what={words.comments} rows={1}>
        {(list) =>
          list.length === 0 ? (
            <p className="text-secondary">{words.noComments}</p>
          ) : (
            <ul className="flex flex-col gap-3">
              {list.map((each) => (
                <li key={each.id} className="flex gap-2.5" data-comment>
                  <Avatar name={each.by} />
                  <div className="min-w-0 flex-1">
                    <p className="flex flex-wrap items-baseline gap-x-2">
                      <span className="font-name">{each.by}</span>
                      <span className="text-meta text-muted">
                        <Time at={each.created_at} as="smart" />
                        {each.version !== of.version && ` · ${words.onVersion(each.version)}`}
                      </span>
                      {each.member_id === me?.member.id && (
                        <Button size="small" kind="ghost" onClick={() => takeBack.mutate({ of, commentId: each.id })}>
                          {words.takeBack}
                        </Button>
                      )}
                    </p>
                    <p className="break-words whitespace-pre-wrap">{each.text}</p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayWrite && (
        <div ref={place} className="flex flex-col items-start gap-2 pt-1">
          <TextArea
            label={words.comment}
            className="w-full"
            rows={2}
            maxLength={4000}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send();
            }}
          />
          <Button disabled={!text.trim()} busy={comment.isPending} onClick={send}>
            {words.send}
          </Button>
        </div>
      )}
    </Section>
  );
};
