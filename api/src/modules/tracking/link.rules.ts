/** Longest link that is tracked, in characters; what browsers and servers agree to carry. */
export const MAX_LINK = 2048;

/** Loopback and "this host": a redirect there would be aimed at the reader's own machine. */
const OWN_MACHINE =
  /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])\.?$/;

/**
 * Why a link may not be redirected to, in words; null when it may. Asked when a mail is rendered and again before
 * every redirect (A62).
 */
export function linkProblem(url: string): string | null {
  if (url.length > MAX_LINK) return `it is longer than ${MAX_LINK} characters`;
  if (!/^[!-~]+$/.test(url)) return 'it has spaces, control characters or letters outside ASCII';
  if (!/^https?:\/\/[^/\\]/i.test(url)) return 'it is not an http or https address';
  const parsed = URL.parse(url);
  if (!parsed) return 'it is not an address';
  const { hostname, username, password, protocol } = parsed;
  if (protocol !== 'http:' && protocol !== 'https:') return 'it is not an http or https address';
  if (username !== '' || password !== '') return 'it carries a user name';
  return OWN_MACHINE.test(hostname) ? 'it leads to the reader’s own machine' : null;
}

/**
 * A link as it can stand in a Location header: as written when it is plain ASCII, otherwise as browsers would write it.
 * Null when it may not be redirected to; such a link stays in the mail as it was written, untracked.
 */
export function redirectable(href: string): string | null {
  const trimmed = href.trim();
  // Browsers drop tabs and line breaks inside an address; what carries them is refused instead.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(trimmed) || !/^https?:\/\//i.test(trimmed)) return null;
  const plain = /^[!-~]+$/.test(trimmed) && !trimmed.includes('\\');
  const url = plain ? trimmed : URL.canParse(trimmed) ? new URL(trimmed).href : trimmed;
  return linkProblem(url) === null ? url : null;
}
