/**
 * Fits a picture to a platform's shape: crops it, or puts it on a background. The result is a new picture in the
 * library.
 */
import 'react-image-crop/dist/ReactCrop.css';
import { useRef, useState } from 'react';
import { ReactCrop, type PercentCrop } from 'react-image-crop';
import type { Connector } from '@/data/channels';
import { addressHere, type Medium } from '@/data/media';
import { groundFor, middlePart, pixelsOf, shaped, whole, type Part } from '@/lib/picture-shape';
import { commonStrings } from '@strings/common';
import { cropStrings as words, shapes, type Shape } from '@strings/crop';
import { mediaStrings } from '@strings/media';
import { Button } from './button';
import { Choice } from './choice';
import { Dialog } from './dialog';
import { ErrorBox } from './states';

type Way = 'cut' | 'fit';

const inPercent = (part: Part): PercentCrop => ({
  unit: '%',
  x: part.x * 100,
  y: part.y * 100,
  width: part.width * 100,
  height: part.height * 100,
});

const ofPercent = (crop: PercentCrop): Part => ({
  x: crop.x / 100,
  y: crop.y / 100,
  width: crop.width / 100,
  height: crop.height / 100,
});

/** The platforms among `connectors` that would refuse this shape, with the shapes that they accept. */
const refusals = (connectors: Connector[], aspect: number): string[] =>
  connectors.flatMap((each) => {
    const { min_aspect: least, max_aspect: most } = each.media.picture;
    const isIn = (least === null || aspect >= least - 0.005) && (most === null || aspect <= most + 0.005);
    return isIn ? [] : [words.refuses(each.name, least, most)];
  });

type Props = {
  of: Medium;
  /** The target platforms, with their limits. */
  connectors?: Connector[];
  onMade: (file: File) => void;
  onClose: () => void;
};

export const CropDialog = ({ of, connectors = [], onMade, onClose }: Props) => {
  const picture = useRef<HTMLImageElement>(null);
  const [way, setWay] = useState<Way>('cut');
  const [shape, setShape] = useState<Shape>('free');
  const [ground, setGround] = useState<keyof typeof words.grounds>('white');
  const [part, setPart] = useState<Part>(whole);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const aspect = shapes[shape].aspect;
  const choose = (next: Shape) => {
    setShape(next);
    const wanted = shapes[next].aspect;
    setPart(wanted === undefined ? whole : middlePart(of.width, of.height, wanted));
  };
  const size =
    way === 'fit' && aspect !== undefined
      ? groundFor(of.width, of.height, aspect)
      : pixelsOf(part, of.width, of.height);
  const isWhole = way === 'cut' ? part.width > 0.999 && part.height > 0.999 : aspect === undefined;
  const make = async () => {
    if (!picture.current) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const fitted = way === 'fit' ? { aspect, ground } : {};
      onMade(await shaped(picture.current, { part, ...fitted, type: of.type, name: of.name }));
      onClose();
    } catch {
      setProblem(new Error(words.failed));
      setBusy(false);
    }
  };
  const shown = (
    <img
      ref={picture}
      src={addressHere(of.url)}
      alt={of.alt_text || of.name}
      className="max-h-[44vh] max-w-full object-contain"
    />
  );
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      text={words.text}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button kind="primary" disabled={isWhole} busy={isBusy} onClick={() => void make()}>
            {words.make}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <div className="flex flex-wrap gap-3">
          <Choice
            label={words.way}
            value={way}
            onChange={(next) => {
              setWay(next);
              if (next === 'fit' && aspect === undefined) choose('square');
            }}
            choices={[
              { value: 'cut', label: words.cut },
              { value: 'fit', label: words.fit },
            ]}
          />
          {way === 'fit' && (
            <Choice
              label={words.ground}
              value={ground}
              onChange={setGround}
              choices={[
                { value: 'white', label: words.grounds.white },
                { value: 'black', label: words.grounds.black },
              ]}
            />
          )}
        </div>
        <div role="group" aria-label={words.shape} className="flex flex-wrap gap-1.5">
          {(Object.keys(shapes) as Shape[])
            .filter((each) => way === 'cut' || shapes[each].aspect !== undefined)
            .map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={shape === each}
                title={shapes[each].hint}
                onClick={() => choose(each)}
                className="inline-flex h-(--control) items-center gap-1.5 rounded-control border border-line px-2.5 hover:bg-hover aria-pressed:border-accent-line aria-pressed:bg-accent-tint"
              >
                {shapes[each].name}
                {shapes[each].ratio && <span className="text-meta text-muted tabular">{shapes[each].ratio}</span>}
              </button>
            ))}
        </div>
        <div className="flex min-h-40 items-center justify-center overflow-hidden rounded-card bg-sunken max-tablet:p-5.5">
          {way === 'cut' ? (
            <ReactCrop
              crop={inPercent(part)}
              aspect={aspect}
              keepSelection
              ruleOfThirds
              minWidth={16}
              minHeight={16}
              ariaLabels={words.handles}
              onChange={(_, crop) => setPart(ofPercent(crop))}
            >
              {shown}
            </ReactCrop>
          ) : (
            <div
              className="flex h-[44vh] max-w-full items-center justify-center overflow-hidden border border-line"
              style={{ aspectRatio: String(aspect ?? 1), background: ground }}
            >
              {shown}
            </div>
          )}
        </div>
        <div aria-live="polite" className="flex flex-col gap-1">
          <p className="text-meta text-secondary tabular">
            {mediaStrings.pixels(size.width, size.height)}
            {way === 'cut' && <span className="text-muted"> · {words.keys}</span>}
          </p>
          {refusals(connectors, size.width / size.height).map((sentence) => (
            <p key={sentence} className="text-meta text-warning-text">
              {sentence}
            </p>
          ))}
        </div>
        {problem !== undefined && <ErrorBox error={problem} />}
      </div>
    </Dialog>
  );
};
