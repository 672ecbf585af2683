import { hasMarkup } from '@threadline/contracts';
import { cleanContent, escapeHtml, htmlOfText, rewriteLinks, textOfHtml } from '../../platform/html';

/** Where the addresses in tracked mail come from; the tracking module's. */
export interface TrackingAddresses {
  pixelUrl(trackingId: string): string;
  /** The address that leads to `url` and is counted; null for a link that is not tracked and stays as it is. */
  clickUrl(trackingId: string, index: number, url: string): string | null;
  /** The address of a link that no person can see, where there are such. */
  honeypotUrl?(trackingId: string): string;
}

export interface MailBody {
  html: string;
  text: string;
}

/** Not drawn and out of the way of keyboards and screen readers. */
const INVISIBLE = 'display:none;max-height:0;overflow:hidden;font-size:0';

/**
 * The two parts of a mail from a message's content, which is HTML or plain text. In the HTML part every web
 * link, and every bare web address, leads by way of the tracking address, and the pixel stands at the end of the body;
 * the text part has the original links.
 */
export function mailBody(written: string, trackingId: string | null, addresses: TrackingAddresses): MailBody {
  // Clean already when it was stored; what leaves this house is cleaned whatever happened in between.
  const content = cleanContent(written);
  const markup = hasMarkup(content);
  const text = markup ? textOfHtml(content) : content.replace(/\r\n?/g, '\n');
  const html = markup ? content : `<div>${htmlOfText(content)}</div>`;
  if (trackingId === null)
    return {
      html: page(
        rewriteLinks(html, () => null),
        '',
      ),
      text,
    };
  let index = 0;
  const tracked = rewriteLinks(html, (url) => {
    const address = addresses.clickUrl(trackingId, index, url);
    if (address !== null) index += 1;
    return address;
  });
  return { html: page(tracked, traces(trackingId, addresses)), text };
}

function traces(trackingId: string, addresses: TrackingAddresses): string {
  const honeypot = addresses.honeypotUrl?.(trackingId);
  const trap = honeypot
    ? `<a href="${escapeHtml(honeypot)}" style="${INVISIBLE}" tabindex="-1" aria-hidden="true"></a>`
    : '';
  const pixel = escapeHtml(addresses.pixelUrl(trackingId));
  return `${trap}<img src="${pixel}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`;
}

function page(body: string, end: string): string {
  return (
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n' +
    `<body dir="auto">${body}\n${end}</body></html>\n`
  );
}
