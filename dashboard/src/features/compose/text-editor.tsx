/**
 * A textarea over a layer that highlights links, tags and mentions. No editor library, because posts are plain text.
 */
import { useEffect, useId, useRef, type Ref } from 'react';
import { cn } from '@/lib/cn';

const pieces = /(https?:\/\/[^\s]+|[@#][\p{L}\p{N}_]+)/gu;
const isMarked = /^(https?:|[@#])/;

type TextEditorProps = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string;
  error?: string;
  ref?: Ref<HTMLTextAreaElement>;
  autoFocus?: boolean;
  /** A part of a thread: it starts with few lines. */
  short?: boolean;
};

const shape =
  'col-start-1 row-start-1 w-full rounded-control border px-3 py-2.5 text-lead break-words whitespace-pre-wrap';

export const TextEditor = ({ label, value, onChange, placeholder, error, ref, autoFocus, short }: TextEditorProps) => {
  const id = useId();
  const height = short ? 'min-h-20' : 'min-h-48';
  const note = useRef<HTMLParagraphElement>(null);
  // A refused field scrolls into view, wherever the focus was.
  useEffect(() => {
    if (error) note.current?.scrollIntoView({ block: 'center' });
  }, [error]);
  return (
    <div>
      {/* A long text scrolls within: what stands below stays near. The edge leaves room for the focus' ring. */}
      <div className="-m-1 grid max-h-[65dvh] grid-cols-[minmax(0,1fr)] overflow-y-auto p-1">
        <div aria-hidden className={cn(shape, height, 'border-transparent text-transparent')}>
          {value.split(pieces).map((piece, index) =>
            isMarked.test(piece) ? (
              <mark key={index} className="rounded-kbd bg-accent-tint text-transparent">
                {piece}
              </mark>
            ) : (
              piece
            ),
          )}
          {'​'}
        </div>
        <textarea
          ref={ref}
          aria-label={label}
          aria-invalid={Boolean(error)}
          aria-describedby={error ? id : undefined}
          value={value}
          placeholder={placeholder}
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
          className={cn(shape, height, 'resize-none overflow-hidden border-line-control bg-transparent')}
        />
      </div>
      {error && (
        <p ref={note} id={id} role="alert" className="mt-1 text-meta text-danger-text">
          {error}
        </p>
      )}
    </div>
  );
};
