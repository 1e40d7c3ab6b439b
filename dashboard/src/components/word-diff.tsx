/** The difference of two texts, word by word; also marked with + and −, and for screen readers. */
import { diffWordsWithSpace } from 'diff';
import { studioStrings as words } from '@strings/studio';

export const WordDiff = ({ name, before, after }: { name: string; before: string; after: string }) => (
  <section aria-label={name}>
    <p className="pb-0.5 text-meta text-muted">{name}</p>
    <p className="rounded-control border border-line bg-sunken px-3 py-2 break-words whitespace-pre-wrap">
      {diffWordsWithSpace(before, after).map((part, index) => {
        if (part.added)
          return (
            <ins key={index} className="rounded-kbd bg-success-tint text-success-text no-underline">
              <span className="sr-only">{words.added} </span>
              <span aria-hidden>+</span>
              {part.value}
            </ins>
          );
        if (part.removed)
          return (
            <del key={index} className="rounded-kbd bg-danger-tint text-danger-text">
              <span className="sr-only">{words.removedText} </span>
              <span aria-hidden>−</span>
              {part.value}
            </del>
          );
        return part.value;
      })}
    </p>
  </section>
);
