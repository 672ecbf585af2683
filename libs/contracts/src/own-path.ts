/** A percent-encoded control character or backslash: what another parser may take away or turn round. */
const ENCODED_TRICK = /%(?:[01][0-9a-f]|5c|7f)/iu;

/**
 * Where to go after signing in: the wanted address when it is a path of this origin, otherwise the start. Anything that
 * a browser could read as another site (`//host`, `/\host`, a scheme) is not followed. The API and the web share it.
 */
export function ownPath(wanted: string | null | undefined, origin: string): string {
  if (!wanted || !wanted.startsWith('/') || /[\\\p{Cc}]/u.test(wanted)) return '/';
  if (!URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  if (url.origin !== new URL(origin).origin || url.pathname.startsWith('//')) return '/';
  return ENCODED_TRICK.test(url.pathname) ? '/' : `${url.pathname}${url.search}${url.hash}`;
}
