/** What a platform must or may be told with a post, beyond words and media: as the API's catalogue describes it. */
import { useQuery } from '@tanstack/react-query';
import { SelectField, TextField } from '@/components/field';
import { PlatformMark } from '@/components/icons';
import { connectorsQuery, type ChannelType, type Connector } from '@/data/channels';
import { composeStrings as words } from '@strings/compose';
import { platformNames } from '@strings/platforms';
import type { Draft } from './draft';

type Option = Connector['options'][number];

type FieldProps = { option: Option; value: string; onChange: (value: string) => void; error?: string };

const OptionField = ({ option, value, onChange, error }: FieldProps) => {
  const shared = {
    label: option.label,
    help: option.hint || undefined,
    error,
    optional: !option.is_required,
    className: 'min-w-0',
  };
  if (option.kind === 'choice' || option.kind === 'yes_or_no') {
    const choices =
      option.kind === 'choice'
        ? option.choices
        : [
            { value: 'yes', words: words.yes },
            { value: 'no', words: words.no },
          ];
    return (
      <SelectField {...shared} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{option.is_required ? words.choose : words.notChosen}</option>
        {choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.words}
          </option>
        ))}
      </SelectField>
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
  errors: Partial<Record<string, string>>;
};

export const OptionsFields = ({ draft, onChange, platforms, errors }: Props) => {
  const { data: connectors = [] } = useQuery(connectorsQuery);
  const asking = connectors.filter((each) => platforms.includes(each.type) && each.options.length > 0);
  const set = (platform: ChannelType, name: string, value: string) => {
    const chosen = { ...draft.options[platform], [name]: value };
    if (value === '') delete chosen[name];
    onChange({ ...draft, options: { ...draft.options, [platform]: chosen } });
  };
  return asking.map((connector) => (
    <fieldset key={connector.type} className="flex flex-col gap-3 rounded-card border border-line p-3">
      <legend className="flex items-center gap-1.5 px-1 font-button text-secondary">
        <PlatformMark of={connector.type} />
        {words.optionsOf(platformNames[connector.type])}
      </legend>
      <div className="grid items-start gap-3 tablet:grid-cols-2">
        {connector.options.map((option) => (
          <OptionField
            key={option.name}
            option={option}
            value={draft.options[connector.type]?.[option.name] ?? ''}
            onChange={(value) => set(connector.type, option.name, value)}
            error={errors[`/options/${connector.type}/${option.name}`]}
          />
        ))}
      </div>
    </fieldset>
  ));
};
