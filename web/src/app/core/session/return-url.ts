const GATES = /^\/(sign-in|register)(?:[/?#]|$)/u;

/**
 * Where to go after signing in: the wanted address when it is a path of this app, otherwise the start.
 * Anything that a browser could read as another site (`//host`, `/\host`, a scheme) is not followed.
 */
export function returnUrl(wanted: string | null | undefined, origin: string): string {
  if (!wanted || !wanted.startsWith('/') || /[\\\p{Cc}]/u.test(wanted)) return '/';
  if (!URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  if (url.origin !== origin || GATES.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
