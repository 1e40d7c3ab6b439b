/** Exports of stored data as files: of oneself, or of the whole company. */
import { useMutation } from '@tanstack/react-query';
import { api, dataOf } from '@/lib/api/client';
import { saveFile } from '@/lib/save-file';

type Archive = 'mine' | 'company';

const fetchArchive = async (whose: Archive): Promise<Blob> => {
  const answer =
    whose === 'mine' ? api.GET('/users/export', { parseAs: 'blob' }) : api.GET('/org/export', { parseAs: 'blob' });
  return (await dataOf(answer as never)) as Blob;
};

export const useArchive = (whose: Archive, onError: (error: unknown) => void) =>
  useMutation({
    mutationFn: () => fetchArchive(whose),
    onSuccess: (file) => saveFile(whose === 'mine' ? 'my-data.ndjson' : 'company.ndjson', file, 'application/x-ndjson'),
    onError,
  });
