import { SIGNS } from '../hit';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const SPECULATIVE = /prefetch|prerender|preview/i;

/** The request headers that the rules look at, as bits of SIGNS. Everything else in the request is forgotten. */
export function signsOf(headers: Headers): number {
  let signs = 0;
  const mode = headers['sec-fetch-mode'];
  const destination = headers['sec-fetch-dest'];
  if (mode === 'navigate') signs |= SIGNS.navigate;
  else if (mode === 'no-cors') signs |= SIGNS.noCors;
  if (destination === 'document') signs |= SIGNS.document;
  else if (destination === 'image') signs |= SIGNS.image;
  if (headers['sec-fetch-user'] === '?1') signs |= SIGNS.user;
  if (headers['accept-language']) signs |= SIGNS.language;
  if (
    speculative(headers['sec-purpose']) ||
    speculative(headers.purpose) ||
    speculative(headers['x-purpose']) ||
    speculative(headers['x-moz'])
  ) {
    signs |= SIGNS.prefetch;
  }
  return signs;
}

function speculative(value: string | string[] | undefined): boolean {
  return value !== undefined && SPECULATIVE.test(String(value));
}
