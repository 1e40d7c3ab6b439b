/** Files being uploaded, each with its progress; a failed one says why, and can be retried. */
import { CircleAlert, Film, Image as ImageIcon, RotateCcw, X } from 'lucide-react';
import { Button } from '@/components/button';
import { cancelUpload, retryUpload, uploadsStore, type Upload } from '@/data/uploads';
import { cn } from '@/lib/cn';
import { useStore } from '@/lib/store';
import { sizeOf } from '@strings/media';
import { uploadStrings as words } from '@strings/uploads';

const Row = ({ of }: { of: Upload }) => {
  const Icon = of.type.startsWith('video/') ? Film : ImageIcon;
  const share = of.bytes > 0 ? of.sent / of.bytes : 0;
  return (
    <li
      data-upload={of.state}
      className="flex items-center gap-3 border-t border-line-subtle px-3 py-2 first:border-t-0"
    >
      <span className="flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-control bg-sunken text-muted">
        {of.picture && of.state !== 'failed' ? (
          <img src={of.picture} alt="" className="size-full object-cover opacity-60" />
        ) : (
          <Icon size={18} strokeWidth={1.5} aria-hidden />
        )}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex min-w-0 items-baseline gap-2">
          <span className="truncate font-name">{of.name}</span>
          <span className="ml-auto shrink-0 text-meta text-muted tabular">
            {of.state === 'looking' ? words.looking : words.sent(sizeOf(of.sent), sizeOf(of.bytes))}
          </span>
        </p>
        {of.state === 'failed' ? (
          <p className="flex items-start gap-1 text-meta text-danger-text" role="alert">
            <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0" />
            {of.problem}
          </p>
        ) : (
          <div
            role="progressbar"
            aria-label={words.progress(of.name)}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            className="h-1 overflow-hidden rounded-full bg-pressed"
          >
            <div
              className={cn('h-full origin-left rounded-full bg-accent', of.state === 'looking' && 'opacity-50')}
              style={{ transform: `scaleX(${share})` }}
            />
          </div>
        )}
      </div>
      {of.state === 'failed' && (
        <Button
          kind="ghost"
          icon={RotateCcw}
          aria-label={words.againOf(of.name)}
          title={words.again}
          onClick={() => retryUpload(of.key)}
        />
      )}
      <Button
        kind="ghost"
        icon={X}
        aria-label={words.cancelOf(of.name)}
        title={words.cancel}
        onClick={() => cancelUpload(of.key)}
      />
    </li>
  );
};

export const useUploads = (place: string): Upload[] => useStore(uploadsStore).filter((each) => each.place === place);

export const UploadList = ({ place, className }: { place: string; className?: string }) => {
  const uploads = useUploads(place);
  if (uploads.length === 0) return null;
  return (
    <ul aria-label={words.list} className={cn('rounded-card border border-line bg-surface', className)}>
      {uploads.map((each) => (
        <Row key={each.key} of={each} />
      ))}
    </ul>
  );
};
