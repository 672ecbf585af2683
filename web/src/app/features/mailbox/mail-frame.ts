/** What the frame may do: show text in its own styles. No scripts, no requests, no forms. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The document for the sandboxed frame: the mail's HTML on white paper, as a mail program shows it. */
export function mailDocument(html: string): string {
  return `<!doctype html><html lang="und"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="light"><style>
body{margin:0;padding:20px 24px;background:#fff;color:#1d2329;font:14px/22px system-ui,sans-serif;overflow-wrap:anywhere}
img{max-width:100%}a{color:#0b6b75;text-decoration:underline;cursor:help}blockquote{margin:0 0 0 4px;padding-left:12px;border-left:2px solid #d5dade;color:#566069}
table{max-width:100%}</style></head><body>${withoutWaysOut(html)}</body></html>`;
}

/**
 * The mail with links that only look like links. The sandbox would refuse to follow them, and the page cannot hear a
 * click inside it: they are followed with the buttons above, and say so.
 */
function withoutWaysOut(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const link of body.querySelectorAll('a[href], area[href]')) {
    for (const name of ['href', 'target', 'ping', 'download']) link.removeAttribute(name);
    link.setAttribute('title', 'Follow it with its button above the mail');
  }
  return body.innerHTML;
}
