/** How a company's people must sign in. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorBox, Loaded } from '@/components/states';
import { Switch } from '@/components/switch';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { api, dataOf } from '@/lib/api/client';
import { settingsStrings as words } from '@strings/website';

const rulesQuery = queryOptions({
  queryKey: queryKeys.signInRules,
  queryFn: ({ signal }) => dataOf(api.GET('/org/sign-in-rules', { signal })),
});

export const SignInRules = () => {
  const client = useQueryClient();
  const rules = useQuery(rulesQuery);
  const change = useMutation({
    mutationFn: (requires_second_factor: boolean) =>
      dataOf(api.PUT('/org/sign-in-rules', { body: { requires_second_factor } })),
    onSuccess: (made) => {
      client.setQueryData(queryKeys.signInRules, made);
      toast(made.requires_second_factor ? words.factorAsked : words.factorNotAsked);
    },
  });
  return (
    <>
      <p className="-mt-1 max-w-2xl text-secondary">{words.signInRulesText}</p>
      <Loaded query={rules} what={words.signInRules} rows={2}>
        {(data) => (
          <span className="flex flex-wrap items-center gap-2" data-factor-rule={data.requires_second_factor ? 'on' : 'off'}>
            <Switch
              label={words.factorForAll}
              isOn={data.requires_second_factor}
              disabled={change.isPending}
              onChange={(isOn) => change.mutate(isOn)}
            />
            <span aria-hidden>{words.factorForAll}</span>
            <span className="text-muted">{words.withoutFactor(data.members_without)}</span>
          </span>
        )}
      </Loaded>
      {change.error && <ErrorBox error={change.error} />}
    </>
  );
};
