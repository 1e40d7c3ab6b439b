/** One picture or film: shown large, named, described, and the posts that show it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Crop, ExternalLink, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Confirm, Dialog } from '@/components/dialog';
import { TextArea, TextField } from '@/components/field';
import { ErrorBox, Loaded, Skeleton } from '@/components/states';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { addressHere, canCrop, describeMedium, mediumQuery, removeMedium, usesQuery, type Medium } from '@/data/media';
import { titleOf } from '@/data/posts';
import { useZoneOf } from '@/data/projects';
import { addFiles } from '@/data/uploads';
import { lazyWhenThere } from '@/lib/when-there';
import { cropStrings } from '@strings/crop';
import { lengthOfFilm, mediaStrings as words, sizeOf } from '@strings/media';

const CropDialog = lazyWhenThere(() => import('@/components/crop-dialog').then((all) => ({ default: all.CropDialog })));

const Large = ({ of }: { of: Medium }) => (
  <div className="flex max-h-[48vh] min-h-40 items-center justify-center overflow-hidden rounded-card bg-sunken">
    {of.kind === 'video' ? (
      <video
        controls
        preload="metadata"
        poster={addressHere(of.preview_url)}
        src={addressHere(of.url)}
        aria-label={of.alt_text || of.name}
        className="max-h-[48vh] w-full"
      />
    ) : (
      <img src={addressHere(of.url)} alt={of.alt_text} className="max-h-[48vh] max-w-full object-contain" />
    )}
  </div>
);

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="grid grid-cols-[5rem_1fr] gap-2">
    <dt className="text-secondary">{name}</dt>
    <dd className="min-w-0 break-words tabular">{children}</dd>
  </div>
);

const Facts = ({ of, zone }: { of: Medium; zone: string }) => (
  <dl className="flex flex-col gap-1">
    <Fact name={words.size}>
      {words.pixels(of.width, of.height)} · {sizeOf(of.bytes)}
      {of.duration_ms > 0 && ` · ${lengthOfFilm(of.duration_ms)}`}
    </Fact>
    <Fact name={words.format}>{of.type}</Fact>
    <Fact name={words.added}>
      <Time at={of.created_at} zone={zone} as="smart" />
    </Fact>
  </dl>
);

const Uses = ({ id, zone }: { id: string; zone: string }) => {
  const query = useQuery(usesQuery(id));
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-button text-secondary">{words.usedBy}</h3>
      <Loaded query={query} what={words.usedBy} rows={1}>
        {(uses) =>
          uses.length === 0 ? (
            <p className="text-muted">{words.unused}</p>
          ) : (
            <ul className="flex max-h-40 flex-col overflow-y-auto rounded-control border border-line">
              {uses.map((use) => (
                <li key={use.post_id} className="border-t border-line-subtle first:border-t-0">
                  <Link
                    to="/app/posts/$postId"
                    params={{ postId: use.post_id }}
                    className="flex min-h-8 items-center gap-3 px-2.5 hover:bg-hover max-tablet:min-h-11"
                  >
                    <span className="min-w-0 flex-1 truncate">{titleOf(use) || words.untitled}</span>
                    <span className="shrink-0 text-meta text-muted">
                      {use.scheduled_at ? <Time at={use.scheduled_at} zone={zone} as="smart" /> : words.draft}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
};

type BodyProps = { of: Medium; mayWrite: boolean; onClose: () => void };

const Body = ({ of, mayWrite, onClose }: BodyProps) => {
  const client = useQueryClient();
  const zone = useZoneOf()(of.project_id);
  const [name, setName] = useState(of.name);
  const [alt, setAlt] = useState(of.alt_text);
  const [isAsking, setAsking] = useState(false);
  const [isCropping, setCropping] = useState(false);
  const isChanged = name.trim() !== of.name || alt.trim() !== of.alt_text;
  const settled = () => client.invalidateQueries({ queryKey: queryKeys.media });
  const save = useMutation({
    mutationFn: () => describeMedium(of.id, { name: name.trim() || of.name, alt_text: alt.trim() }),
    onSuccess: async (made) => {
      client.setQueryData(queryKeys.medium(of.id), made);
      setName(made.name);
      setAlt(made.alt_text);
      toast(words.saved);
      await settled();
    },
  });
  const remove = useMutation({
    mutationFn: () => removeMedium(of.id),
    onSuccess: async () => {
      toast(words.removed);
      onClose();
      await settled();
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.medium(of.id) }),
  });
  const problem = save.error ?? remove.error;
  return (
    <div className="grid gap-5 pb-3 tablet:grid-cols-[1.2fr_1fr]">
      <div className="flex min-w-0 flex-col gap-3">
        <Large of={of} />
        <Facts of={of} zone={zone} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <TextField
          label={words.name}
          value={name}
          maxLength={255}
          readOnly={!mayWrite}
          onChange={(event) => setName(event.target.value)}
        />
        <TextArea
          label={words.alt}
          value={alt}
          rows={4}
          maxLength={1000}
          readOnly={!mayWrite}
          help={words.altHelp}
          onChange={(event) => setAlt(event.target.value)}
        />
        <Uses id={of.id} zone={zone} />
        {problem && <ErrorBox error={problem} />}
        <div className="flex flex-wrap items-center gap-2">
          <a href={addressHere(of.url)} target="_blank" rel="noreferrer noopener" className={buttonStyle('ghost')}>
            <ExternalLink size={16} strokeWidth={1.75} aria-hidden />
            {words.download}
          </a>
          {mayWrite && canCrop(of) && (
            <Button kind="ghost" icon={Crop} onClick={() => setCropping(true)}>
              {cropStrings.crop}
            </Button>
          )}
          {mayWrite && (
            <>
              <Button
                kind="ghost"
                icon={Trash2}
                disabled={of.uses > 0}
                busy={remove.isPending}
                onClick={() => setAsking(true)}
              >
                {words.remove}
              </Button>
              <Button
                kind="primary"
                disabled={!isChanged}
                busy={save.isPending}
                onClick={() => save.mutate()}
                className="ml-auto"
              >
                {words.save}
              </Button>
            </>
          )}
        </div>
        {mayWrite && of.uses > 0 && <p className="text-meta text-muted">{words.inUse}</p>}
      </div>
      {isCropping && (
        <Suspense>
          <CropDialog
            of={of}
            onClose={() => setCropping(false)}
            onMade={(file) => {
              addFiles(of.project_id, 'library', [file], (made) => {
                if (of.alt_text) void describeMedium(made.id, { name: made.name, alt_text: of.alt_text }).then(settled);
              });
              onClose();
            }}
          />
        </Suspense>
      )}
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={words.removeTitle(of.name || words.kind[of.kind])}
        text={words.removeText}
        action={words.remove}
        keep={words.keepIt}
        onConfirm={() => remove.mutate()}
      />
    </div>
  );
};

type MediumDialogProps = {
  id: string;
  mayWrite: boolean;
  onClose: () => void;
  onNext?: () => void;
  onPrevious?: () => void;
};

export const MediumDialog = ({ id, mayWrite, onClose, onNext, onPrevious }: MediumDialogProps) => {
  const query = useQuery({ ...mediumQuery(id), staleTime: 0 });
  const of = query.data;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={of ? of.name || words.kind[of.kind] : words.title}
      actions={
        (onNext ?? onPrevious) ? (
          <div className="mr-auto flex gap-1">
            <Button icon={ChevronLeft} aria-label={words.keys.previous} disabled={!onPrevious} onClick={onPrevious} />
            <Button icon={ChevronRight} aria-label={words.keys.next} disabled={!onNext} onClick={onNext} />
          </div>
        ) : undefined
      }
    >
      {of ? (
        <Body key={of.id} of={of} mayWrite={mayWrite} onClose={onClose} />
      ) : query.error ? (
        <ErrorBox error={query.error} what={words.kind.image} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton rows={6} />
      )}
    </Dialog>
  );
};
