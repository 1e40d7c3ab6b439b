/**
 * The pictures and films of a post: added, ordered, described, removed. The checks say which of them a platform
 * accepts.
 */
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Crop, ImageUp, Images, Link as LinkIcon, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '@/components/button';
import { DropZone, FileButton } from '@/components/drop-zone';
import { TextField } from '@/components/field';
import { MediaThumb } from '@/components/media-thumb';
import { UploadList, useUploads } from '@/components/upload-list';
import { canCrop, mediumQuery, type Medium } from '@/data/media';
import { addFiles } from '@/data/uploads';
import { cn } from '@/lib/cn';
import { lazyWhenThere } from '@/lib/when-there';
import { connectorsQuery, type ChannelType } from '@/data/channels';
import { commonStrings } from '@strings/common';
import { composeStrings as words } from '@strings/compose';
import { cropStrings } from '@strings/crop';
import { lengthOfFilm, mediaStrings, sizeOf } from '@strings/media';
import { uploadStrings } from '@strings/uploads';
import { moved, withMedium, type Draft, type DraftMedium } from './draft';
import type { FieldErrors } from './editor';

const CropDialog = lazyWhenThere(() => import('@/components/crop-dialog').then((all) => ({ default: all.CropDialog })));
const LibraryDialog = lazyWhenThere(() => import('./library-dialog').then((all) => ({ default: all.LibraryDialog })));

export const asDraftMedium = (of: Medium): DraftMedium => ({ id: of.id, kind: of.kind, altText: of.alt_text });

const factsOf = (of: Medium | undefined): string =>
  of
    ? [
        mediaStrings.pixels(of.width, of.height),
        ...(of.kind === 'video' ? [lengthOfFilm(of.duration_ms)] : []),
        sizeOf(of.bytes),
      ].join(' · ')
    : '';

type ItemProps = {
  of: DraftMedium;
  index: number;
  count: number;
  error?: string;
  isTarget: boolean;
  onChange: (altText: string) => void;
  onMove: (to: number) => void;
  onCrop: (of: Medium) => void;
  onRemove: () => void;
  onDrag: (index: number | undefined) => void;
  onOver: () => void;
  onDrop: () => void;
};

const Item = (given: ItemProps) => {
  const { of, index, count, error, isTarget, onChange, onMove, onCrop, onRemove, onDrag, onOver, onDrop } = given;
  const { data: medium, error: gone } = useQuery(mediumQuery(of.id));
  const name = medium?.name || mediaStrings.kind[of.kind];
  return (
    <li
      data-medium={of.id}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        onOver();
      }}
      onDrop={(event) => {
        if (event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        onDrop();
      }}
      className={cn('flex gap-3 border-t border-line-subtle p-3 first:border-t-0', isTarget && 'bg-accent-tint')}
    >
      <div
        draggable={count > 1}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          onDrag(index);
        }}
        onDragEnd={() => onDrag(undefined)}
        className={cn('relative shrink-0 self-start', count > 1 && 'cursor-grab')}
        title={count > 1 ? words.dragOrder : undefined}
      >
        <MediaThumb
          of={medium ?? { kind: of.kind, preview_url: '', duration_ms: 0, is_animated: false, alt_text: of.altText }}
          className="size-20 rounded-control"
        />
        {count > 1 && (
          <span className="absolute top-1 left-1 inline-flex size-4.5 items-center justify-center rounded-full border border-line bg-surface text-axis font-heading tabular">
            {index + 1}
          </span>
        )}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex min-w-0 items-center gap-1">
          <p className="flex min-w-0 flex-1 items-baseline gap-2">
            <span className="truncate font-name">{name}</span>
            <span className="shrink-0 text-meta text-muted tabular max-tablet:hidden">
              {gone ? words.mediumGone : factsOf(medium)}
            </span>
          </p>
          {count > 1 && (
            <>
              <Button
                kind="ghost"
                icon={ArrowUp}
                disabled={index === 0}
                aria-label={words.earlier(name)}
                onClick={() => onMove(index - 1)}
              />
              <Button
                kind="ghost"
                icon={ArrowDown}
                disabled={index === count - 1}
                aria-label={words.later(name)}
                onClick={() => onMove(index + 1)}
              />
            </>
          )}
          {medium && canCrop(medium) && (
            <Button
              kind="ghost"
              icon={Crop}
              title={cropStrings.crop}
              aria-label={cropStrings.cropOf(name)}
              onClick={() => onCrop(medium)}
            />
          )}
          <Button kind="ghost" icon={Trash2} aria-label={words.takeOut(name)} onClick={onRemove} />
        </div>
        <TextField
          label={words.altText}
          value={of.altText}
          maxLength={1000}
          placeholder={words.altHelp}
          help={of.altText.trim() === '' ? words.altMissing : undefined}
          onChange={(event) => onChange(event.target.value)}
          error={error}
        />
      </div>
    </li>
  );
};

const WebImage = ({
  draft,
  onChange,
  errors,
}: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  errors: FieldErrors;
}) => {
  const image = draft.image;
  if (!image) return null;
  const set = (part: Partial<NonNullable<Draft['image']>>) => onChange({ ...draft, image: { ...image, ...part } });
  return (
    <div className="flex flex-col gap-3 rounded-card border border-line p-3">
      <TextField
        label={words.imageUrl}
        type="url"
        inputMode="url"
        value={image.url}
        onChange={(event) => set({ url: event.target.value })}
        help={words.imageHelp}
        error={errors['/image/url'] ?? errors['/image']}
      />
      <TextField
        label={words.altText}
        value={image.altText}
        onChange={(event) => set({ altText: event.target.value })}
        help={words.altHelp}
        error={errors['/image/alt_text']}
      />
      <Button
        size="small"
        icon={Trash2}
        onClick={() => onChange({ ...draft, image: undefined })}
        className="self-start"
      >
        {words.removeImage}
      </Button>
    </div>
  );
};

type MediaFieldsProps = {
  draft: Draft;
  onChange: (change: (draft: Draft) => Draft) => void;
  projectId: string;
  place: string;
  errors: FieldErrors;
  skipped: string[];
  platforms: ChannelType[];
};

export const MediaFields = ({ draft, onChange, projectId, place, errors, skipped, platforms }: MediaFieldsProps) => {
  const uploads = useUploads(place);
  const { data: connectors = [] } = useQuery(connectorsQuery);
  const [cropping, setCropping] = useState<{ medium: Medium; index: number }>();
  const [isChoosing, setChoosing] = useState(false);
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const media = draft.media;
  const setMedia = (change: (media: DraftMedium[]) => DraftMedium[]) =>
    onChange((now) => ({ ...now, image: undefined, media: change(now.media) }));
  const add = (files: File[]) => {
    const there = new Map<number, string>();
    addFiles(projectId, place, files, (made, index) => {
      there.set(index, made.id);
      const later = [...there].filter(([at]) => at > index).map(([, id]) => id);
      setMedia((all) => withMedium(all, asDraftMedium(made), later));
    });
  };
  const isEmpty = media.length === 0 && uploads.length === 0 && !draft.image;
  const error = errors['/media'] ?? errors['/image'];
  const move = (from: number, to: number) => setMedia((all) => moved(all, from, to));
  const end = () => {
    setDragged(undefined);
    setOver(undefined);
  };
  return (
    <section aria-label={words.media} className="flex flex-col gap-2">
      <h2 className="font-button text-secondary">{words.media}</h2>
      <DropZone onFiles={add} className="flex flex-col gap-2">
        {media.length > 0 && (
          <ul aria-label={words.media} className="rounded-card border border-line">
            {media.map((each, index) => (
              <Item
                key={`${each.id} ${media.slice(0, index).filter((other) => other.id === each.id).length}`}
                of={each}
                index={index}
                count={media.length}
                error={
                  errors[`/media/${index}`] ?? errors[`/media/${index}/alt_text`] ?? errors[`/media/${index}/media_id`]
                }
                isTarget={dragged !== undefined && over === index && dragged !== index}
                onChange={(altText) =>
                  setMedia((all) => all.map((other, place) => (place === index ? { ...other, altText } : other)))
                }
                onMove={(to) => move(index, to)}
                onCrop={(medium) => setCropping({ medium, index })}
                onRemove={() => setMedia((all) => all.filter((_, place) => place !== index))}
                onDrag={(from) => (from === undefined ? end() : setDragged(from))}
                onOver={() => setOver(index)}
                onDrop={() => {
                  if (dragged !== undefined) move(dragged, index);
                  end();
                }}
              />
            ))}
          </ul>
        )}
        <UploadList place={place} />
        <WebImage draft={draft} onChange={(next) => onChange(() => next)} errors={errors} />
        {!draft.image && (
          <div
            className={cn(
              'flex flex-wrap items-center gap-2',
              isEmpty && 'rounded-card border border-dashed border-line-control px-3 py-3',
            )}
          >
            <FileButton onFiles={add}>
              {(open) => (
                <Button icon={ImageUp} onClick={open}>
                  {uploadStrings.add}
                </Button>
              )}
            </FileButton>
            <Button icon={Images} onClick={() => setChoosing(true)}>
              {mediaStrings.choose}
            </Button>
            {isEmpty && (
              <>
                <Button
                  kind="ghost"
                  icon={LinkIcon}
                  onClick={() => onChange((now) => ({ ...now, image: { url: '', altText: '' } }))}
                >
                  {words.addImage}
                </Button>
                <p className="basis-full text-meta text-muted max-tablet:hidden">{words.dropOrPaste}</p>
              </>
            )}
          </div>
        )}
      </DropZone>
      {error && !draft.image && <p className="text-meta text-danger-text">{error}</p>}
      {skipped.length > 0 && !isEmpty && (
        <p className="text-meta text-muted">{words.imageSkipped(commonStrings.list(skipped))}</p>
      )}
      {cropping && (
        <Suspense>
          <CropDialog
            of={cropping.medium}
            connectors={connectors.filter((each) => platforms.includes(each.type))}
            onClose={() => setCropping(undefined)}
            onMade={(file) =>
              addFiles(projectId, place, [file], (made) =>
                setMedia((all) =>
                  all.map((other, at) =>
                    at === cropping.index && other.id === cropping.medium.id
                      ? { ...asDraftMedium(made), altText: other.altText }
                      : other,
                  ),
                ),
              )
            }
          />
        </Suspense>
      )}
      {isChoosing && (
        <Suspense>
          <LibraryDialog
            projectId={projectId}
            onClose={() => setChoosing(false)}
            onAdd={(chosen) => setMedia((all) => [...all, ...chosen.map(asDraftMedium)])}
          />
        </Suspense>
      )}
    </section>
  );
};
