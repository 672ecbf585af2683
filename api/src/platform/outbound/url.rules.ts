const WEB = { 'http:': 80, 'https:': 443 } as const;
const PUBLIC_PORTS: readonly number[] = Object.values(WEB);

/** A URL as it will be called, parsed once. */
export interface Destination {
  url: URL;
  /** Without the brackets of an IPv6 address. */
  hostname: string;
  port: number;
  secure: boolean;
}

/** Reads a URL as browsers do; null for what is never called: other schemes, credentials, a fragment, no host. */
export function destinationOf(text: string): Destination | null {
  // A URL parser takes blanks, tabs and backslashes away; who writes them means another parser.
  if (/[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  if (url.username || url.password || url.hostname === '' || text.includes('#') || text.split('/')[2]?.includes('@')) {
    return null;
  }
  return {
    url,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? WEB[protocol] : Number(url.port),
    secure: protocol === 'https:',
  };
}

/** Towards the public: encrypted, and on the ports of the web. In the operator's networks everything goes. */
export function fitForPublic({ secure, port }: Destination): boolean {
  return secure && PUBLIC_PORTS.includes(port);
}

/** Headers that are the connection's own business. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** True for a header that a caller may set: a token as its name, one line as its value. */
export function mayBeSent(name: string, value: string): boolean {
  return (
    /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !RESERVED.has(name.toLowerCase()) && !/[^\t\x20-\x7e\x80-\xff]/.test(value)
  );
}
