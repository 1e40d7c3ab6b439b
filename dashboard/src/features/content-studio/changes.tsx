/** The differences between the present version and an earlier one. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField } from '@/components/field';
import { WordDiff } from '@/components/word-diff';
import type { Content } from '@/data/content';
import { studioStrings as words } from '@strings/studio';
import { versionsQuery } from './studio-data';

export const Changes = ({ of }: { of: Content }) => {
  const { data: versions = [] } = useQuery(versionsQuery(of.id));
  const [chosen, setChosen] = useState<number>();
  const earlier = versions.filter((each) => each.version < of.version);
  const before = earlier.find((each) => each.version === chosen) ?? earlier[0];
  if (!before) return null;
  const isSame = before.title === of.title && before.text === of.text;
  return (
    <div className="flex flex-col gap-2" data-changes>
      <SelectField
        label={words.compare}
        className="max-w-48"
        value={before.version}
        onChange={(event) => setChosen(Number(event.target.value))}
      >
        {earlier.map((each) => (
          <option key={each.version} value={each.version}>
            {words.version(each.version)}
          </option>
        ))}
      </SelectField>
      {isSame ? (
        <p className="text-secondary">{words.noChange}</p>
      ) : (
        <>
          {before.title !== of.title && <WordDiff name={words.titlePart} before={before.title} after={of.title} />}
          {before.text !== of.text && <WordDiff name={words.textPart} before={before.text} after={of.text} />}
        </>
      )}
    </div>
  );
};
