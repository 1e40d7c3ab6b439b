/** A table in the API's form: CSV as text, XLSX in base64. */
const file_most = 5 * 1024 * 1024;
const chunk = 0x8000;

export const tooLarge = (bytes: number): boolean => bytes > file_most;

/** By its name; the server checks the content. */
export const formatOf = (name: string): 'csv' | 'xlsx' | undefined => {
  const end = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (end === 'xlsx') return 'xlsx';
  return end === 'csv' || end === 'txt' || end === 'tsv' ? 'csv' : undefined;
};

export const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  // In chunks, because a call has a limited number of arguments.
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
};
