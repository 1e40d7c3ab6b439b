/** The fields of an item's words: title, text, platform texts, and an image. */
import { Plus, X } from 'lucide-react';
import { Button } from '@/components/button';
import { TextArea, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import type { ChannelType } from '@/data/channels';
import { platformNames } from '@strings/platforms';
import { studioStrings as words } from '@strings/studio';
import type { WordsDraft } from './words-draft';

type WordsFieldsProps = {
  draft: WordsDraft;
  /** The possible channels of the item. */
  platforms: ChannelType[];
  errors: Record<string, string>;
  onChange: (next: Partial<WordsDraft>) => void;
};

const Variants = ({ draft, platforms, errors, onChange }: WordsFieldsProps) => {
  const own = (Object.keys(draft.variants) as ChannelType[]).toSorted();
  const others = platforms.filter((each) => !own.includes(each));
  const set = (platform: ChannelType, text: string) => onChange({ variants: { ...draft.variants, [platform]: text } });
  const drop = (platform: ChannelType) => {
    const rest = Object.entries(draft.variants).filter(([name]) => name !== platform);
    onChange({ variants: Object.fromEntries(rest) });
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 font-button text-secondary">{words.variants}</legend>
      {own.map((platform, index) => (
        <div key={platform} className="flex items-start gap-2" data-variant={platform}>
          <div className="min-w-0 flex-1">
            <TextArea
              label={words.variantFor(platformNames[platform])}
              rows={3}
              value={draft.variants[platform] ?? ''}
              error={errors[`/variants/${index}/text`] ?? errors[`/variants/${index}`]}
              onChange={(event) => set(platform, event.target.value)}
            />
          </div>
          <Button
            icon={X}
            size="icon"
            aria-label={words.dropVariant(platformNames[platform])}
            onClick={() => drop(platform)}
          />
        </div>
      ))}
      <div className="flex flex-wrap gap-1.5">
        {others.map((platform) => (
          <Button key={platform} icon={Plus} onClick={() => set(platform, draft.text)}>
            <PlatformMark of={platform} />
            {words.addVariant(platformNames[platform])}
          </Button>
        ))}
      </div>
      {errors['/variants'] && <p className="text-meta text-danger-text">{errors['/variants']}</p>}
    </fieldset>
  );
};

export const WordsFields = (props: WordsFieldsProps) => {
  const { draft, errors, onChange } = props;
  return (
    <>
      <TextField
        label={words.name}
        optional
        value={draft.title}
        error={errors['/title']}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <TextArea
        label={words.text}
        help={words.textHelp}
        rows={6}
        autoFocus
        value={draft.text}
        error={errors['/text']}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <Variants {...props} />
      <div className="grid gap-3 tablet:grid-cols-2">
        <TextField
          label={words.imageUrl}
          optional
          type="url"
          help={words.imageHelp}
          value={draft.imageUrl}
          error={errors['/image/url'] ?? errors['/image']}
          onChange={(event) => onChange({ imageUrl: event.target.value })}
        />
        <TextField
          label={words.imageAlt}
          optional
          value={draft.imageAlt}
          error={errors['/image/alt_text']}
          onChange={(event) => onChange({ imageAlt: event.target.value })}
        />
      </div>
    </>
  );
};
