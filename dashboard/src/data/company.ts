import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import { queryKeys } from './keys';

export const companyQuery = queryOptions({
  queryKey: queryKeys.company,
  queryFn: ({ signal }) => dataOf(api.GET('/company', { signal })),
});

export const useCompany = () => useQuery(companyQuery).data;
