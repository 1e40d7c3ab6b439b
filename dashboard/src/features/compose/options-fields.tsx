/** A platform's required and optional choices for a post, as the API's catalogue describes them. */
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { SelectField, TextArea, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { connectorsQuery, type ChannelType, type Connector } from '@/data/channels';
import { cn } from '@/lib/cn';
import { composeStrings as words } from '@strings/compose';
import { platformNames } from '@strings/platforms';
import { firstCommentOption, threadOption, type Draft } from './draft';

type Option = Connector['options'][number];

type FieldProps = { option: Option; value: string; onChange: (value: string) => void; error?: string };

/** Untouched it is not sent, which means "no". */
const YesField = ({ option, value, onChange, error }: FieldProps) => (
  <div className="flex flex-col justify-center gap-1 tablet:min-h-9">
    <label className="flex items-center gap-2 max-tablet:min-h-11">
      <input
        type="checkbox"
        checked={value === 'yes'}
        className="size-4 shrink-0 accent-accent"
        onChange={(event) => onChange(event.target.checked ? 'yes' : '')}
      />
      {option.label}
    </label>
    {(error ?? option.hint) && (
      <p className={cn('text-meta', error ? 'text-danger-text' : 'text-muted')}>{error ?? option.hint}</p>
    )}
  </div>
);

const OptionField = (props: FieldProps) => {
  const { option, value, onChange, error } = props;
  const shared = {
    label: option.label,
    help: option.hint || undefined,
    error,
    optional: !option.is_required,
    className: 'min-w-0',
  };
  if (option.kind === 'yes_or_no') return <YesField {...props} />;
  if (option.kind === 'choice') {
    return (
      <SelectField {...shared} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{option.is_required ? words.choose : words.notChosen}</option>
        {option.choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.words}
          </option>
        ))}
      </SelectField>
    );
  }
  if (option.name === firstCommentOption) {
    const length = [...value].length;
    const count = (
      <span className={cn('tabular', length > option.max_length && 'font-name text-danger-text')} data-comment-count>
        {words.count(length, option.max_length)}
      </span>
    );
    return (
      <TextArea
        {...shared}
        help={
          <>
            {option.hint} {value && count}
          </>
        }
        className="min-w-0 tablet:col-span-2"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <TextField
      {...shared}
      type={option.kind === 'web_address' ? 'url' : 'text'}
      inputMode={option.kind === 'web_address' ? 'url' : 'text'}
      maxLength={option.max_length || undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
};

type Props = {
  draft: Draft;
  onChange: (draft: Draft) => void;
  platforms: ChannelType[];
  /** Shows everything; otherwise optional choices are folded away. */
  isOpen: boolean;
  errors: Partial<Record<string, string>>;
};

type OfOneProps = Omit<Props, 'platforms'> & { connector: Connector };

const OptionsOfOne = ({ draft, onChange, isOpen, errors, connector }: OfOneProps) => {
  const platform = connector.type;
  const chosen = draft.options[platform] ?? {};
  const errorOf = (option: Option) => errors[`/options/${platform}/${option.name}`];
  const [isUnfolded, setUnfolded] = useState(false);
  const shown = connector.options.filter(
    (each) => isOpen || isUnfolded || each.is_required || chosen[each.name] !== undefined || errorOf(each),
  );
  const set = (name: string, value: string) => {
    const next = { ...chosen, [name]: value };
    if (value === '') delete next[name];
    onChange({ ...draft, options: { ...draft.options, [platform]: next } });
  };
  const folded = connector.options.filter((each) => !shown.includes(each));
  return (
    <fieldset className="flex flex-col gap-3 rounded-card border border-line p-3">
      <legend className="flex items-center gap-1.5 px-1 font-button text-secondary">
        <PlatformMark of={platform} />
        {words.optionsOf(platformNames[platform])}
      </legend>
      {shown.length > 0 && (
        <div className="grid items-start gap-3 tablet:grid-cols-2">
          {shown.map((option) => (
            <OptionField
              key={option.name}
              option={option}
              value={chosen[option.name] ?? ''}
              onChange={(value) => set(option.name, value)}
              error={errorOf(option)}
            />
          ))}
        </div>
      )}
      {folded.length > 0 && (
        <Button size="small" kind="ghost" icon={ChevronDown} className="self-start" onClick={() => setUnfolded(true)}>
          {words.moreOptions(
            folded.map((each) => each.label),
            shown.length > 0,
          )}
        </Button>
      )}
    </fieldset>
  );
};

export const OptionsFields = ({ platforms, ...rest }: Props) => {
  const { data: connectors = [] } = useQuery(connectorsQuery);
  // A thread is edited with the text.
  const asking = connectors
    .map((each) => ({ ...each, options: each.options.filter((option) => option.name !== threadOption) }))
    .filter((each) => platforms.includes(each.type) && each.options.length > 0);
  return asking.map((connector) => <OptionsOfOne key={connector.type} connector={connector} {...rest} />);
};
