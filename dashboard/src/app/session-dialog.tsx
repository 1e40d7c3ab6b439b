/** When a session ends, the sign-in card appears over the page, which keeps its unsaved work. */
import { Dialog } from 'radix-ui';
import { SignInForm } from '@/components/sign-in-form';
import { meQuery } from '@/data/people';
import { useFocusReturn } from '@/lib/focus-place';
import { queryClient } from '@/lib/query-client';
import { authStrings as words } from '@strings/auth';

/** Whose session it was is known: what is asked for is the password. */
const askForPassword = (event: Event): void => {
  const card = event.target;
  if (!(card instanceof HTMLElement) || !card.querySelector<HTMLInputElement>('input[type="email"]')?.value) return;
  event.preventDefault();
  card.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
};

export const SessionDialog = () => {
  const giveBack = useFocusReturn();
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-shade" />
        <Dialog.Content
          className="fixed top-1/2 left-1/2 z-50 w-[min(23rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-card border border-line bg-raised p-5 shadow-dialog focus:outline-none"
          onCloseAutoFocus={giveBack}
          onOpenAutoFocus={askForPassword}
          onEscapeKeyDown={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <Dialog.Title className="text-lead font-heading">{words.expiredTitle}</Dialog.Title>
          <Dialog.Description className="mt-1 mb-3 text-secondary">{words.expiredText}</Dialog.Description>

          <SignInForm
            email={queryClient.getQueryData(meQuery.queryKey)?.member.email}
            onDone={() => void queryClient.invalidateQueries()}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
