import { useId, type ComponentProps } from 'react';
import { TextField } from '@/components/field';

type ZoneFieldProps = { label: string; help?: string; error?: string } & Omit<
  ComponentProps<'input'>,
  'className' | 'list'
>;

/** A field for an IANA zone, with the browser's own list of suggestions. */
export const ZoneField = (props: ZoneFieldProps) => {
  const id = useId();
  return (
    <>
      <TextField {...props} list={id} autoComplete="off" spellCheck={false} />
      <datalist id={id}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
};
