import type { ServerResponse } from 'node:http';
import { Refusal } from '../../../platform/refusal';

/** A transparent picture of one pixel, GIF89a, 42 bytes. */
export const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
/** The same as text: it then leaves in one write together with the headers. */
const PIXEL_TEXT = PIXEL.toString('latin1');

/** Headers of every answer to a hit: nothing is cached, nothing is said to the next site, no cookie is set. */
const ALWAYS = ['cache-control', 'no-store', 'referrer-policy', 'no-referrer', 'x-content-type-options', 'nosniff'];

/** ASCII, so that it leaves as text in one write together with the headers, as the pixel does. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>This link does not work</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 32rem; padding: 2rem; }
h1 { font-size: 1.5rem; margin: 0 0 0.5rem; }
p { margin: 0; }
</style>
</head>
<body>
<main>
<h1>This link does not work</h1>
<p>It may have been cut off on its way or copied only in part. Please open it again from the message it came in, or
answer that message and ask for it.</p>
</main>
</body>
</html>
`;

const PIXEL_HEADERS = [
  ...ALWAYS,
  'content-type',
  'image/gif',
  'content-length',
  String(PIXEL.length),
  // Mail is read on other sites' pages; the picture must load there.
  'cross-origin-resource-policy',
  'cross-origin',
];
const REDIRECT_HEADERS = [...ALWAYS, 'content-length', '0'];
const PAGE_HEADERS = [
  ...ALWAYS,
  'content-type',
  'text/html; charset=utf-8',
  'content-length',
  String(PAGE.length),
  'content-security-policy',
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
];

/** The pixel, always the same, whatever was asked for. */
export function answerPixel(response: ServerResponse, requestId: string, withBody: boolean): void {
  response.writeHead(200, [...PIXEL_HEADERS, 'x-request-id', requestId]);
  if (withBody) response.end(PIXEL_TEXT, 'latin1');
  else response.end();
}

/** Off to the link that was in the mail. `url` was checked when it was sealed and when it was opened. */
export function answerRedirect(response: ServerResponse, requestId: string, url: string): void {
  response.writeHead(302, [...REDIRECT_HEADERS, 'location', url, 'x-request-id', requestId]);
  response.end();
}

/** For a link that this server did not seal: a page, never a redirect. */
export function answerBrokenLink(response: ServerResponse, requestId: string, withBody: boolean): void {
  response.writeHead(404, [...PAGE_HEADERS, 'x-request-id', requestId]);
  if (withBody) response.end(PAGE, 'latin1');
  else response.end();
}

/** For methods other than GET and HEAD. `path` is without its query. */
export function answerWrongMethod(response: ServerResponse, requestId: string, path: string): void {
  const body = JSON.stringify(new Refusal('method_not_allowed').toProblem(path, requestId));
  response.writeHead(405, [
    ...ALWAYS,
    'allow',
    'GET, HEAD',
    'content-type',
    'application/problem+json; charset=utf-8',
    'content-length',
    String(Buffer.byteLength(body)),
    'x-request-id',
    requestId,
  ]);
  response.end(body);
}
