/** What the pages for links in mails have in common. */
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { authStrings as words } from '@strings/auth';

/** What a link carries behind '#', so that no server on the way logs it. */
export const carried = (name: string): string => new URLSearchParams(window.location.hash.slice(1)).get(name) ?? '';

export const useTitle = (title: string) => {
  useEffect(() => {
    document.title = title;
  }, [title]);
};

export const ToSignIn = () => (
  <p className="mt-4 text-meta text-muted">
    <Link to="/sign-in" className="reach inline-block text-accent-text tablet:py-1 underline-offset-2 hover:underline">
      {words.signIn}
    </Link>
  </p>
);
