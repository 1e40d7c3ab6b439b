/** Accepts files dropped on its content, and shows it while they are over it. */
import { ImageUp } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { mediaIn } from '@/data/uploads';
import { cn } from '@/lib/cn';
import { uploadStrings as words } from '@strings/uploads';

type DropZoneProps = { onFiles?: (files: File[]) => void; children: ReactNode; className?: string };

const hasFiles = (data: DataTransfer): boolean => data.types.includes('Files');

export const DropZone = ({ onFiles, children, className }: DropZoneProps) => {
  // Moving over children also fires enter and leave; only the last leave counts.
  const depth = useRef(0);
  const [isOver, setOver] = useState(false);
  const over = (by: number) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  if (!onFiles) return <div className={className}>{children}</div>;
  return (
    <div
      className={cn('relative', className)}
      onDragEnter={(event) => hasFiles(event.dataTransfer) && over(1)}
      onDragLeave={(event) => hasFiles(event.dataTransfer) && over(-1)}
      onDragOver={(event) => hasFiles(event.dataTransfer) && event.preventDefault()}
      onDrop={(event) => {
        if (!hasFiles(event.dataTransfer)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles(mediaIn(event.dataTransfer));
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center rounded-card border-2 border-dashed border-accent bg-accent-tint">
          <p className="flex items-center gap-2 font-name text-accent-text">
            <ImageUp size={20} strokeWidth={1.75} aria-hidden />
            {words.drop}
          </p>
        </div>
      )}
    </div>
  );
};

/** A button that opens the browser's file dialog. */
export const FileButton = ({
  onFiles,
  children,
}: {
  onFiles: (files: File[]) => void;
  children: (open: () => void) => ReactNode;
}) => {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept="image/jpeg,image/png,image/gif,image/webp,video/mp4,video/quicktime,video/webm"
        aria-label={words.add}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {children(() => field.current?.click())}
    </>
  );
};
