/**
 * Renders Markdown. HTML stays text, pictures are shown as their description (no other host is called), and links open
 * in a new tab.
 */
import Markdown from 'markdown-to-jsx/react';
import type { ComponentProps, ReactNode } from 'react';
import { accountStrings as words } from '@strings/account';

const Heading = ({ children }: { children?: ReactNode }) => <p className="font-heading">{children}</p>;
const Away = ({ href, children }: ComponentProps<'a'>) =>
  /^(https?:|mailto:)/i.test(href ?? '') ? (
    <a href={href} target="_blank" rel="noopener noreferrer" className="text-accent-text underline underline-offset-2">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
const Described = ({ alt }: ComponentProps<'img'>) => <em>{words.imageNamed(alt ?? '')}</em>;
const Row = ({ children }: { children?: ReactNode }) => <div className="overflow-x-auto">{children}</div>;

const overrides = {
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, Heading])),
  a: Away,
  img: Described,
  input: () => null,
  pre: Row,
};

export const MarkdownText = ({ text }: { text: string }) => (
  <div className="flex min-w-0 flex-col gap-2 break-words [&_blockquote]:border-l-2 [&_blockquote]:border-line [&_blockquote]:pl-3 [&_blockquote]:text-secondary [&_code]:font-mono [&_code]:text-meta [&_hr]:border-line [&_ol]:list-decimal [&_ol]:pl-5 [&_strong]:font-heading [&_ul]:list-disc [&_ul]:pl-5">
    <Markdown options={{ disableParsingRawHTML: true, forceBlock: true, wrapper: null, overrides }}>{text}</Markdown>
  </div>
);
