/** Deletes the company with all that it has: an owner does, who writes its name and proves who they are. */
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { ConfirmDialog, isToConfirm } from '@/components/confirm-identity';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { MayNot } from '@/components/may-not';
import { ErrorBox } from '@/components/states';
import { useMe } from '@/data/people';
import { api, dataOf } from '@/lib/api/client';
import { farewellStore } from '@/lib/farewell';
import { queryClient } from '@/lib/query-client';
import { signOut } from '@/lib/session';
import { settingsStrings as words } from '@strings/website';

const DeleteDialog = ({ company, onClose }: { company: string; onClose: () => void }) => {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const isSame = name.trim() === company;
  const remove = useMutation({
    mutationFn: () => dataOf(api.DELETE('/org', { params: { query: { name: company } } })),
    onSuccess: async (gone) => {
      farewellStore.set(words.deleted(company, gone.withdrawn, gone.under_way));
      // The session is over already; this browser is to know it, and its other tabs.
      await signOut().catch(() => undefined);
      queryClient.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  const run = () => {
    setTried(true);
    if (isSame) remove.mutate();
  };
  const mustConfirm = remove.error !== null && isToConfirm(remove.error);
  if (mustConfirm) return <ConfirmDialog onDone={() => remove.mutate()} onClose={() => remove.reset()} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.deleteTitle(company)}
      text={
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {words.deleteText.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      }
      actions={
        <>
          <Button onClick={onClose}>{words.keepCompany}</Button>
          <Button kind="danger" icon={Trash2} busy={remove.isPending} onClick={run}>
            {words.deleteForGood}
          </Button>
        </>
      }
    >
      <TextField
        label={words.typeName(company)}
        autoComplete="off"
        value={name}
        error={isTried && !isSame ? words.otherName(company) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      {remove.error && <ErrorBox error={remove.error} className="mt-3" />}
    </Dialog>
  );
};

export const DeleteCompany = () => {
  const me = useMe();
  const [isAsking, setAsking] = useState(false);
  if (!me) return null;
  if (me.member.role !== 'owner') return <MayNot ownersOnly>{words.deleteMayNot}</MayNot>;
  return (
    <div className="flex max-w-lg flex-col gap-3">
      <p className="text-secondary">{words.deleteCompanyText}</p>
      <Button icon={Trash2} kind="danger" className="self-start" onClick={() => setAsking(true)}>
        {words.deleteCompanyAsk}
      </Button>
      {isAsking && <DeleteDialog company={me.company.name} onClose={() => setAsking(false)} />}
    </div>
  );
};
