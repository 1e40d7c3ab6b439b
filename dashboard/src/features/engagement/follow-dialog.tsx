/** How I follow a page. Only I decide for myself, and only a double consent lets an act go out unasked. */
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Choice } from '@/components/choice';
import { Dialog } from '@/components/dialog';
import { SelectField } from '@/components/field';
import { ErrorBox, Loaded } from '@/components/states';
import { Switch } from '@/components/switch';
import { commonStrings } from '@strings/common';
import { engagementStrings as words } from '@strings/engagement';
import {
  reactions,
  subscriptionQuery,
  usePageCommands,
  type Reaction,
  type Subscription,
  type TrackedPage,
} from './engagement-data';
import { settingsQuery } from './settings-data';

type How = Pick<Subscription, 'likes' | 'comments' | 'like_mode' | 'comment_mode' | 'reaction' | 'polling'>;

const usual: How = {
  likes: true,
  comments: false,
  like_mode: 'confirm',
  comment_mode: 'confirm',
  reaction: 'like',
  polling: true,
};

const SwitchRow = ({
  label,
  note,
  isOn,
  onChange,
}: {
  label: string;
  note?: string;
  isOn: boolean;
  onChange: (next: boolean) => void;
}) => (
  <div className="flex items-start gap-3">
    <span className="min-w-0 flex-1">
      <span className="font-button">{label}</span>
      {note && <span className="block text-meta text-muted">{note}</span>}
    </span>
    <Switch label={label} isOn={isOn} onChange={onChange} />
  </div>
);

const ModeRow = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: How['like_mode'];
  onChange: (next: How['like_mode']) => void;
}) => (
  <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
    <span className="text-meta text-secondary">{words.mode}</span>
    <Choice
      label={`${label}: ${words.mode}`}
      value={value}
      choices={(['confirm', 'automatic'] as const).map((each) => ({ value: each, label: words.modes[each] }))}
      onChange={onChange}
    />
  </div>
);

/** The platform's risk of acts that nobody confirms. */
const Warning = () => {
  const { data } = useQuery(settingsQuery);
  return (
    <div className="flex flex-col gap-1 rounded-control border border-warning-line px-3 py-2 text-meta text-secondary">
      <p className="flex items-center gap-1.5 font-name text-warning-text">
        <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
        {words.stated}
      </p>
      {data && <p>{data.automatic_warning}</p>}
      <p>{words.automaticNeeds}</p>
    </div>
  );
};

const Form = ({ page, start, onClose }: { page: TrackedPage; start: How; onClose: () => void }) => {
  const { follow } = usePageCommands();
  const [how, setHow] = useState(start);
  const set = (next: Partial<How>) => setHow({ ...how, ...next });
  const isAutomatic =
    (how.likes && how.like_mode === 'automatic') || (how.comments && how.comment_mode === 'automatic');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        follow.mutate({ page, how }, { onSuccess: onClose });
      }}
      className="flex flex-col gap-4 pb-3"
    >
      <div className="flex flex-col gap-2">
        <SwitchRow label={words.likes} isOn={how.likes} onChange={(likes) => set({ likes })} />
        {how.likes && (
          <>
            <SelectField
              label={words.reactionLabel}
              className="max-w-56"
              value={how.reaction}
              onChange={(event) => set({ reaction: event.target.value as Reaction })}
            >
              {reactions.map((each) => (
                <option key={each} value={each}>
                  {words.reaction(each)}
                </option>
              ))}
            </SelectField>
            <ModeRow label={words.likes} value={how.like_mode} onChange={(next) => set({ like_mode: next })} />
          </>
        )}
      </div>
      <div className="flex flex-col gap-2 border-t border-line-subtle pt-3">
        <SwitchRow label={words.comments} isOn={how.comments} onChange={(comments) => set({ comments })} />
        {how.comments && (
          <>
            <ModeRow label={words.comments} value={how.comment_mode} onChange={(next) => set({ comment_mode: next })} />
            <p className="text-meta text-muted">{words.commentNeedsWords}</p>
          </>
        )}
      </div>
      <div className="border-t border-line-subtle pt-3">
        <SwitchRow
          label={words.pollForMe}
          note={words.pollForMeText}
          isOn={how.polling}
          onChange={(polling) => set({ polling })}
        />
      </div>
      {isAutomatic && <Warning />}
      {follow.error && <ErrorBox error={follow.error} />}
      <div className="flex flex-wrap justify-end gap-2 max-tablet:flex-col-reverse">
        <Button onClick={onClose}>{commonStrings.cancel}</Button>
        <Button type="submit" kind="primary" busy={follow.isPending} disabled={!how.likes && !how.comments}>
          {page.is_subscribed ? words.save : words.followIt}
        </Button>
      </div>
    </form>
  );
};

const Followed = ({ page, onClose }: { page: TrackedPage; onClose: () => void }) => (
  <Loaded query={useQuery(subscriptionQuery(page.id))} what={words.pageWhat} rows={4}>
    {({ likes, comments, like_mode, comment_mode, reaction, polling }) => (
      <Form page={page} start={{ likes, comments, like_mode, comment_mode, reaction, polling }} onClose={onClose} />
    )}
  </Loaded>
);

export const FollowDialog = ({ page, onClose }: { page: TrackedPage; onClose: () => void }) => (
  <Dialog open onOpenChange={(open) => !open && onClose()} title={words.followTitle(page.name)} text={words.followText}>
    {page.is_subscribed ? (
      <Followed page={page} onClose={onClose} />
    ) : (
      <Form page={page} start={usual} onClose={onClose} />
    )}
  </Dialog>
);
